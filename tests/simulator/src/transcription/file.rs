//! What becomes of one recording. Nothing is fetched from anywhere: an `http(s)` address is judged by its name,
//! an `oss://` address by what was uploaded.

use form_urlencoded::parse as decode;
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Fact};
use crate::refusal::Refusal;
use crate::trigger::{self, Triggers};
use crate::upload::probe::{self, Sound};
use crate::upload::store::Stored;

/// Codes of single files that the catalogue does not have (dashscope-api.md §6.2).
pub const OLDER: [&str; 15] = [
    "FILE_DOWNLOAD_FAILED",
    "FILE_CHECK_FAILED",
    "FILE_TOO_LARGE",
    "FILE_NORMALIZE_FAILED",
    "FILE_PARSE_FAILED",
    "FILE_404_NOT_FOUND",
    "FILE_403_FORBIDDEN",
    "FILE_SERVER_ERROR",
    "AUDIO_DURATION_TOO_LONG",
    "DECODE_ERROR",
    "CONTENT_LENGTH_CHECK_FAILED",
    "REQUEST_INVALID_FILE_URL_VALUE",
    "SUCCESS_WITH_NO_VALID_FRAGMENT",
    "ASR_RESPONSE_HAVE_NO_WORDS",
    "FILE_TRANS_TASK_EXPIRED",
];

/// What may be transcribed (§6.1).
const FORMATS: [&str; 18] = [
    "aac", "amr", "avi", "flac", "flv", "m4a", "mkv", "mov", "mp3", "mp4", "mpeg", "ogg", "opus", "wav",
    "webm", "wma", "wmv", "pcm",
];

/// Longest recording: 12 hours.
const LONGEST_MS: u64 = 12 * 3_600_000;
/// Shorter than this nobody speaks.
const SHORTEST_MS: u64 = 300;

/// A code and its text.
pub type Failure = (&'static str, &'static str);

/// One recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// As it was given.
    pub url: String,
    /// What it is, or why it cannot be transcribed.
    pub sound: Result<Sound, Failure>,
    /// What its words depend on.
    pub entropy: u64,
}

/// A code of §6.2 or of the catalogue. The older ones' texts are `inf`: the code itself.
pub fn failure(code: &str) -> Option<Failure> {
    let older = OLDER.iter().find(|older| **older == code).map(|older| (*older, *older));
    older.or_else(|| catalogue::named(code).map(|Fact { code, message, .. }| (code, message)))
}

/// What an address says besides: markers, in its decoded form.
pub fn triggers(url: &str) -> Result<Triggers, Refusal> {
    trigger::parse(&plain(url))
}

/// Judges a recording. `stored` is what was uploaded, if the address is of the store.
pub fn judge(url: &str, triggers: &Triggers, stored: Option<&Stored>) -> File {
    let found = match (&triggers.subtask, &triggers.fail) {
        (Some(failure), _) => Err(*failure),
        (None, Some(fact)) => Err((fact.code, fact.message)),
        (None, None) if url.starts_with("oss://") => uploaded(stored),
        (None, None) => by_name(url, triggers),
    };
    let sound = found.and_then(|sound| match sound.ms {
        0..SHORTEST_MS => Err(named("SUCCESS_WITH_NO_VALID_FRAGMENT")),
        SHORTEST_MS..=LONGEST_MS => Ok(sound),
        _ => Err(named("AUDIO_DURATION_TOO_LONG")),
    });
    let of = stored.map_or(url, |stored| stored.digest.as_str());
    File { url: url.to_owned(), sound, entropy: entropy(of) }
}

fn uploaded(stored: Option<&Stored>) -> Result<Sound, Failure> {
    let stored = stored.ok_or(named("InvalidFile.DownloadFailed"))?;
    if stored.size == 0 {
        return Err(named("CONTENT_LENGTH_CHECK_FAILED"));
    }
    probe::sound(stored).ok_or(named("DECODE_ERROR"))
}

/// The rule for addresses that are not fetched: the file's name tells.
fn by_name(url: &str, triggers: &Triggers) -> Result<Sound, Failure> {
    let path = plain(url.split(['?', '#']).next().unwrap_or_default());
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    if ["gone", "missing", "404"].iter().any(|word| name.contains(word)) {
        return Err(named("InvalidFile.DownloadFailed"));
    }
    let Some(format) = FORMATS.iter().find(|format| **format == extension) else {
        return Err(named("InvalidFile.Format"));
    };
    if name.contains("empty") {
        return Err(named("CONTENT_LENGTH_CHECK_FAILED"));
    }
    if name.contains("broken") {
        return Err(named("DECODE_ERROR"));
    }
    let ms = triggers.seconds.map_or(8_000 + entropy(url) % 52_000, |seconds| u64::from(seconds) * 1000);
    Ok(Sound { format, rate: 16_000, ms })
}

fn named(code: &'static str) -> Failure {
    failure(code).unwrap_or((code, code))
}

/// With `%20` and the like decoded.
fn plain(url: &str) -> String {
    let url = url.replace('&', "%26").replace('=', "%3D").replace('+', "%2B");
    decode(url.as_bytes()).map(|(text, _)| text.into_owned()).collect()
}

fn entropy(of: &str) -> u64 {
    let digest = Sha256::digest(format!("recording\0{of}"));
    digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(url: &str) -> Result<u64, &'static str> {
        let triggers = triggers(url).unwrap();
        judge(url, &triggers, None).sound.map(|sound| sound.ms).map_err(|(code, _)| code)
    }

    #[test]
    fn an_address_that_is_not_fetched_is_judged_by_its_name() {
        assert!(outcome("https://example.com/audio/meeting.mp3").is_ok());
        assert_eq!(outcome("https://example.com/a.wav?%5B%5Bsim:seconds%2090%5D%5D"), Ok(90_000));
        for (url, code) in [
            ("https://example.com/audio/gone.mp3", "InvalidFile.DownloadFailed"),
            ("https://example.com/paper.pdf", "InvalidFile.Format"),
            ("https://example.com/", "InvalidFile.Format"),
            ("https://example.com/empty.wav?x=1", "CONTENT_LENGTH_CHECK_FAILED"),
            ("https://example.com/broken.mp3", "DECODE_ERROR"),
            ("oss://d/e/a.wav", "InvalidFile.DownloadFailed"),
            ("https://h/a.wav?[[sim:subtask FILE_403_FORBIDDEN]]", "FILE_403_FORBIDDEN"),
            ("https://h/a.wav?[[sim:fail InvalidURL.Timeout]]", "InvalidURL.Timeout"),
            ("https://h/a.wav?[[sim:seconds 99999]]", "AUDIO_DURATION_TOO_LONG"),
        ] {
            assert_eq!(outcome(url), Err(code), "{url}");
        }
    }

    #[test]
    fn an_uploaded_file_is_judged_by_what_it_is() {
        let judged = |head: &[u8], size| {
            let stored = Stored { head: head.to_vec(), size, ..Stored::default() };
            judge("oss://d/e/a.wav", &Triggers::default(), Some(&stored)).sound.map_err(|(code, _)| code)
        };
        assert_eq!(judged(b"", 0), Err("CONTENT_LENGTH_CHECK_FAILED"));
        assert_eq!(judged(b"hello", 5), Err("DECODE_ERROR"));
        assert_eq!(judged(&[0xff, 0xfb, 0x90, 0], 100), Err("SUCCESS_WITH_NO_VALID_FRAGMENT"));
        assert_eq!(judged(&[0xff, 0xfb, 0x90, 0], 160_000).unwrap().ms, 10_000);
    }
}
