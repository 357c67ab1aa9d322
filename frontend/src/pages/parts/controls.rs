//! Buttons, badges, chips, progress.

use leptos::prelude::*;
use studio_shared::job::State;
use studio_shared::words::Label;

use super::specimen::{Specimen, say};
use crate::clock;
use crate::parts::{
    Badge, Button, ButtonKind, ButtonLink, ButtonSize, Chip, CopyButton, Elapsed, IconButton, IconName,
    Progress, ShareButton, Show, Spinner, StateBadge, Tone,
};

pub(super) fn view() -> impl IntoView {
    let since = clock::now();
    let shown = RwSignal::new(true);
    view! {
        <Specimen name="Button" doc=Label::new("一个视图至多一个主按钮；忙时不变宽、不重发。", "At most one primary in a view; while busy it keeps its width and sends nothing twice.")>
            <div class="cluster">
                <Button kind=ButtonKind::Primary icon=IconName::Spark>{say("生成", "Generate")}</Button>
                <Button>{say("保存", "Save")}</Button>
                <Button kind=ButtonKind::Quiet>{say("重置", "Reset")}</Button>
                <Button kind=ButtonKind::Danger icon=IconName::Trash>{say("删除", "Delete")}</Button>
            </div>
            <div class="cluster">
                <Button kind=ButtonKind::Primary busy=true>{say("生成", "Generate")}</Button>
                <Button busy=true>{say("保存", "Save")}</Button>
                <Button kind=ButtonKind::Primary disabled=true>{say("生成", "Generate")}</Button>
                <Button disabled=true>{say("保存", "Save")}</Button>
                <Button kind=ButtonKind::Quiet disabled=true>{say("重置", "Reset")}</Button>
            </div>
            <div class="cluster">
                <Button size=ButtonSize::Small icon=IconName::Retry>{say("再来一次", "Again")}</Button>
                <Button size=ButtonSize::Medium>{say("中", "Medium")}</Button>
                <Button size=ButtonSize::Large kind=ButtonKind::Primary>{say("生成 4 张 · ¥0.56", "Generate 4 · ¥0.56")}</Button>
                <ButtonLink href="/parts" icon=IconName::Download>{say("下载", "Download")}</ButtonLink>
            </div>
        </Specimen>
        <Specimen name="IconButton" doc=Label::new("只有图标，名字可听、可悬停。", "An icon alone; its name is heard, and shown on hovering.")>
            <div class="cluster">
                <IconButton icon=IconName::Dice label=say("换个种子", "New seed") />
                <IconButton icon=IconName::Expand label=say("看大图", "Full size") kind=ButtonKind::Plain />
                <IconButton icon=IconName::Trash label=say("删除", "Delete") kind=ButtonKind::Danger />
                <IconButton icon=IconName::Retry label=say("重试中", "Retrying") busy=true />
                <IconButton icon=IconName::Close label=say("关闭", "Close") disabled=true />
                <IconButton icon=IconName::Copy label=say("复制", "Copy") size=ButtonSize::Small />
                <Spinner />
            </div>
        </Specimen>
        <Specimen name="CopyButton" doc=Label::new("复制后就地说明，并朗读。", "Says in its place, and aloud, that it has copied.")>
            <div class="cluster">
                <CopyButton text="可爱猫咪" />
                <CopyButton text="curl …" label="cURL" kind=ButtonKind::Plain />
            </div>
        </Specimen>
        <Specimen name="ShareButton" doc=Label::new("交给设备上的其他应用；没有这一功能的浏览器里不出现。", "Hands an address to another program; not there where the browser has no such thing.")>
            <div class="cluster"><ShareButton address="https://studio.example/".to_owned() /></div>
        </Specimen>
        <Specimen name="Badge" doc=Label::new("几个字的记号；含义不只靠颜色。", "A few words that mark something; never by colour alone.")>
            <div class="cluster">
                <Badge>{say("默认", "Default")}</Badge>
                <Badge tone=Tone::Info>{say("新", "New")}</Badge>
                <Badge tone=Tone::Success>{say("正式服务", "Live")}</Badge>
                <Badge tone=Tone::Warning>{say("模拟服务", "Simulator")}</Badge>
                <Badge tone=Tone::Danger>{say("已过期", "Expired")}</Badge>
            </div>
        </Specimen>
        <Specimen name="StateBadge" doc=Label::new("任务的状态；进行中的点会动。", "Where a job stands; the dot moves while it goes on.")>
            <div class="cluster">{State::ALL.map(|state| view! { <StateBadge state /> })}</div>
        </Specimen>
        <Specimen name="Chip" doc=Label::new("加上的、可以去掉的：筛选、标签。", "Added, and can be taken away: filters, tags.")>
            <div class="cluster">
                <Chip label="wan2.2-t2i-flash" />
                <Show when=move || shown.get()>
                    <Chip label=say("今天", "Today") on_remove=move |()| shown.set(false) />
                </Show>
            </div>
        </Specimen>
        <Specimen name="Progress" doc=Label::new("进度已知、未知；可带已用时间。", "Known or unknown, with the time it takes.")>
            <Progress label=say("上传录音", "Uploading") value=Some(62) />
            <Progress label=say("生成中", "Running") since=Some(since) />
            <p class="small">{say("已用 ", "Elapsed ")} <Elapsed since /></p>
        </Specimen>
    }
}
