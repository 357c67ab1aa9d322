//! 没有成功的事。

use crate::words::failure::Texts;

pub(super) const TEXTS: Texts = Texts {
    title: "暂时无法使用",
    unreachable: "连不上服务。请检查网络后重试；已提交的任务照常进行。",
    strange: |status| format!("服务的回答看不懂（HTTP {status}）。请稍后重试，或重新载入页面。"),
    between: "",
    cut_off: "连接已断开，正在重连",
    cut_off_help: "任务不受影响；连上后会自动更新。",
    reconnect: "立即重连",
};
