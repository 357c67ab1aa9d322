//! What a text call says: a prompt or a conversation (dashscope-api.md §3.1, §3.5).

use serde_json::{Map, Value};

use super::tokens;
use crate::refusal::{Refusal, known};

/// A conversation, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Talk {
    /// What the user said last, with its markers.
    pub(crate) last: String,
    /// Everything else, for the answer to depend on.
    pub(crate) before: String,
    /// Of all messages.
    pub(crate) tokens: u32,
    /// How many times the user has spoken.
    pub(crate) turns: usize,
}

/// `input`: either `prompt` or `messages`, and not both.
pub(crate) fn of_input(input: &Map<String, Value>) -> Result<Talk, Refusal> {
    let given = |name: &str| input.get(name).filter(|value| !value.is_null());
    match (given("prompt"), given("messages")) {
        (Some(Value::String(prompt)), None) if !prompt.is_empty() => of_prompt(prompt),
        (Some(Value::String(_)), None) => Err(known::EMPTY_CONTENT),
        (Some(_), None) => Err(known::NOT_TEXT),
        (None, Some(messages)) => of_messages(messages),
        (None, None) | (Some(_), Some(_)) => Err(known::PROMPT_OR_MESSAGES),
    }
}

fn of_prompt(prompt: &str) -> Result<Talk, Refusal> {
    Ok(Talk {
        last: prompt.to_owned(),
        before: String::new(),
        tokens: PER_MESSAGE + tokens::count(prompt),
        turns: 1,
    })
}

/// What a message costs besides its content.
const PER_MESSAGE: u32 = 4;

/// The array itself, which the OpenAI-compatible path has at its top level.
pub(crate) fn of_messages(messages: &Value) -> Result<Talk, Refusal> {
    let Value::Array(messages) = messages else {
        return Err(Refusal::parameter("messages must be an array."));
    };
    if messages.is_empty() {
        return Err(known::TOO_SHORT);
    }
    let mut talk = Talk::default();
    for message in messages {
        let role = message.get("role").and_then(Value::as_str).unwrap_or_default();
        let content = content(message, role)?;
        if !["system", "user", "assistant", "tool"].contains(&role) {
            return Err(known::EMPTY_CONTENT);
        }
        talk.tokens = talk.tokens.saturating_add(PER_MESSAGE).saturating_add(tokens::count(&content));
        if role == "user" {
            talk.turns += 1;
            let earlier = std::mem::replace(&mut talk.last, content);
            talk.before.push_str(&earlier);
        } else {
            talk.before.push_str(&content);
        }
    }
    Ok(talk)
}

/// A message's text. Only an assistant who called a tool may say nothing.
fn content(message: &Value, role: &str) -> Result<String, Refusal> {
    let silent = role == "assistant" && message.get("tool_calls").is_some_and(|calls| !calls.is_null());
    match message.get("content") {
        None | Some(Value::Null) if silent => Ok(String::new()),
        None | Some(Value::Null) => Err(known::NO_CONTENT),
        Some(Value::String(text)) if text.is_empty() && !silent => Err(known::EMPTY_CONTENT),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(known::NOT_TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(input: Value) -> Result<Talk, Refusal> {
        let Value::Object(input) = input else { panic!("input is an object") };
        of_input(&input)
    }

    #[test]
    fn a_prompt_or_messages_and_the_last_word_is_the_users() {
        assert_eq!(read(json!({"prompt": "你好"})).unwrap().tokens, 6);
        let talk = read(json!({"messages": [
            {"role": "system", "content": "简短"}, {"role": "user", "content": "一"},
            {"role": "assistant", "content": "二"}, {"role": "user", "content": "三"},
        ]}));
        let talk = talk.unwrap();
        assert_eq!(
            (talk.last.as_str(), talk.before.as_str(), talk.turns, talk.tokens),
            ("三", "简短二一", 2, 21)
        );
    }

    #[test]
    fn what_is_wrong_has_its_own_text() {
        let message = |role: &str, content: Value| json!({"messages": [{"role": role, "content": content}]});
        let cases = [
            (json!({}), known::PROMPT_OR_MESSAGES),
            (json!({"prompt": null, "messages": null}), known::PROMPT_OR_MESSAGES),
            (json!({"prompt": "a", "messages": []}), known::PROMPT_OR_MESSAGES),
            (json!({"prompt": ""}), known::EMPTY_CONTENT),
            (json!({"prompt": ["a"]}), known::NOT_TEXT),
            (json!({"messages": []}), known::TOO_SHORT),
            (json!({"messages": [{"role": "user"}]}), known::NO_CONTENT),
            (message("user", json!("")), known::EMPTY_CONTENT),
            (message("robot", json!("a")), known::EMPTY_CONTENT),
            (message("user", json!([{"text": "a"}])), known::NOT_TEXT),
        ];
        for (input, expected) in cases {
            assert_eq!(read(input.clone()).unwrap_err(), expected, "{input}");
        }
        let called = json!({"messages": [{"role": "user", "content": "a"},
            {"role": "assistant", "content": null, "tool_calls": [{}]}, {"role": "tool", "content": "b"}]});
        assert!(read(called).is_ok());
    }
}
