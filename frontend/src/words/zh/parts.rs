//! 部件。

use studio_shared::job::State;

use crate::words::parts::Texts;

pub(super) const TEXTS: Texts = Texts {
    close: "关闭",
    copy: "复制",
    copied: "已复制",
    share: "分享",
    copy_failed: "浏览器不允许复制，请手动选择文字。",
    optional: "选填",
    more: "增加",
    less: "减少",
    remove: "移除",
    working: "处理中",
    messages: "消息",
    table: "表格",
    code: "代码",
    task_done: "已完成",
    task_open: "未完成",
    elapsed: "已用时",
    problem: "有误：",
    characters: |used, most| format!("{used} / {most} 字"),
    state: |state| match state {
        State::Queued => "排队中",
        State::Submitting => "提交中",
        State::Running => "生成中",
        State::Collecting => "保存中",
        State::Done => "已完成",
        State::Failed => "失败",
        State::Canceled => "已取消",
        State::Unsure => "待确认",
    },
    just_now: "刚刚",
    minutes_ago: |n| format!("{n} 分钟前"),
    hours_ago: |n| format!("{n} 小时前"),
    days_ago: |n| format!("{n} 天前"),
    spoken: |minutes, seconds| match minutes {
        0 => format!("{seconds} 秒"),
        _ => format!("{minutes} 分 {seconds} 秒"),
    },
};
