//! ZIP 文件。

use crate::words::archive::Texts;

pub(super) const TEXTS: Texts = Texts {
    save: "打包下载",
    save_help: "所有结果打成一个 ZIP：每个文件旁边有它的设置，另有清单 manifest.json 和可以直接打开的 index.html。",
    listing: |n| format!("正在读取清单，已有 {n} 条"),
    fetching: |done, total, bytes| format!("正在取回文件：{done} / {total}，{bytes}"),
    stay: "请不要关闭这个页面，完成后浏览器会自动保存。",
    stop: "停止",
    nothing: "还没有可以打包的结果",
    nothing_help: "等有条目完成后再试。",
    lost: |n| format!("{n} 个文件没有取到"),
    lost_file: |entry, n| format!("第 {entry} 条，第 {n} 个结果"),
    lost_others: |n| format!("另有 {n} 个"),
    again: "再取一次",
    rest: "保存其余的",
    saved: "已保存",
    saved_help: |parts| match parts {
        1 => "请在浏览器的下载里查看。".to_owned(),
        _ => format!("内容较多，分成了 {parts} 个文件。浏览器可能会询问是否允许下载多个文件。"),
    },
    save_again: "重新保存",
    entries: |n| format!("{n} 条"),
    missing: |n| format!("第 {n} 个结果不在这里："),
};
