//! 存储与保留。

use crate::words::kept::Texts;

pub(super) const TEXTS: Texts = Texts {
    storage: "存储",
    storage_lead: "结果保存在自己的存储桶里，不受百炼 24 小时的限制。",
    used: "已用空间",
    used_value: |bytes, files| format!("{bytes}，{files} 个文件"),
    used_help: "包括上传的录音。删除的任务可在 10 分钟内恢复，之后才释放空间。",
    retention: "结果保留多久",
    retention_help: "到期后自动删除图片、视频、语音和识别结果；任务、费用和文字回答一直保留。",
    forever: "一直保留",
    days: |days| format!("{days} 天"),
    retention_ask: |days| format!("只保留最近 {days} 天的结果？"),
    retention_ask_help: "更早的结果会立即开始删除，无法恢复。任务、费用和文字回答不受影响。",
    retention_yes: "确定",
    retention_set: "保留期限已更新",
    no_bucket: "没有绑定存储桶",
    no_bucket_help: "结果只在百炼保留 24 小时，请及时下载。所有者绑定 R2 存储桶后，新结果会一直保存。",
    pick: "选择",
    pick_one: |prompt| format!("选中：{prompt}"),
    picked: |count| format!("已选 {count} 个"),
    pick_all: "全选",
    pick_end: "结束选择",
    undo: "撤销删除",
    restored: "已恢复",
    undo_help: "删除后 10 分钟内可以撤销。",
    at_risk: |count| format!("{count} 个任务的结果可能丢失"),
    at_risk_more: |count| format!("还有 {count} 个，见历史中“保存中”的任务。"),
    left: |clock| format!("剩 {clock}"),
    left_spoken: |hours, minutes| format!("还可下载 {hours} 小时 {minutes} 分"),
    expired: "已过期",
    retention_ended: "已按保留期限删除",
    looking: "正在百炼查找",
    look_again: "再找一次",
    send_again: "再次提交",
    send_again_help: |amount| match amount {
        Some(amount) => format!(
            "上次提交的回音丢失了：它可能已经在生成，并且已经计费。再次提交可能重复计费，最多再付 {amount}。"
        ),
        None => "上次提交的回音丢失了：它可能已经在生成，并且已经计费。再次提交可能重复计费。".to_owned(),
    },
    at_most: |amount| format!("最多 {amount}"),
    at_most_name: "最多费用",
};
