//! What a call says, wherever its protocol puts it: what a planted fault's `prompt_contains` looks at.

use serde_json::Value;

/// The prompt; of a conversation, what was said last by the user; of speech, the text; of recordings, the first
/// address.
pub(crate) fn prompt(body: &Value) -> Option<&str> {
    let input = body.get("input");
    let field = |name: &str| input.and_then(|input| input.get(name)).and_then(Value::as_str);
    let messages = || input.and_then(|input| input.get("messages")).or_else(|| body.get("messages"));
    let first = || input.and_then(|input| input.get("file_urls")).and_then(|urls| urls.get(0)?.as_str());
    let spoken = || body.pointer("/payload/input/text").and_then(Value::as_str);
    let told = field("prompt").or_else(|| field("text")).or_else(|| messages().and_then(last));
    told.or_else(first).or_else(spoken)
}

fn last(messages: &Value) -> Option<&str> {
    let by_user = |message: &&Value| message.get("role").and_then(Value::as_str) == Some("user");
    let content = messages.as_array()?.iter().rfind(by_user)?.get("content")?;
    match content {
        Value::String(text) => Some(text),
        parts => parts.as_array()?.iter().find_map(|part| part.get("text")?.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_prompt_is_found_in_every_protocol() {
        let said = |content: Value| {
            json!([{"role": "user", "content": "旧"}, {"role": "assistant", "content": "答"},
            {"role": "user", "content": content}])
        };
        for body in [
            json!({"input": {"prompt": "猫"}}),
            json!({"input": {"text": "猫"}}),
            json!({"input": {"messages": said(json!("猫"))}}),
            json!({"input": {"messages": said(json!([{"text": "猫"}]))}}),
            json!({"messages": said(json!("猫"))}),
            json!({"input": {"file_urls": ["猫"]}}),
            json!({"payload": {"input": {"text": "猫"}}}),
        ] {
            assert_eq!(prompt(&body), Some("猫"), "{body}");
        }
        for body in [json!(null), json!({"input": []}), json!({"messages": [7]})] {
            assert_eq!(prompt(&body), None, "{body}");
        }
    }
}
