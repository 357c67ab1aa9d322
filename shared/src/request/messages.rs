//! The turns of a conversation (`dashscope-api.md` §3.1).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;
use crate::words::Words;

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Tells the model who it is; the first message only.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

impl Role {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "system" => Some(Self::System),
            "user" => Some(Self::User),
            "assistant" => Some(Self::Assistant),
            _ => None,
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// What; never empty.
    pub content: String,
}

impl Message {
    /// What a person says.
    #[must_use]
    pub const fn user(content: String) -> Self {
        Self { role: Role::User, content }
    }
}

/// Checks the turns: each with a known role and some content, `system` first or nowhere, a person's last.
pub(super) fn check(
    path: &str,
    items: &[Value],
    max: usize,
    max_characters: usize,
) -> Result<Vec<Message>, Vec<Problem>> {
    let mut problems = Vec::new();
    if items.is_empty() || items.len() > max {
        problems.push(Problem::new(
            path,
            &Value::from(items),
            Words::of(format!("1 到 {max} 条"), format!("1 to {max} messages")),
            Words::of(
                format!("{path} 有 {} 条消息，应为 1 到 {max} 条。", items.len()),
                format!("{path} has {} messages; 1 to {max} are allowed.", items.len()),
            ),
        ));
        return Err(problems);
    }
    let mut messages = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match message(&format!("{path}[{at}]"), item, at == 0, max_characters) {
            Ok(message) => messages.push(message),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() && messages.last().is_some_and(|last| last.role != Role::User) {
        let at = format!("{path}[{}].role", items.len().saturating_sub(1));
        problems.push(Problem::new(
            at,
            items.last().and_then(|last| last.get("role")).unwrap_or(&Value::Null),
            Words::new("user", "user"),
            Words::new("最后一条消息必须是 user 的提问。", "The last message must be the user's."),
        ));
    }
    if problems.is_empty() { Ok(messages) } else { Err(problems) }
}

fn message(path: &str, item: &Value, first: bool, max: usize) -> Result<Message, Vec<Problem>> {
    let mut problems = Vec::new();
    let Value::Object(fields) = item else {
        let allowed = Words::new("含 role 和 content 的对象", "an object with role and content");
        let message = Words::of(format!("{path} 不是消息。"), format!("{path} is no message."));
        return Err(vec![Problem::new(path, item, allowed, message)]);
    };
    for name in fields.keys().filter(|name| !matches!(name.as_str(), "role" | "content")) {
        let path = format!("{path}.{name}");
        let message = Words::of(
            format!("消息没有 {path} 这个字段，请去掉。"),
            format!("A message has no field {path}; leave it out."),
        );
        let given = fields.get(name).unwrap_or(&Value::Null);
        problems.push(Problem::new(path, given, Words::new("role、content", "role, content"), message));
    }
    let role = fields.get("role").unwrap_or(&Value::Null);
    let known = role.as_str().and_then(Role::from_name).filter(|role| first || *role != Role::System);
    if known.is_none() {
        let names = if first { "system, user, assistant" } else { "user, assistant" };
        let path = format!("{path}.role");
        let message =
            Words::of(format!("{path} 应为 {names} 之一。"), format!("{path} must be one of {names}."));
        problems.push(Problem::new(path, role, Words::of(names.to_owned(), names.to_owned()), message));
    }
    let content = fields.get("content").unwrap_or(&Value::Null);
    let text = content.as_str().filter(|text| !text.trim().is_empty() && text.chars().count() <= max);
    if text.is_none() {
        let path = format!("{path}.content");
        let message = Words::of(
            format!("{path} 应为非空文字，最多 {max} 字。"),
            format!("{path} must be text, not empty, of at most {max} characters."),
        );
        let allowed = Words::of(format!("非空文字，最多 {max} 字"), format!("text, 1 to {max} characters"));
        problems.push(Problem::new(path, content, allowed, message));
    }
    match (known, text) {
        (Some(role), Some(text)) if problems.is_empty() => Ok(Message { role, content: text.to_owned() }),
        _ => Err(problems),
    }
}
