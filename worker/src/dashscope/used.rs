//! What a task used, by the vendor's own count, in the form of every version (`dashscope-api.md` §1.4, §1.6, §4.2,
//! §6.2).

use serde_json::Value;
use studio_shared::usage::Usage;

/// Reads the `usage` of a task or of pictures that were made at once.
pub(super) fn read(usage: &Value) -> Usage {
    let count = |name: &str| usage.get(name).and_then(whole);
    let is_film = count("video_count").is_some() || count("video_duration").is_some();
    let seconds = count("duration");
    Usage {
        image_count: count("image_count"),
        // Up to 2.5 `video_duration`; from 2.6 on `duration`, which counts what went in as well and is billed.
        video_seconds: count("video_duration")
            .or(seconds.filter(|_| is_film))
            .or_else(|| count("output_video_duration")),
        audio_seconds: seconds.filter(|_| !is_film),
        characters: count("characters"),
        ..Usage::default()
    }
}

/// A count, also one that is written with a fraction: what has begun is counted whole.
fn whole(value: &Value) -> Option<u32> {
    let count = value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.is_finite() && *number >= 0.0)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
        Some(number.ceil() as u64)
    });
    count.and_then(|count| u32::try_from(count).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_version_of_the_vendors_count_is_read() {
        let none = Usage::default();
        let images = Usage { image_count: Some(2), ..none };
        let film = |seconds| Usage { video_seconds: Some(seconds), ..none };
        for (usage, read_as) in [
            (json!({"image_count":2}), images),
            (json!({"height":928,"image_count":2,"width":1664}), images),
            (
                json!({"image_count":2,"size":"1280*1280","input_tokens":0,"output_tokens":0,"total_tokens":0}),
                images,
            ),
            (json!({"video_count":1,"video_duration":5,"video_ratio":"832*480"}), film(5)),
            (
                json!({"duration":10,"size":"1280*720","input_video_duration":0,"output_video_duration":10,
                    "video_count":1,"SR":720}),
                film(10),
            ),
            (
                json!({"duration":15,"input_video_duration":0,"output_video_duration":15,"video_count":1,
                    "ratio":"16:9","SR":720}),
                film(15),
            ),
            (json!({"duration":9}), Usage { audio_seconds: Some(9), ..none }),
            (json!({"duration":8.2}), Usage { audio_seconds: Some(9), ..none }),
            (json!({"duration":-1,"image_count":"2"}), none),
            (json!({"characters":8}), Usage { characters: Some(8), ..none }),
            (json!({"characters":"8"}), none),
            (json!(null), none),
        ] {
            assert_eq!(read(&usage), read_as, "{usage}");
        }
    }
}
