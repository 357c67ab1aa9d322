//! 登录。

use crate::words::login::Texts;

pub(super) const TEXTS: Texts = Texts {
    lead: "输入你拿到的登录码。",
    code: "登录码",
    code_help: "由工坊的主人发放；本机运行时印在启动窗口里。",
    show: "显示登录码",
    hide: "隐藏登录码",
    empty: "请输入登录码。",
    wrong: "登录码不对。请核对后再试，注意不要漏掉首尾的字符。",
    log_in: "登录",
};
