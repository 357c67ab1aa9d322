//! What holds other things.

use leptos::prelude::*;
use studio_shared::job::State;
use studio_shared::time::Timestamp;
use studio_shared::words::Label;

use super::specimen::{Specimen, say};
use crate::parts::{Ago, Card, KeyList, KeyValue, Markdown, StateBadge};

/// Everything that Markdown has.
const MARKDOWN: &str = r#"# 一级标题 Heading
正文里有**重点**、*强调*、~~作废~~、`code` 与[链接](https://example.com "t")。
第二行；<b onclick="x()">标记只是文字</b>，![图片](https://example.com/a.png) 只是链接。

### 三级标题 Heading

- 一项，里面还有：
  1. 第一
  2. 第二
- [x] 做完的
- [ ] 没做的

> 引用的一段话。

| 模型 | 输入（元 / 百万） | 输出 |
|:--|--:|:-:|
| qwen-turbo | 0.3 | 0.6 |
| qwen-max | 2.4 | 9.6 |

```rust
fn main() {
    println!("a line that is longer than its frame is wide, so that the frame has to scroll sideways: {}", 1 + 1);
}
```

---

最后一段。
"#;

pub(super) fn view() -> impl IntoView {
    let aside = move || view! { <StateBadge state=State::Done /> };
    view! {
        <Specimen name="Card" doc=Label::new("同属一事的内容放在一张纸上。", "Things that belong together, on one sheet.")>
            <Card heading=say("可爱猫咪", "Cute cat") aside>
                <p>{say("万相 2.2 极速版，1024×1024，1 张。", "Wan 2.2 flash, 1024×1024, one picture.")}</p>
            </Card>
            <Card tight=true><p class="small">{say("紧凑，没有标题。", "Tight, without a heading.")}</p></Card>
        </Specimen>
        <Specimen name="KeyList" doc=Label::new("名与值。", "Names and what they stand for.")>
            <KeyList>
                <KeyValue name=say("模型", "Model")><span class="mono">"wan2.2-t2i-flash"</span></KeyValue>
                <KeyValue name=say("花费", "Cost")>"¥0.14"</KeyValue>
                <KeyValue name=say("时间", "Created")><Ago at=Timestamp::from_ms(1_768_874_400_000) /></KeyValue>
                <KeyValue name=say("编号", "Request id")><span class="mono">"7a0b3c9e-1f2d-4e5a-9b8c-0d1e2f3a4b5c"</span></KeyValue>
            </KeyList>
        </Specimen>
        <Specimen name="Markdown" doc=Label::new("模型的回答；原样的标记只是文字，图片只是链接。", "What a model answers; markup in it is words, and a picture is a link.")>
            <Markdown text=Signal::stored(MARKDOWN.to_owned()) />
        </Specimen>
    }
}
