//! 我的数据。

use crate::words::data::Texts;

pub(super) const TEXTS: Texts = Texts {
    title: "我的数据",
    lead: "全部带走，搬到另一个工坊，或者全部删除。",
    export: "全部导出",
    export_help: "一个 ZIP：任务、对话、批量和设置是 JSON，图片、视频、语音和识别结果是文件。",
    export_start: "导出",
    so_far: |jobs, files, bytes| format!("已读取 {jobs} 个任务、{files} 个文件，{bytes}"),
    stay: "请不要关闭这个页面。",
    stop: "停止",
    exported: |jobs, files| format!("已导出 {jobs} 个任务、{files} 个文件"),
    lost: |n| format!("{n} 个文件没有取到，不在 ZIP 里。可以再导出一次。"),
    import: "导入",
    import_help: "选择从任一工坊导出的 ZIP；分成几个的，一起选。已有的不会重复，中断后再导一次即可接着来。",
    choose: "选择 ZIP 文件",
    reading: |done, total| format!("正在导入第 {done} / {total} 页"),
    sending: |done, total| format!("正在送回文件：{done} / {total}"),
    imported: |added, known, files| format!("新增 {added} 条，原有 {known} 条，送回 {files} 个文件"),
    unfinished: |n| format!("{n} 个任务导出时还没有结束，没有导入。"),
    absent: |n| format!("{n} 个文件不在所选的 ZIP 里或没有送到。补选后再导一次即可。"),
    no_zip: |name| format!("{name} 不是本工坊导出的 ZIP，或者不完整。请选择导出时得到的原文件。"),
    delete: "全部删除",
    delete_help: "删除所有任务、结果、对话、批量、录音和分享，不能恢复。已花的费用记录保留。请先导出。",
    delete_start: "全部删除…",
    delete_title: "全部删除？",
    delete_word: "全部删除",
    delete_type: |word| format!("输入“{word}”以确认"),
    delete_yes: "永久删除",
    deleted: "全部数据已删除",
    storage: "存储",
};
