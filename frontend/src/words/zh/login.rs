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
    link_wrong: "这个登录链接不对，或者已经作废、更换过。请向给你链接的人要新的。",
    shut_out: "这个登录码已停用，或者最后一天已过。请联系工坊的主人。",
    slow: "错误的登录码太多了，请稍等",
    again_in: |seconds| format!("{seconds} 秒后自动再试。"),
    person: "人机验证",
    person_loading: "正在载入人机验证…",
    person_waiting: "等待人机验证，通过后会自动登录…",
    person_blocked: "人机验证没能载入",
    person_blocked_help: "它来自 challenges.cloudflare.com，可能被网络、浏览器设置或拦截插件挡住了。请放行这个地址或换一个网络，然后重新载入。",
    person_failed: "人机验证没有通过",
    person_failed_help: "请再试一次；反复不通过时，请关闭 VPN 或拦截插件，或换一个浏览器。",
    person_missing: "还没有通过人机验证，登录码没有发出。",
    opening: "正在用链接登录…",
    ended: "登录已过期",
    ended_help: "请再次登录，然后接着做。",
    taken: "你已被退出",
    taken_help: "登录码被停用、更换或作废，或者在别处退出了所有设备。这个页面没有留下你的内容。要继续使用，请联系工坊的主人。",
    log_in: "登录",
};
