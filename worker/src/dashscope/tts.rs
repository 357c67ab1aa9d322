//! The body of a synthesis over HTTP (`dashscope-api.md` §5.5).

use serde_json::{Map, Value, json};
use studio_shared::live::SpeechCall;

/// The body of a creation: everything inside `input`, no `parameters`. What the model has no parameter for is absent.
pub(super) fn body(call: &SpeechCall) -> Value {
    let mut input = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            input.insert(name.to_owned(), value);
        }
    };
    set("text", Some(json!(call.text)));
    set("voice", call.voice.as_deref().map(Value::from));
    set("language_type", call.language_type.as_deref().map(Value::from));
    set("format", call.format.as_deref().map(Value::from));
    set("sample_rate", call.sample_rate.map(Value::from));
    set("volume", call.volume.map(Value::from));
    set("rate", call.rate.map(Value::from));
    set("pitch", call.pitch.map(Value::from));
    json!({ "model": call.model, "input": input })
}

#[cfg(test)]
mod tests {
    use studio_shared::live::{Call, Settings, call};
    use studio_shared::request::Request;
    use studio_shared::usage::Usage;

    use super::super::task::{Item, Task};
    use super::*;

    fn sent(request: Value) -> Value {
        let request = Request::from_value(request).unwrap();
        match call(&request, Settings::default()) {
            Ok((Call::Speech(call), _)) => body(&call),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_documents_requests_are_sent_as_they_stand() {
        assert_eq!(
            sent(json!({"model":"cosyvoice-v3-flash","text":"欢迎来到小书店。"})),
            json!({"model":"cosyvoice-v3-flash","input":{"text":"欢迎来到小书店。","voice":"longanyang",
                "format":"mp3","sample_rate":22050,"volume":50,"rate":1.0,"pitch":1.0}})
        );
        assert_eq!(
            sent(json!({"model":"qwen3-tts-flash","text":"…"})),
            json!({"model":"qwen3-tts-flash","input":{"text":"…","voice":"Cherry","language_type":"Chinese"}})
        );
    }

    #[test]
    fn the_documents_answer_is_one_file() {
        let body = json!({"request_id":"5d2b","output":{"finish_reason":"stop","audio":{"data":"",
            "url":"http://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/pre/x/y.mp3?Expires=1769000000",
            "id":"audio_5d2b","expires_at":1_769_000_000}},"usage":{"characters":8}});
        let task = Task::at_once(&body).unwrap();
        assert!(
            matches!(task.items.as_slice(), [Item::File { url, .. }] if url.ends_with("Expires=1769000000"))
        );
        assert_eq!(task.usage, Some(Usage { characters: Some(8), ..Usage::default() }));
        for none in [json!({}), json!({"output":{"audio":{}}}), json!({"output":{"audio":"x"}})] {
            assert_eq!(Task::at_once(&none), None, "{none}");
        }
    }
}
