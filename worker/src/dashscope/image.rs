//! The bodies of image creations: classic protocol (`dashscope-api.md` §1.1) and message protocol (§1.6).

use serde_json::{Value, json};
use studio_shared::live::ImageCall;

/// The body of the creation. `n` and `size` are always sent: the live defaults are other ones (§10 rows 14, 15).
pub(super) fn body(call: &ImageCall) -> Value {
    let mut input = json!({ "prompt": call.prompt });
    if let Some(negative) = &call.negative_prompt {
        set(&mut input, "negative_prompt", json!(negative));
    }
    let mut parameters = json!({
        "size": call.size,
        "n": call.n,
        "prompt_extend": call.prompt_extend,
        "watermark": call.watermark,
    });
    if let Some(seed) = call.seed {
        set(&mut parameters, "seed", json!(seed));
    }
    json!({ "model": call.model, "input": input, "parameters": parameters })
}

/// The body of the message protocol: one message of one text, and the negative prompt among the parameters (§1.6).
pub(super) fn message_body(call: &ImageCall) -> Value {
    let Value::Object(mut classic) = body(call) else { return Value::Null };
    let mut parameters = classic.remove("parameters").unwrap_or_default();
    if let Some(negative) = &call.negative_prompt {
        set(&mut parameters, "negative_prompt", json!(negative));
    }
    let message = json!({ "role": "user", "content": [{ "text": call.prompt }] });
    json!({ "model": call.model, "input": { "messages": [message] }, "parameters": parameters })
}

/// Adds a field to an object.
pub(super) fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::live::{Call, Settings, call};
    use studio_shared::request::Request;

    use super::*;

    fn sent(request: Value) -> Value {
        let request = Request::from_value(request).unwrap();
        match call(&request, Settings::default()) {
            Ok((Call::Image(call), _)) => body(&call),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_references_request_is_sent_as_it_stands() {
        let reference = json!({"model":"wan2.2-t2i-flash",
            "input":{"prompt":"提示词","negative_prompt":"反向提示词"},
            "parameters":{"size":"1024*1024","n":1,"prompt_extend":true,"watermark":false,"seed":12345}});
        assert_eq!(sent(reference.clone()), reference);
    }

    #[test]
    fn the_message_protocol_carries_the_same_in_a_message() {
        let request =
            json!({"model":"wan2.6-t2i","prompt":"一只穿宇航服的橘猫","negative_prompt":"模糊","seed":7});
        let request = Request::from_value(request).unwrap();
        let Ok((Call::Image(call), _)) = call(&request, Settings::default()) else { panic!("an image") };
        assert_eq!(
            message_body(&call),
            json!({"model":"wan2.6-t2i",
                "input":{"messages":[{"role":"user","content":[{"text":"一只穿宇航服的橘猫"}]}]},
                "parameters":{"size":"1280*1280","n":1,"prompt_extend":true,"watermark":false,"seed":7,
                    "negative_prompt":"模糊"}})
        );
    }

    #[test]
    fn defaults_are_sent_and_absent_texts_are_not() {
        assert_eq!(
            sent(json!({"model":"qwen-image","prompt":"a"})),
            json!({"model":"qwen-image","input":{"prompt":"a"},
                "parameters":{"size":"1328*1328","n":1,"prompt_extend":true,"watermark":false}})
        );
    }
}
