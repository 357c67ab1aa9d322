//! Recordings that were uploaded, for transcription.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

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
