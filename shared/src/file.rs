//! Recordings that were uploaded, for transcription.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;
use crate::time::Timestamp;
use crate::words::Words;

/// Largest file in bytes: the vendor's temporary store takes no larger one (`dashscope-api.md` §7).
pub const FILE_CAP: u64 = 1024 * 1024 * 1024;

/// Longest file name, in characters.
pub const NAME_CAP: usize = 200;

/// The endings that the vendor reads (`dashscope-api.md` §6.1).
pub const ENDINGS: [&str; 17] = [
    "aac", "amr", "avi", "flac", "flv", "m4a", "mkv", "mov", "mp3", "mp4", "mpeg", "ogg", "opus", "wav",
    "webm", "wma", "wmv",
];

/// An uploaded file: the reply of `POST /api/files`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct StoredFile {
    /// Its handle: what a transcription takes as `file`.
    pub id: String,
    /// Its name, without any path.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// When it can no longer be used: the vendor's temporary store keeps it for 48 hours. Absent where it is kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// The name that a file is kept under: what stands behind the last `/` or `\`, since a path says something about
/// somebody's disk and nothing about the file. It must have one of [`ENDINGS`].
///
/// # Errors
/// There is no name, or it is too long, holds what cannot be shown, or ends otherwise.
pub fn name(given: &str) -> Result<String, Problem> {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let refuse =
        |allowed: Words, message: Words| Err(Problem::new("name", &Value::from(given), allowed, message));
    let hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if name.chars().any(hidden) {
        return refuse(
            Words::new("不含控制字符的文件名", "a name without control characters"),
            Words::new("文件名含有控制字符，请改名。", "The name holds control characters; rename the file."),
        );
    }
    if name.chars().count() > NAME_CAP {
        return refuse(
            Words::of(format!("最多 {NAME_CAP} 字"), format!("at most {NAME_CAP} characters")),
            Words::new("文件名太长，请改短。", "The name is too long; shorten it."),
        );
    }
    match ending(name) {
        Some(_) => Ok(name.to_owned()),
        None => refuse(
            Words::of(ENDINGS.join("、"), ENDINGS.join(", ")),
            Words::new(
                "文件名要以受支持的音频或视频格式结尾，例如 meeting.mp3。",
                "The name must end as one of the formats that are read, such as meeting.mp3.",
            ),
        ),
    }
}

/// The ending of a name, where it is one of [`ENDINGS`] and something stands before it.
#[must_use]
pub fn ending(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let known = ENDINGS.into_iter().find(|known| known.eq_ignore_ascii_case(ending));
    known.filter(|_| !stem.trim_matches('.').is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_a_path_only_the_name_is_kept() {
        for (given, kept) in [
            ("meeting.mp3", "meeting.mp3"),
            ("../../etc/meeting.mp3", "meeting.mp3"),
            (r"C:\Users\me\会议 1.WAV", "会议 1.WAV"),
            (r"a/b\c.m4a ", "c.m4a"),
            ("a..ogg", "a..ogg"),
        ] {
            assert_eq!(name(given).unwrap(), kept);
        }
    }

    #[test]
    fn what_is_no_name_of_a_recording_is_refused() {
        let long = format!("{}.mp3", "长".repeat(NAME_CAP));
        for bad in
            ["", "a", ".mp3", "..mp3", "a.mp3/", "a.exe", "a.mp3.exe", "a\0.mp3", "a\u{202e}3pm.mp3", &long]
        {
            assert_eq!(name(bad).unwrap_err().field, "name", "{bad}");
        }
        assert_eq!(ending("a.MP3"), Some("mp3"));
    }

    proptest! {
        #[test]
        fn no_name_that_is_kept_has_a_path(given in any::<String>()) {
            if let Ok(name) = name(&given) {
                prop_assert!(!name.contains(['/', '\\']) && ending(&name).is_some());
            }
        }
    }
}
