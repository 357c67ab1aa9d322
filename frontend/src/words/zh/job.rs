//! 任务。

use studio_shared::kind::Kind;

use crate::words::job::Texts;

pub(super) const TEXTS: Texts = Texts {
    took: "用时",
    place: |place, begins, done| {
        let begins = begins.map_or_else(String::new, |seconds| format!("，约 {}", about(seconds)));
        let done = done.map_or_else(String::new, |seconds| format!("；约 {}后完成", about(seconds)));
        format!("第 {place} 位{begins}{done}")
    },
    waits: "排队中",
    usual: |state, seconds| format!("{state}，通常约 {seconds} 秒"),
    done_in: |state, seconds| format!("{state}，约 {}后完成", about(seconds)),
    count: |n| format!("{n} 张"),
    request_id: "请求 ID",
    copy_request_id: "复制请求 ID",
    lost: "这一张没有生成",
    not_charged: "未计费",
    charged: "已计费",
    maybe_charged: "可能已计费",
    open_picture: |n| format!("放大第 {n} 张"),
    picture: |n, prompt| format!("第 {n} 张：{prompt}"),
    picture_gone: "图片没能载入",
    picture_of: |n, all| format!("第 {n} 张，共 {all} 张"),
    previous: "上一张",
    next: "下一张",
    open_in_tab: "在新标签页打开",
    download: "下载",
    cancel: "取消",
    too_late: "已来不及取消：生成已经开始，任务会继续，完成后照常计费。",
    retry: "重试",
    retry_unsure: "可能会重复计费",
    use_again: "使用这些设置",
    original: |kind| match kind {
        Kind::Image | Kind::Video => "原始提示词",
        Kind::Text => "问题",
        Kind::Speech => "文字",
        Kind::Transcription => "录音",
    },
    seconds: |n| format!("{n} 秒"),
    characters: |n| format!("{n} 字"),
    tokens: |input, output| format!("输入 {input} · 输出 {output} token"),
    film: |prompt| format!("影片：{prompt}"),
    film_gone: "影片没能载入",
    speech: "语音",
    sound_gone: "语音没能载入，请下载后播放",
    play: "载入并播放",
    spoken: "逐词朗读，点一个词从那里听起",
    transcript: "识别结果",
    recording: "上传的录音",
    open_recording: "打开原录音",
    recording_gone: "录音没能载入：它可能已经过期，或者地址打不开",
    search_transcript: "在文字里搜索",
    nothing_said: "没有找到",
    exports: "导出",
    speaker: |n| format!("说话人 {n}"),
    used: "用量",
    no_estimate: |kind| match kind {
        Kind::Transcription => "按录音时长",
        _ => "未列价",
    },
    rewritten: "改写后的提示词",
    settings: "设置",
    on: "开",
    off: "关",
    sent_otherwise: "提交时做了这样的调整：",
    record: "记录",
    created: "提交",
    started: "开始",
    finished: "结束",
    duration: "用时",
    estimate: "预计费用",
    actual: "实际费用",
    job_id: "任务 ID",
    copy_link: "复制配方链接",
    copy_json: "复制 JSON",
    copy_curl: "复制 cURL",
    delete: "删除",
    deleted: "已删除",
    keep: "不了",
    gone: "没有这个任务",
    gone_help: "它可能已被删除，或者属于别的成员。",
    to_history: "查看历史",
};

/// A time to come, as exactly as it is of use.
fn about(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{seconds} 秒"),
        100..5_400 => format!("{} 分钟", seconds.div_ceil(60)),
        _ => format!("{} 小时", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_when_it_begins_and_when_it_is_done() {
        assert_eq!((TEXTS.place)(12, Some(6), None), "第 12 位，约 6 秒");
        assert_eq!((TEXTS.place)(12, Some(6), Some(40)), "第 12 位，约 6 秒；约 40 秒后完成");
        assert_eq!((TEXTS.place)(900, Some(450), Some(7_000)), "第 900 位，约 8 分钟；约 2 小时后完成");
        assert_eq!((TEXTS.done_in)("生成中", 8), "生成中，约 8 秒后完成");
    }
}
