//! What pages read out of a job. Pure.

use studio_shared::job::{Job, Output};
use studio_shared::request::{Frame, Recording, Request, TranscriptionRequest};
use studio_shared::size::Size;

use crate::state::files;
use crate::words::Texts;

/// The size of the pictures or the film that were asked for.
pub(crate) fn size(request: &Request) -> Size {
    match request {
        Request::Image(image) => image.size,
        Request::Video(video) => match &video.frame {
            Frame::Tier { ratio, .. } => shape(ratio),
            frame => frame.size().unwrap_or(WIDE),
        },
        _ => Size::new(1, 1),
    }
}

const WIDE: Size = Size::new(1280, 720);

/// A size of the ratio that `16:9` names: only its shape matters.
fn shape(ratio: &str) -> Size {
    let side = |text: &str| text.parse::<u32>().ok().filter(|side| (1..100).contains(side));
    let sides = ratio.split_once(':').and_then(|(width, height)| Some((side(width)?, side(height)?)));
    sides.map_or(WIDE, |(width, height)| Size::new(width.saturating_mul(80), height.saturating_mul(80)))
}

/// The size of the pictures or the film that come: what was sent to the vendor.
pub(crate) fn size_sent(job: &Job) -> Size {
    let is_size = |field: &str| matches!(field, "size" | "resolution");
    let sent = job.notes.iter().find(|note| is_size(&note.field)).and_then(|note| note.sent.parse().ok());
    sent.unwrap_or_else(|| size(&job.request))
}

/// The recording that was uploaded for a transcript, by its handle.
pub(crate) fn uploaded(request: &Request) -> Option<&str> {
    match request {
        Request::Transcription(TranscriptionRequest { recording: Recording::File { file }, .. }) => {
            Some(file)
        }
        _ => None,
    }
}

/// What a request is called: its main text; of an uploaded recording, the name of the file as far as this browser
/// knows it.
pub(crate) fn name(request: &Request, texts: &Texts) -> String {
    match uploaded(request) {
        Some(file) => files::name(file).unwrap_or_else(|| texts.job.recording.to_owned()),
        None => request.prompt().to_owned(),
    }
}

/// How many pictures were asked for.
pub(crate) const fn count(request: &Request) -> u32 {
    match request {
        Request::Image(image) => image.n,
        _ => 1,
    }
}

/// Whether a result is there to be looked at.
pub(crate) const fn is_there(output: &Output) -> bool {
    output.media_type.is_some() && output.error.is_none()
}

/// The name a result is saved under: `bailian-1a2b3c4d-1.png`.
pub(crate) fn file_name(id: &str, output: &Output) -> String {
    let short: String = id.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let media_type = output.media_type.as_deref().unwrap_or_default();
    let ending = match media_type.split_once('/') {
        Some((_, "jpeg")) => "jpg",
        Some((_, "mpeg")) => "mp3",
        Some((_, ending)) if ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) => ending,
        _ => "bin",
    };
    format!("bailian-{short}-{}.{ending}", output.n.saturating_add(1))
}

/// The command line that asks for the same once more, at this very address.
pub(crate) fn curl(origin: &str, address: &str, request: &Request, key: &str) -> String {
    let body = serde_json::to_string(request).unwrap_or_default().replace('\'', r"'\''");
    format!(
        "curl -X POST '{origin}{address}' \\\n  -H 'Authorization: Bearer <your code>' \\\n  \
         -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: {key}' \\\n  --data-raw '{body}'"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn output(media_type: &str) -> Output {
        Output {
            n: 1,
            media_type: Some(media_type.to_owned()),
            bytes: None,
            expires_at: None,
            orig_prompt: None,
            actual_prompt: None,
            error: None,
        }
    }

    #[test]
    fn files_are_named_after_job_and_place() {
        assert_eq!(file_name("0198-abcd-ef", &output("image/png")), "bailian-0198abcd-2.png");
        assert_eq!(file_name("a", &output("image/jpeg")), "bailian-a-2.jpg");
        assert_eq!(file_name("../x", &output("image/../../x")), "bailian-x-2.bin");
    }

    #[test]
    fn a_film_has_the_shape_it_was_asked_in() {
        let of = |value| size(&Request::from_value(value).unwrap());
        assert_eq!(of(json!({"model": "wan2.1-t2v-plus", "prompt": "a"})), Size::new(720, 1280));
        assert_eq!(of(json!({"model": "wan2.7-t2v", "prompt": "a", "ratio": "9:16"})), Size::new(720, 1280));
        assert_eq!(shape("0:x"), WIDE);
    }

    #[test]
    fn a_quote_in_the_prompt_does_not_end_the_command() {
        let request =
            Request::from_value(json!({"model": "qwen-image", "prompt": "it's $(a) \"b\""})).unwrap();
        let line = curl("https://a.b", "/api/jobs", &request, "k");
        assert!(line.contains(r#""prompt":"it'\''s $(a) \"b\"""#), "{line}");
        assert!(
            line.starts_with(
                "curl -X POST 'https://a.b/api/jobs' \\\n  -H 'Authorization: Bearer <your code>'"
            )
        );
    }
}
