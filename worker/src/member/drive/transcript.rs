//! Keeping a transcript: in the product's own form, without the vendor's addresses.

use super::Driver;
use crate::dashscope::Heard;
use crate::media;
use crate::member::entry::Collected;

/// What a transcript is kept and served as.
const MEDIA_TYPE: &str = "application/json";

impl Driver<'_> {
    /// Fetches the transcript at an address and keeps it as result `n` of a job.
    pub(super) async fn keep_transcript(&self, job: &str, n: u32, url: &str) -> Collected {
        let transcript = match self.client.transcript(url).await {
            Heard::Transcript(transcript) => transcript,
            Heard::Gone => return Collected::Gone,
            Heard::Later => return Collected::Later,
            Heard::Unreadable => return Collected::Unreadable,
        };
        let Ok(bytes) = serde_json::to_vec(&transcript) else { return Collected::Unreadable };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        match media::put_bytes(&self.member.env, &media::key(&self.id, job, n), bytes, MEDIA_TYPE).await {
            Ok(()) => Collected::Kept { bytes: length, media_type: MEDIA_TYPE.to_owned() },
            Err(error) => {
                crate::log::event("result_not_kept", &error.to_string());
                Collected::Refused
            }
        }
    }
}
