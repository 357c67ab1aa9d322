//! What a client's frames on the speech socket lead to (dashscope-api.md §5.2, §5.5).

use serde_json::{Map, Value};

use super::message::{Failure, Order, missing, protocol};
use super::parameters::{self, Format};
use super::performance::Performance;
use super::voices;
use crate::refusal::Refusal;
use crate::trigger::{self, Triggers};

/// "Text ≤ 10,000 characters per request."
const LONGEST: usize = 10_000;

/// A task on the socket.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) model: String,
    pub(crate) performance: Performance,
    /// More text will come (CosyVoice); else it is all there (Sambert).
    pub(crate) duplex: bool,
    pub(crate) triggers: Triggers,
}

/// Reads `run-task`.
pub(crate) fn begin(order: &Order) -> Result<Task, Failure> {
    if order.action != "run-task" {
        return Err(protocol(&format!("Invalid action '{}', run-task is expected.", order.action)));
    }
    let text = |name: &str| order.payload.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let model = text("model").ok_or_else(|| missing("payload.model"))?;
    for name in ["task_group", "task", "function"] {
        text(name).ok_or_else(|| missing(&format!("payload.{name}")))?;
    }
    let sambert = voices::sambert(model);
    let duplex = sambert.is_none() && voices::is_cosy(model);
    if sambert.is_none() && !duplex {
        return Err(("ModelNotFound".to_owned(), "Model not exist.".to_owned()));
    }
    let expected = if duplex { "duplex" } else { "out" };
    if order.streaming != expected {
        return Err(protocol(&format!("Invalid streaming '{}', {expected} is expected.", order.streaming)));
    }
    let empty = Map::new();
    let given = order.payload.get("parameters").and_then(Value::as_object).unwrap_or(&empty);
    let Some(Value::Object(input)) = order.payload.get("input") else {
        return Err(protocol(if duplex { "task can not be null" } else { "Invalid payload data" }));
    };
    let name = given.get("voice").and_then(Value::as_str).unwrap_or_default();
    let voice = sambert.unwrap_or_else(|| voices::named(name, 22_050));
    let usual = if duplex { Format::Mp3 } else { Format::Wav };
    let manner = parameters::read(given, voice, usual).map_err(worded)?;
    let mut performance = Performance::new(manner, None).ok_or_else(|| protocol(parameters::ENGINE))?;
    let said = input.get("text").and_then(Value::as_str).unwrap_or_default();
    // "Required", and yet the vendor's own client leaves it out.
    if given.get("text_type").is_some_and(|text_type| text_type != "PlainText" && text_type != "SSML") {
        return Err(protocol(parameters::ENGINE));
    }
    if !duplex && said.is_empty() {
        return Err(protocol("Invalid payload data"));
    }
    if said.chars().count() > LONGEST {
        return Err(protocol(&format!("Range of input length should be [1, {LONGEST}]")));
    }
    let triggers = trigger::parse(said).map_err(worded)?;
    performance.say(&trigger::strip(said));
    Ok(Task { id: order.task_id.clone(), model: model.to_owned(), performance, duplex, triggers })
}

/// A refusal of HTTP in the socket's form.
pub(crate) fn worded(refusal: Refusal) -> Failure {
    (refusal.code.into_owned(), refusal.message.into_owned())
}

impl Task {
    /// More text, or the end of it; true at the end.
    pub(crate) fn go_on(&mut self, order: &Order) -> Result<bool, Failure> {
        if order.task_id != self.id {
            return Err(protocol("Invalid task_id, another task is running."));
        }
        let Some(Value::Object(input)) = order.payload.get("input") else {
            return Err(protocol("task can not be null"));
        };
        match order.action.as_str() {
            "continue-task" => {
                let text = input.get("text").and_then(Value::as_str).unwrap_or_default();
                let more = trigger::parse(text).map_err(worded)?;
                self.triggers.trouble = std::mem::take(&mut self.triggers.trouble).and(more.trouble);
                self.triggers.fail = self.triggers.fail.take().or(more.fail);
                self.performance.say(&trigger::strip(text));
                Ok(false)
            }
            "finish-task" => Ok(true),
            action => Err(protocol(&format!("Invalid action '{action}'."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn begin_with(change: impl FnOnce(&mut Value)) -> Result<Task, Failure> {
        let mut frame = json!({
            "header": {"action": "run-task", "task_id": "7f2c5e30be9641709b2c914d8f315c30", "streaming": "out"},
            "payload": {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer", "model": "sambert-zhichu-v1",
                "parameters": {"text_type": "PlainText", "format": "mp3", "sample_rate": 16000},
                "input": {"text": "今天天气怎么样？"}}});
        change(&mut frame);
        begin(&Order::read(&frame.to_string()).unwrap())
    }

    #[test]
    fn the_documents_frame_begins_a_task_and_each_fault_has_its_text() {
        type Case = (fn(&mut Value), &'static str);
        assert!(begin_with(|_| {}).is_ok());
        let failure = |change: fn(&mut Value)| begin_with(change).unwrap_err();
        let model = failure(|frame| frame["payload"]["model"] = json!("sambert-en-v1"));
        assert_eq!(model, ("ModelNotFound".to_owned(), "Model not exist.".to_owned()));
        let cases: [Case; 6] = [
            (
                |frame| drop(frame["payload"].as_object_mut().unwrap().remove("model")),
                "Missing required parameter 'payload.model'! Please follow the protocol!",
            ),
            (|frame| drop(frame["payload"].as_object_mut().unwrap().remove("input")), "Invalid payload data"),
            (|frame| frame["payload"]["input"]["text"] = json!(""), "Invalid payload data"),
            (
                |frame| frame["payload"]["input"]["text"] = json!("字".repeat(10_001)),
                "Range of input length should be [1, 10000]",
            ),
            (
                |frame| frame["payload"]["parameters"]["format"] = json!("flac"),
                "[tts:]Engine return error code: 418",
            ),
            (
                |frame| frame["header"]["streaming"] = json!("duplex"),
                "Invalid streaming 'duplex', out is expected.",
            ),
        ];
        for (change, message) in cases {
            assert_eq!(begin_with(change).unwrap_err().1, message);
        }
        assert!(begin_with(|frame| frame["payload"]["input"]["text"] = json!("字".repeat(10_000))).is_ok());
    }
}
