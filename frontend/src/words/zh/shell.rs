//! 框架。

use studio_shared::kind::Kind;

use crate::words::shell::Texts;

pub(super) const TEXTS: Texts = Texts {
    product: "百炼工坊",
    product_other: "Bailian Studio",
    lead: "一把密钥，一个工坊：作图、成文、出片，花费先知，成果常在。",
    skip: "跳到正文",
    navigation: "主导航",
    kind: |kind| match kind {
        Kind::Image => "图片",
        Kind::Text => "对话",
        Kind::Video => "视频",
        Kind::Speech => "语音",
        Kind::Transcription => "识别",
    },
    history: "历史",
    login: "登录",
    job: "任务",
    parts: "部件",
    log_out: "退出",
    language: "语言",
    theme: "配色：",
    theme_system: "跟随系统",
    theme_light: "浅色",
    theme_dark: "深色",
    simulator: "模拟服务",
    simulator_help: "当前连接内置模拟服务：一切照常可用，不产生费用。",
    live: "正式服务",
    live_help: "当前连接正式服务：提交的任务会计费。",
    not_found: "没有这个页面",
    not_found_help: "地址可能写错了，或者内容已经被删除。",
    to_create: "去创作",
    page_failed: "这一页没能显示出来",
    page_failed_help: "其他页面仍可使用。请重试；若一再出现，请重新载入。",
    again: "重试",
};
