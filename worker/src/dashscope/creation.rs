//! How each model is called: its path, its body, its headers, by its protocol. Two models of one protocol differ in
//! data only.

use std::time::Duration;

use serde_json::Value;
use studio_shared::catalogue::Protocol;
use studio_shared::live::{Call, TranscriptionCall};
use studio_shared::request::Recording;

use super::{image, transcription, tts, video};

/// How long the answer to the creation of a task may take before it counts as lost.
pub(super) const ANSWER: Duration = Duration::from_secs(30);

/// The same where the answer carries the results themselves: the vendor gives a call 180 s
/// (`dashscope-api.md` §0.3, `x-dashscope-timeout`).
const RESULTS: Duration = Duration::from_secs(180);

/// A header that a call needs.
pub(super) type Header = (&'static str, &'static str);

/// The call is to create a task, and to answer with its id (`dashscope-api.md` §0.2). Where the answer is to carry
/// the result, it must not be there.
const BY_TASK: Header = ("x-dashscope-async", "enable");

/// An address of the vendor's own store stands in the body (§7).
const RESOLVE: Header = ("x-dashscope-ossresourceresolve", "enable");

/// A creation, ready to be sent.
#[derive(Debug, PartialEq)]
pub(super) struct Creation {
    /// Below `/api/v1`.
    pub(super) path: &'static str,
    pub(super) body: Value,
    pub(super) headers: Vec<Header>,
    /// How long its answer may take.
    pub(super) limit: Duration,
}

impl Creation {
    /// The creation that serves a call; `None` where the call creates nothing to be polled or fetched.
    pub(super) fn of(call: &Call) -> Option<Self> {
        let by_task = |path, body| Self { path, body, headers: vec![BY_TASK], limit: ANSWER };
        Some(match call {
            Call::Image(call) => match call.protocol {
                Protocol::ImageMessage => Self {
                    path: "services/aigc/multimodal-generation/generation",
                    body: image::message_body(call),
                    headers: Vec::new(),
                    limit: RESULTS,
                },
                Protocol::ImageMessageTask => {
                    by_task("services/aigc/image-generation/generation", image::message_body(call))
                }
                _ => by_task("services/aigc/text2image/image-synthesis", image::body(call)),
            },
            Call::Video(call) => by_task("services/aigc/video-generation/video-synthesis", video::body(call)),
            Call::Transcription(call) => Self {
                headers: if is_stored(call) { vec![BY_TASK, RESOLVE] } else { vec![BY_TASK] },
                ..by_task("services/audio/asr/transcription", transcription::body(call))
            },
            Call::Speech(call) => Self {
                path: match call.protocol {
                    Protocol::CosyVoice => "services/audio/tts/SpeechSynthesizer",
                    Protocol::QwenTts => "services/aigc/multimodal-generation/generation",
                    _ => return None, // over the socket
                },
                body: tts::body(call),
                headers: Vec::new(),
                limit: RESULTS,
            },
            Call::Text(_) => return None,
        })
    }
}

/// Whether a call's answer carries its results, and therefore takes as long as they do.
pub(crate) const fn is_at_once(call: &Call) -> bool {
    match call {
        Call::Image(call) => matches!(call.protocol, Protocol::ImageMessage),
        Call::Speech(call) => matches!(call.protocol, Protocol::CosyVoice | Protocol::QwenTts),
        _ => false,
    }
}

fn is_stored(call: &TranscriptionCall) -> bool {
    matches!(&call.recording, Recording::Url { url } if url.starts_with("oss://"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::catalogue;
    use studio_shared::kind::Kind;
    use studio_shared::live::{Settings, call};
    use studio_shared::request::Request;

    use super::*;

    fn creation(request: Value) -> Creation {
        let request = Request::from_value(request).unwrap();
        Creation::of(&call(&request, Settings::default()).unwrap().0).unwrap()
    }

    #[test]
    fn every_picture_and_film_has_its_path() {
        for (model, path, by_task) in [
            ("qwen-image", "services/aigc/text2image/image-synthesis", true),
            ("wan2.5-t2i-preview", "services/aigc/text2image/image-synthesis", true),
            ("wan2.6-t2i", "services/aigc/image-generation/generation", true),
            ("qwen-image-plus", "services/aigc/multimodal-generation/generation", false),
            ("qwen-image-2.0", "services/aigc/multimodal-generation/generation", false),
            ("wan2.1-t2v-plus", "services/aigc/video-generation/video-synthesis", true),
            ("wan2.7-t2v", "services/aigc/video-generation/video-synthesis", true),
        ] {
            let creation = creation(json!({"model": model, "prompt": "猫"}));
            assert_eq!((creation.path, creation.headers.contains(&BY_TASK)), (path, by_task), "{model}");
            assert_eq!(creation.limit, if by_task { ANSWER } else { RESULTS }, "{model}");
        }
    }

    #[test]
    fn speech_over_http_has_its_path_and_speech_over_the_socket_none() {
        let path = |model: &str| {
            let request = Request::from_value(json!({"model": model, "text": "猫"})).unwrap();
            let call = call(&request, Settings::default()).unwrap().0;
            Creation::of(&call).map(|creation| (creation.path, creation.limit, is_at_once(&call)))
        };
        let once = |path| Some((path, RESULTS, true));
        assert_eq!(path("cosyvoice-v2"), once("services/audio/tts/SpeechSynthesizer"));
        assert_eq!(path("qwen3-tts-flash"), once("services/aigc/multimodal-generation/generation"));
        assert_eq!(path("sambert-zhichu-v1"), None);
    }

    #[test]
    fn every_model_that_makes_files_can_be_created() {
        for kind in [Kind::Image, Kind::Video] {
            for model in catalogue::models(kind) {
                let creation = creation(json!({"model": model.id, "prompt": "猫"}));
                assert!(creation.body["model"].is_string(), "{}", model.id);
            }
        }
        for model in catalogue::models(Kind::Transcription) {
            let request = json!({"model": model.id, "url": "https://example.com/a.mp3"});
            assert_eq!(creation(request).headers, [BY_TASK], "{}", model.id);
        }
    }

    #[test]
    fn an_address_of_the_vendors_store_is_sent_with_the_header_that_opens_it() {
        let request = json!({"model": "paraformer-v2", "url": "https://example.com/a.mp3"});
        let request = Request::from_value(request).unwrap();
        let (Call::Transcription(mut asked), _) = call(&request, Settings::default()).unwrap() else {
            panic!("a transcription");
        };
        asked.recording = Recording::Url { url: "oss://d/e/a.mp3".to_owned() };
        let creation = Creation::of(&Call::Transcription(asked)).unwrap();
        assert_eq!(creation.headers, [BY_TASK, RESOLVE]);
        assert_eq!(creation.body["input"], json!({"file_urls": ["oss://d/e/a.mp3"]}));
    }
}
