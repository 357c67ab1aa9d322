//! The body of a film's creation (`dashscope-api.md` §4.1).

use serde_json::{Map, Value, json};
use studio_shared::live::{FilmFrame, VideoCall};

/// The body of the creation. `size`, or tier and ratio, is always sent: the live default is another one (§10
/// row 3). There is no `fps` (row 4).
pub(super) fn body(call: &VideoCall) -> Value {
    let mut input = Map::new();
    input.insert("prompt".to_owned(), json!(call.prompt));
    let mut parameters = Map::new();
    match &call.frame {
        FilmFrame::Size(size) => {
            parameters.insert("size".to_owned(), json!(size));
        }
        FilmFrame::Tier { resolution, ratio } => {
            parameters.insert("resolution".to_owned(), json!(resolution));
            parameters.insert("ratio".to_owned(), json!(ratio));
        }
    }
    for (name, value) in [
        ("duration", json!(call.duration)),
        ("prompt_extend", json!(call.prompt_extend)),
        ("watermark", json!(call.watermark)),
    ] {
        parameters.insert(name.to_owned(), value);
    }
    let given = |target: &mut Map<String, Value>, name: &str, value: Option<Value>| {
        if let Some(value) = value {
            target.insert(name.to_owned(), value);
        }
    };
    given(&mut input, "negative_prompt", call.negative_prompt.as_ref().map(|text| json!(text)));
    given(&mut input, "audio_url", call.audio_url.as_ref().map(|url| json!(url)));
    given(&mut parameters, "shot_type", call.shot_type.as_ref().map(|word| json!(word)));
    given(&mut parameters, "seed", call.seed.map(|seed| json!(seed)));
    json!({ "model": call.model, "input": input, "parameters": parameters })
}

#[cfg(test)]
mod tests {
    use studio_shared::live::{Call, Settings, call};
    use studio_shared::request::Request;

    use super::*;

    fn sent(request: Value) -> Value {
        let request = Request::from_value(request).unwrap();
        match call(&request, Settings::default()) {
            Ok((Call::Video(call), _)) => body(&call),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_references_form_is_sent_in_the_live_one() {
        let reference = json!({"model":"wan2.1-t2v-plus","input":{"prompt":"海浪","negative_prompt":"抖动"},
            "parameters":{"resolution":"480*854","duration":10,"fps":24,"seed":12345}});
        let live = json!({"model":"wanx2.1-t2v-plus","input":{"prompt":"海浪","negative_prompt":"抖动"},
            "parameters":{"size":"720*1280","duration":5,"prompt_extend":true,"watermark":false,"seed":12345}});
        assert_eq!(sent(reference), live);
    }

    #[test]
    fn from_2_7_on_a_film_has_a_tier_and_a_ratio() {
        let request = json!({"model":"wan2.7-t2v","prompt":"海浪","resolution":"1080P","ratio":"9:16",
            "duration":15,"audio_url":"https://example.com/a.mp3"});
        let live = json!({"model":"wan2.7-t2v",
            "input":{"prompt":"海浪","audio_url":"https://example.com/a.mp3"},
            "parameters":{"resolution":"1080P","ratio":"9:16","duration":15,"prompt_extend":true,
                "watermark":false}});
        assert_eq!(sent(request), live);
    }
}
