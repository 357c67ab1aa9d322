//! The body of an image creation, classic protocol (`dashscope-api.md` §1.1).

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

fn set(object: &mut Value, name: &str, value: Value) {
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
    fn defaults_are_sent_and_absent_texts_are_not() {
        assert_eq!(
            sent(json!({"model":"qwen-image","prompt":"a"})),
            json!({"model":"qwen-image","input":{"prompt":"a"},
                "parameters":{"size":"1328*1328","n":1,"prompt_extend":true,"watermark":false}})
        );
    }
}
