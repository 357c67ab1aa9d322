//! Why a recording could not be recognised, by the older codes of single files (`dashscope-api.md` §6.2).

use super::Fault;
use super::Retry::{self, No, Once, Yes};
use crate::words::Label;

const fn fault(code: &'static [&'static str; 1], retry: Retry, what: Label, advice: Label) -> Fault {
    Fault { status: 0, codes: code, says: "", retry, what, advice }
}

/// They stand inside a task and have no HTTP status.
#[rustfmt::skip] // one fault, one line
pub(super) static RECORDINGS: [Fault; 15] = [
    fault(&["FILE_DOWNLOAD_FAILED"], Once, Label::new("录音下载失败", "The recording could not be downloaded."), Label::new("检查音频地址是否可公网访问", "Make the recording's address publicly reachable.")),
    fault(&["FILE_CHECK_FAILED"], No, Label::new("录音未通过检查", "The recording did not pass the check."), Label::new("确认文件完整、格式受支持", "See that the file is whole and of a supported format.")),
    fault(&["FILE_TOO_LARGE"], No, Label::new("录音文件太大", "The recording is too large."), Label::new("压缩或拆分文件", "Compress or split the file.")),
    fault(&["FILE_NORMALIZE_FAILED"], Once, Label::new("录音转码失败", "The recording could not be converted."), Label::new("转成 16 kHz 单声道 wav 或 mp3 再试", "Convert it to wav or mp3, 16 kHz, one track, then try again.")),
    fault(&["FILE_PARSE_FAILED"], No, Label::new("录音无法解析", "The recording could not be read."), Label::new("确认文件未损坏，必要时转换格式", "See that the file is not damaged; convert it if need be.")),
    fault(&["FILE_404_NOT_FOUND"], No, Label::new("地址上没有文件", "There is no file at the address."), Label::new("核对音频地址", "Check the recording's address.")),
    fault(&["FILE_403_FORBIDDEN"], No, Label::new("地址不允许访问", "The address may not be opened."), Label::new("放开读取权限，或改用上传", "Allow reading it, or upload the file instead.")),
    fault(&["FILE_SERVER_ERROR"], Once, Label::new("录音所在的服务器出错", "The recording's server is at fault."), Label::new("稍后重试，或改用上传", "Try again later, or upload the file instead.")),
    fault(&["AUDIO_DURATION_TOO_LONG"], No, Label::new("录音太长", "The recording is too long."), Label::new("拆成不超过 12 小时的文件", "Split it into files of at most 12 hours.")),
    fault(&["DECODE_ERROR"], No, Label::new("录音无法解码", "The recording could not be decoded."), Label::new("确认这是音频文件，必要时转换格式", "See that it is a sound file; convert it if need be.")),
    fault(&["CONTENT_LENGTH_CHECK_FAILED"], No, Label::new("录音的长度不对", "The recording's length is not right."), Label::new("确认文件不为空且完整", "See that the file is not empty, and whole.")),
    fault(&["REQUEST_INVALID_FILE_URL_VALUE"], No, Label::new("录音地址无效", "The recording's address is not valid."), Label::new("提供可公网访问的 http 或 https 地址", "Give a public http or https address.")),
    fault(&["SUCCESS_WITH_NO_VALID_FRAGMENT"], No, Label::new("录音里没有人声", "Nobody speaks in the recording."), Label::new("换一段有人说话的录音", "Use a recording in which somebody speaks.")),
    fault(&["ASR_RESPONSE_HAVE_NO_WORDS"], No, Label::new("没有识别出文字", "No words were recognised."), Label::new("检查音量与语言设置", "Check loudness and the languages that were set.")),
    fault(&["FILE_TRANS_TASK_EXPIRED"], Yes, Label::new("识别任务已过期", "The task has expired."), Label::new("重新提交", "Submit it again.")),
];
