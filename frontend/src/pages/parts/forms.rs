//! What is written into and chosen from.

use leptos::prelude::*;
use studio_shared::size::Size;
use studio_shared::words::Label;

use super::specimen::{Specimen, say};
use crate::parts::{
    Choice, ChoiceLook, ChoiceOption, Field, IconButton, IconName, NumberInput, Select, SelectOption,
    Several, Switch, TextArea, TextInput, TextInputKind,
};

pub(super) fn view() -> impl IntoView {
    view! { {texts()} {numbers()} {choices()} }
}

fn texts() -> impl IntoView {
    let prompt = RwSignal::new("可爱猫咪".to_owned());
    let code = RwSignal::new(String::new());
    let used = Signal::derive(move || Some((prompt.with(|text| text.chars().count()), 800)));
    view! {
        <Specimen name="Field · TextArea" doc=Label::new("标签、说明、问题、字数相互关联；问题出现时不跳动。", "Label, help, problem and counter are tied; nothing jumps when a problem comes.")>
            <Field label=say("提示词", "Prompt") help=say("描述画面：主体、场景、风格。", "Describe it: subject, scene, style.") counter=used>
                <TextArea value=prompt on_input=move |text| prompt.set(text) placeholder=say("一只在窗台晒太阳的橘猫", "An orange cat on a sunny sill") />
            </Field>
            <Field label=say("反向提示词", "Negative prompt") optional=true counter=Some((512, 500))
                problem=Some("最多 500 个字，多了 12 个。".to_owned())>
                <TextArea value="模糊、低质量" on_input=|_| () rows=2 />
            </Field>
        </Specimen>
        <Specimen name="TextInput" doc=Label::new("一行文字。", "One line of text.")>
            <Field label=say("登录码", "Code") help=say("由工坊主人发给你。", "The owner of the studio gives it to you.")>
                <TextInput value=code on_input=move |text| code.set(text) kind=TextInputKind::Secret autocomplete="current-password" />
            </Field>
            <Field label=say("标题", "Title") problem=Some("请写一个标题。".to_owned())>
                <TextInput value="" on_input=|_| () />
            </Field>
            <TextInput label=say("搜索", "Search") value="" on_input=|_| () kind=TextInputKind::Search placeholder=say("搜索提示词", "Search prompts") />
            <TextInput label=say("日期", "Day") value="2026-11-22" on_input=|_| () kind=TextInputKind::Day />
            <TextInput label=say("不可用", "Disabled") value="wan2.2-t2i-plus" on_input=|_| () disabled=true />
        </Specimen>
    }
}

fn numbers() -> impl IntoView {
    let count = RwSignal::new("1".to_owned());
    let seed = RwSignal::new(String::new());
    let dice = move || view! { <IconButton icon=IconName::Dice label=say("换个种子", "New seed") on_click=move |_| seed.set("20260120".to_owned()) /> };
    view! {
        <Specimen name="NumberInput" doc=Label::new("步进按钮、方向键、Page Up/Down；照原样保留所写。", "Steppers, arrow keys, Page Up and Down; keeps what was typed as it is.")>
            <div class="pair">
                <Field label=say("张数", "Pictures") help=Label::new("1–4", "1 to 4").zh>
                    <NumberInput value=count on_input=move |text| count.set(text) min=1 max=4 />
                </Field>
                <Field label=say("种子", "Seed") optional=true aside=dice>
                    <NumberInput value=seed on_input=move |text| seed.set(text) min=0 max=2_147_483_647 steppers=false placeholder=say("随机", "random") />
                </Field>
            </div>
            <Field label=say("宽 × 高", "Width × height") group=true problem=Some("宽 2000 超出 512–1440。".to_owned())>
                <div class="row">
                    <NumberInput label=say("宽", "Width") value="2000" on_input=|_| () min=512 max=1440 step=16 />
                    <NumberInput label=say("高", "Height") value="1024" on_input=|_| () min=512 max=1440 step=16 disabled=true />
                </div>
            </Field>
        </Specimen>
    }
}

