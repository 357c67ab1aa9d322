//! The body of a recognition (`dashscope-api.md` §6.1).

use serde_json::{Value, json};
use studio_shared::live::TranscriptionCall;

use super::image::set;

/// The body of the creation: one recording a call, its first track.
pub(super) fn body(call: &TranscriptionCall) -> Value {
    let mut parameters = json!({
        "disfluency_removal_enabled": call.disfluency_removal_enabled,
        "timestamp_alignment_enabled": call.timestamp_alignment_enabled,
        "diarization_enabled": call.diarization_enabled,
    });
    if !call.language_hints.is_empty() {
        set(&mut parameters, "language_hints", json!(call.language_hints));
    }
    if let Some(count) = call.speaker_count {
        set(&mut parameters, "speaker_count", json!(count));
    }
    json!({
        "model": call.model,
        "input": { "file_urls": [call.recording.as_str()] },
        "parameters": parameters,
    })
}

#[cfg(test)]
mod tests {
    use studio_shared::live::{Call, Settings, call};
    use studio_shared::request::Request;

    use super::*;

    fn sent(request: Value) -> Value {
        let request = Request::from_value(request).unwrap();
        match call(&request, Settings::default()) {
            Ok((Call::Transcription(call), _)) => body(&call),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_protocols_own_example() {
        let request = json!({"model":"paraformer-v2","url":"https://example.com/audio/meeting.mp3",
            "language_hints":["zh","en"],"diarization_enabled":true,"speaker_count":2});
        let live = json!({"model":"paraformer-v2",
            "input":{"file_urls":["https://example.com/audio/meeting.mp3"]},
            "parameters":{"language_hints":["zh","en"],"disfluency_removal_enabled":false,
                "timestamp_alignment_enabled":false,"diarization_enabled":true,"speaker_count":2}});
        assert_eq!(sent(request), live);
    }

    #[test]
    fn languages_are_sent_to_models_that_take_them() {
        let with = |model: &str| sent(json!({"model": model, "url": "https://example.com/a.mp3"}));
        assert_eq!(with("paraformer-v1")["parameters"].get("language_hints"), None);
        let english = with("paraformer-en-v1");
        assert_eq!(english["model"], "paraformer-v2");
        assert_eq!(english["parameters"]["language_hints"], json!(["en"]));
    }
}
