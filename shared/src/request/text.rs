//! A request for text (`bailian-reference.md` §2).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check::Checked;
use super::messages::{Message, Role};
use crate::catalogue::Model;
use crate::problem::Problem;
use crate::words::Words;

/// A checked request for text, defaults filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TextRequest {
    /// The model's name as the person wrote it.
    pub model: String,
    /// Tells the model who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// What was said so far, the person's message last; never empty, no `system` among them. A `prompt` is one message.
    pub messages: Vec<Message>,
    /// Longest answer, in tokens.
    pub max_tokens: u32,
    /// 0 to 2; higher is more varied.
    pub temperature: f64,
    /// 0 to 1; only the most probable words up to this share.
    pub top_p: f64,
}

impl TextRequest {
    /// A system message may stand in its own field or first among the messages, not in both.
    pub(super) fn from_checked(model: &Model, checked: &Checked, problems: &mut Vec<Problem>) -> Self {
        let mut messages = checked.messages("messages").unwrap_or_default();
        if let Some(prompt) = checked.text("prompt") {
            messages = vec![Message::user(prompt)];
        }
        let mut system = checked.text("system").filter(|text| !text.trim().is_empty());
        if messages.first().is_some_and(|first| first.role == Role::System) {
            let first = messages.remove(0).content;
            if let Some(given) = &system {
                problems.push(Problem::new(
                    "system",
                    &Value::from(given.as_str()),
                    Words::new("只写一处", "in one place only"),
                    Words::new(
                        "system 与 messages 里的系统消息重复，请只保留一处。",
                        "system repeats the system message in messages; keep one of them.",
                    ),
                ));
            }
            system = Some(first);
        }
        Self {
            model: model.id.to_owned(),
            system,
            messages,
            max_tokens: checked.count("max_tokens").unwrap_or(1500),
            temperature: checked.number("temperature").unwrap_or(1.0),
            top_p: checked.number("top_p").unwrap_or(0.8),
        }
    }

    /// What the person said last.
    #[must_use]
    pub fn prompt(&self) -> &str {
        self.messages.last().map(|message| message.content.as_str()).unwrap_or_default()
    }

    /// Characters that go in.
    pub(super) fn characters(&self) -> usize {
        let said = self.messages.iter().map(|message| message.content.as_str());
        said.chain(self.system.as_deref()).map(|text| text.chars().count()).sum()
    }
}
