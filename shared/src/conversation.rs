//! Conversations: text jobs that follow one another.
//!
//! A turn is a text job: what the person said and the answer. Each names the turn before it, so that a conversation is
//! a tree: editing an earlier message makes a second turn after the same one, a branch.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::job::Job;
use crate::json;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::request::Request;
use crate::time::Timestamp;
use crate::words::Words;

/// Longest title, in characters.
pub const TITLE_CAP: usize = 100;

/// A conversation, as lists give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Conversation {
    /// Opaque and unguessable.
    pub id: String,
    /// What it is called; at first the beginning of what was said first.
    pub title: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was last said.
    pub updated_at: Timestamp,
    /// How many turns it has, over all branches.
    #[serde(rename = "turn_count")] // `turns` are the turns themselves, in a [`Thread`]
    pub turns: u32,
}

/// A page of conversations, the one that was last spoken in first: the reply of `GET /api/conversations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ConversationList {
    /// The conversations.
    pub items: Vec<Conversation>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A conversation with all its turns, oldest first: the reply of `GET /api/conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Thread {
    /// The conversation.
    #[serde(flatten)]
    pub conversation: Conversation,
    /// Its turns, with their whole answers.
    pub turns: Vec<Job>,
}

/// The body of `PATCH /api/conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The new title, 1 to [`TITLE_CAP`] characters.
    pub title: String,
}

/// The body of `POST /api/text`: a text request, and where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The request.
    pub request: Request,
    /// The conversation that it goes on with; a new one where absent.
    pub conversation: Option<String>,
    /// The turn that it follows; absent for the first turn of a conversation or a branch from its beginning.
    pub after: Option<String>,
}

impl Turn {
    /// Reads a turn from the bytes of a body: the request flat or in the reference page's form, beside it
    /// `conversation` and `after`.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut value = json::read(bytes).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let mut take = |name: &str| match value.as_object_mut().and_then(|fields| fields.remove(name)) {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) if is_id(&id) => Some(id),
            Some(other) => {
                problems.push(Problem::new(
                    name,
                    &other,
                    Words::new("已有的编号", "an id that was given out"),
                    Words::of(format!("{name} 不是编号。"), format!("{name} is no id.")),
                ));
                None
            }
        };
        let (conversation, after) = (take("conversation"), take("after"));
        if let Some(after) = after.as_ref().filter(|_| conversation.is_none()) {
            problems.push(Problem::new(
                "after",
                &Value::from(after.as_str()),
                Words::new("与 conversation 一起给出", "together with conversation"),
                Words::new(
                    "after 要与 conversation 一起给出。",
                    "after says where in a conversation; give conversation too.",
                ),
            ));
        }
        if let Some(fields) = value.as_object_mut() {
            fields.entry("kind").or_insert_with(|| json!(Kind::Text.as_str()));
        }
        match Request::from_value(value) {
            Ok(request @ Request::Text(_)) if problems.is_empty() => {
                Ok(Self { request, conversation, after })
            }
            Ok(request) => {
                if request.kind() != Kind::Text {
                    problems.push(Problem::new(
                        "kind",
                        &Value::from(request.kind().as_str()),
                        Words::new("text", "text"),
                        Words::new("这里只接受文本任务。", "Only text is made here."),
                    ));
                }
                Err(problems)
            }
            Err(mut more) => {
                problems.append(&mut more);
                Err(problems)
            }
        }
    }
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_on_the_wire_reads_back() {
        let conversation = Conversation {
            id: "0198".to_owned(),
            title: "写一篇科技文章".to_owned(),
            created_at: Timestamp::from_ms(1_768_874_400_101),
            updated_at: Timestamp::from_ms(1_768_874_401_000),
            turns: 2,
        };
        let thread = Thread { conversation, turns: Vec::new() };
        let wire = serde_json::to_string(&thread).unwrap();
        assert_eq!(wire.matches("\"turns\"").count(), 1, "{wire}");
        assert_eq!(serde_json::from_str::<Thread>(&wire).unwrap(), thread);
    }
}