fn choices() -> impl IntoView {
    let kind = RwSignal::new("image".to_owned());
    let model = RwSignal::new("wan2.2-t2i-flash".to_owned());
    let ratio = RwSignal::new("1:1".to_owned());
    let size = RwSignal::new("1024*1024".to_owned());
    let extend = RwSignal::new(true);
    let kinds = move || {
        vec![
            ChoiceOption::new("image", say("图片", "Image")),
            ChoiceOption::new("text", say("文字", "Text")),
            ChoiceOption::new("video", say("视频", "Video")).disabled(true),
        ]
    };
    let models = move || {
        vec![
            ChoiceOption::new("wan2.2-t2i-flash", "wan2.2-t2i-flash")
                .note(say("快，适合试想法", "Quick: for trying ideas"))
                .aside("¥0.14"),
            ChoiceOption::new("wan2.2-t2i-plus", "wan2.2-t2i-plus")
                .note(say("细节更好", "More detail"))
                .aside("¥0.20"),
            ChoiceOption::new("qwen-image", "qwen-image")
                .note(say("擅长画面里的汉字", "Good at Chinese text"))
                .aside("¥0.25"),
        ]
    };
    let sizes =
        move || ["1:1", "4:3", "3:4", "16:9", "9:16"].map(|ratio| ChoiceOption::new(ratio, ratio)).to_vec();
    let shapes = move || {
        [(1440, 810), (1440, 1080), (1024, 1024), (1080, 1440), (810, 1440)]
            .map(|(width, height)| Size::new(width, height))
            .map(|size| ChoiceOption::new(size.to_string(), size.to_string()).shape(size))
            .to_vec()
    };
    let list = move || {
        vec![SelectOption::new("image", say("图片", "Image")), SelectOption::new("text", say("文字", "Text"))]
    };
    let several = RwSignal::new(vec!["1:1".to_owned()]);
    view! {
        <Specimen name="Choice" doc=Label::new("分段、卡片、小签、图形；原生单选，方向键可用。", "Segments, cards, chips, shapes: native radio buttons with their arrow keys.")>
            <Choice label=say("类别", "Kind") options=kinds value=kind on_change=move |value| kind.set(value) />
            <Field label=say("模型", "Model") group=true help=say("价格为每张。", "Prices are for one picture.")>
                <Choice options=models value=model on_change=move |value| model.set(value) look=ChoiceLook::Cards />
            </Field>
            <Choice label=say("比例", "Ratio") options=sizes value=ratio on_change=move |value| ratio.set(value) look=ChoiceLook::Chips />
            <Choice label=say("尺寸", "Size") options=shapes value=size on_change=move |value| size.set(value) look=ChoiceLook::Tiles />
        </Specimen>
        <Specimen name="Several" doc=Label::new("任选几个；原生复选框。", "Any of several: native checkboxes.")>
            <Field label=say("比例", "Ratio") group=true>
                <Several options=sizes value=several on_change=move |values| several.set(values) />
            </Field>
        </Specimen>
        <Specimen name="Select" doc=Label::new("选项多时用；浏览器自己的列表。", "For many options: the browser's own list.")>
            <Field label=say("类别", "Kind")>
                <Select options=list value=kind on_change=move |value| kind.set(value) />
            </Field>
            <Select label=say("不可用", "Disabled") options=list value="image" on_change=|_| () disabled=true />
        </Specimen>
        <Specimen name="Switch" doc=Label::new("立即生效的开与关。", "On or off, at once.")>
            <Switch label=say("改写提示词", "Rewrite the prompt") checked=extend on_change=move |on| extend.set(on) help=say("由模型补充细节，约多 3–4 秒。", "The model adds detail; about 3 to 4 s more.") />
            <Switch label=say("水印", "Watermark") checked=false on_change=|_| () />
            <Switch label=say("不可用", "Disabled") checked=true on_change=|_| () disabled=true />
        </Specimen>
    }
}
