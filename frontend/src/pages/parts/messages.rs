//! What is said to people.

use leptos::prelude::*;
use studio_shared::words::Label;

use super::specimen::{Specimen, say};
use crate::parts::{
    Button, ButtonKind, ButtonSize, Dialog, Empty, IconName, Notice, Skeleton, SkeletonShape, Tone,
    use_toasts,
};

pub(super) fn view() -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Quiet on_click=move |_| open.set(false)>{say("留着", "Keep")}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| open.set(false)>{say("删除", "Delete")}</Button>
        }
    };
    view! {
        <Specimen name="Notice" doc=Label::new("就地的消息，成立多久留多久；可带动作。", "A message in its place, as long as it holds; with actions.")>
            <Notice>{say("价格按 2026-06 的价目计算，以账单为准。", "Prices as of 2026-06; the bill decides.")}</Notice>
            <Notice tone=Tone::Info title=say("尺寸会调整", "The size will be adapted")>{say("1472*1140 将按 1472*1104 提交：服务已改用新尺寸。", "1472*1140 is sent as 1472*1104: the service has moved to the new size.")}</Notice>
            <Notice tone=Tone::Success>{say("4 张图片已保存。", "4 pictures are kept.")}</Notice>
            <Notice tone=Tone::Warning title=say("结果 4 小时后失效", "Results end in 4 hours")
                actions=move || view! { <Button size=ButtonSize::Small icon=IconName::Download>{say("全部保存", "Save all")}</Button> }>
                {say("未配置存储，请尽快下载。", "No storage is configured; please download them soon.")}
            </Notice>
            <Notice tone=Tone::Danger title=say("没有通过内容检查", "Refused by the content check")
                actions=move || view! { <Button size=ButtonSize::Small>{say("修改后重试", "Edit and retry")}</Button> }>
                {say("请修改提示词后再试。未计费。编号 DataInspectionFailed", "Change the prompt and try again. Not charged. Code DataInspectionFailed")}
            </Notice>
        </Specimen>
        <Specimen name="Toast" doc=Label::new("刚刚发生的事；6 秒后消失，可撤销的 10 秒，错误除外。", "What has just happened; gone after 6 s, or 10 s where it can be undone, except what went wrong.")>
            <div class="cluster">
                <Button on_click=move |_| toasts.info("已加入队列，第 3 位。")>{say("告知", "Info")}</Button>
                <Button on_click=move |_| toasts.success("已保存。")>{say("成功", "Success")}</Button>
                <Button on_click=move |_| toasts.with_action("已删除。", say("撤销", "Undo"), || ())>{say("可撤销", "With undo")}</Button>
                <Button on_click=move |_| toasts.danger("连接中断，正在重新连接。")>{say("出错", "Danger")}</Button>
            </div>
        </Specimen>
        <Specimen name="Dialog" doc=Label::new("先于一切的询问；Esc 关闭，焦点归位。", "A question before everything else; Escape closes it and the focus goes back.")>
            <div class="cluster"><Button on_click=move |_| open.set(true)>{say("打开", "Open")}</Button></div>
        </Specimen>
        <Dialog open title=say("删除这张图片？", "Delete this picture?") actions>
            <p>{say("图片和记录都会删除，无法恢复。", "The picture and its record are deleted for good.")}</p>
        </Dialog>
        <Specimen name="Empty" doc=Label::new("还没有内容时，说明并给出下一步。", "Where there is nothing yet: what to do next.")>
            <Empty title=say("还没有作品", "Nothing here yet")
                actions=move || view! { <Button kind=ButtonKind::Primary icon=IconName::Spark>{say("去创作", "Go to Create")}</Button> }>
                {say("生成的图片会自动保存在这里。", "What you make is kept here by itself.")}
            </Empty>
        </Specimen>
        <Specimen name="Skeleton" doc=Label::new("占位，避免跳动。", "Keeps the place, so nothing jumps.")>
            <Skeleton shape=SkeletonShape::Lines(3) />
            <Skeleton shape=SkeletonShape::Picture(1440, 480) />
        </Specimen>
    }
}
