//! The socket's text frames (dashscope-api.md §5.2).

use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What a client's frame says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) action: String,
    pub(crate) task_id: String,
    pub(crate) streaming: String,
    pub(crate) payload: Map<String, Value>,
}

/// Why a task fails: code and text.
pub(crate) type Failure = (String, String);

/// A failure of the protocol itself. Its code is `inf`.
pub(crate) fn protocol(message: &str) -> Failure {
    ("InvalidParameter".to_owned(), message.to_owned())
}

/// What is missing, in the service's words.
pub(crate) fn missing(what: &str) -> Failure {
    protocol(&format!("Missing required parameter '{what}'! Please follow the protocol!"))
}

impl Order {
    /// Reads a frame; else says why not, and of which task, as far as that is told.
    pub(crate) fn read(text: &str) -> Result<Self, (String, Failure)> {
        let invalid = || (String::new(), protocol("Invalid payload data"));
        let Ok(Value::Object(mut frame)) = serde_json::from_str(text) else { return Err(invalid()) };
        let Some(Value::Object(header)) = frame.remove("header") else {
            return Err((String::new(), missing("header")));
        };
        let field = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (action, task_id, streaming) = (field("action"), field("task_id"), field("streaming"));
        if task_id.is_empty() {
            return Err((task_id, missing("header.task_id")));
        }
        let bare: String = task_id.chars().filter(|c| *c != '-').collect();
        if bare.len() != 32 || !bare.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err((
                task_id,
                protocol("Invalid task_id, a UUID or 32 hexadecimal digits are expected."),
            ));
        }
        let Some(Value::Object(payload)) = frame.remove("payload") else {
            return Err((task_id, missing("payload")));
        };
        Ok(Self { action, task_id, streaming, payload })
    }
}

pub(crate) fn started(task_id: &str) -> Value {
    json!({ "header": { "task_id": task_id, "event": "task-started", "attributes": {} }, "payload": {} })
}

pub(crate) fn generated(task_id: &str, sentence: &Value, characters: usize) -> Value {
    json!({
        "header": { "task_id": task_id, "event": "result-generated", "attributes": {} },
        "payload": { "output": { "sentence": sentence }, "usage": { "characters": characters } },
    })
}

pub(crate) fn finished(task_id: &str, characters: usize) -> Value {
    let attributes = json!({ "request_uuid": Uuid::new_v4().to_string() });
    json!({
        "header": { "task_id": task_id, "event": "task-finished", "attributes": attributes },
        "payload": { "output": null, "usage": { "characters": characters } },
    })
}

pub(crate) fn failed(task_id: &str, (code, message): &Failure) -> Value {
    json!({
        "header": { "task_id": task_id, "event": "task-failed", "error_code": code, "error_message": message, "attributes": {} },
        "payload": {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_or_says_what_is_missing() {
        let id = "7f2c5e30be9641709b2c914d8f315c30";
        let good = json!({"header": {"action": "run-task", "task_id": id, "streaming": "out"}, "payload": {"model": "m"}});
        assert_eq!(Order::read(&good.to_string()).unwrap().action, "run-task");
        let message = |text: &str| Order::read(text).unwrap_err().1.1;
        assert_eq!(message("{"), "Invalid payload data");
        assert_eq!(message("{}"), "Missing required parameter 'header'! Please follow the protocol!");
        assert!(
            message(&json!({"header": {"task_id": "x y"}, "payload": {}}).to_string())
                .starts_with("Invalid task_id")
        );
        assert!(message(&json!({"header": {"task_id": id}}).to_string()).contains("'payload'"));
    }
}
