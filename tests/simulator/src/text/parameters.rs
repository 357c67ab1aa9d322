//! Check (9) of dashscope-api.md §11 for text, with the exact texts of §3.5.

use serde_json::{Map, Value};

use super::models::TextModel;
use crate::given::{flag, number, object, present, text};
use crate::refusal::{Refusal, known};

/// A call's parameters, complete.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameters {
    /// Answer `choices` and not `text`.
    pub(crate) message: bool,
    /// Longest output; the model's own limit when absent (§10 row 23).
    pub(crate) max_tokens: u32,
    pub(crate) seed: Option<u64>,
    /// Each frame holds only what is new (§3.3).
    pub(crate) incremental: bool,
    pub(crate) thinking: bool,
    /// The answer ends before the first of these.
    pub(crate) stop: Vec<String>,
    /// How many answers.
    pub(crate) n: u64,
    /// The answer is a JSON object.
    pub(crate) json: bool,
}

/// Reads `parameters` of the native protocol; `streaming` is whether the caller asked for events.
pub(crate) fn read(parameters: &Value, model: &TextModel, streaming: bool) -> Result<Parameters, Refusal> {
    let empty = Map::new();
    let given = object(parameters, &empty)?;
    let message = match text(given, "result_format")? {
        None => model.message,
        Some("message") => true,
        Some("text") => false,
        Some(_) => return Err(Refusal::parameter("result_format must be one of \"text\" and \"message\".")),
    };
    let incremental = flag(given, "incremental_output")?;
    let mut read = common(given, model, streaming)?;
    if read.thinking && incremental == Some(false) {
        return Err(Refusal::parameter(
            "The incremental_output parameter must be \"true\" when enable_thinking is true",
        ));
    }
    if read.thinking && !message {
        return Err(Refusal::parameter(
            "The result_format parameter must be \"message\" when enable_thinking is true",
        ));
    }
    read.message = message;
    read.incremental = incremental.unwrap_or(read.thinking || model.message);
    Ok(read)
}

/// What both protocols have, the OpenAI-compatible one at its top level.
pub(crate) fn common(
    given: &Map<String, Value>,
    model: &TextModel,
    streaming: bool,
) -> Result<Parameters, Refusal> {
    const SEED: &str = "Range of seed should be [0, 9223372036854775807]";
    number(given, "temperature", known::TEMPERATURE, |value| (0.0..2.0).contains(&value))?;
    number(given, "top_p", known::TOP_P, |value| value > 0.0 && value <= 1.0)?;
    number(given, "top_k", "Parameter top_k be greater than or equal to 0", |value| value >= 0.0)?;
    number(given, "presence_penalty", "Presence_penalty should be in [-2.0, 2.0]", |value| {
        (-2.0..=2.0).contains(&value)
    })?;
    number(given, "repetition_penalty", "Repetition_penalty should be greater than 0.0", |value| {
        value > 0.0
    })?;
    let most = u64::from(model.output);
    let tokens = |field| {
        let fits = |value: &Value| value.as_u64().filter(|tokens| (1..=most).contains(tokens));
        let refusal = || Refusal::parameter(format!("Range of max_tokens should be [1, {most}]"));
        present(given, field).map(|value| fits(value).ok_or_else(refusal)).transpose()
    };
    let asked = tokens("max_tokens")?.or(tokens("max_completion_tokens")?);
    let max_tokens = asked.and_then(|tokens| u32::try_from(tokens).ok()).unwrap_or(model.output);
    let seed = |value: &Value| {
        let seed = value.as_u64().filter(|seed| i64::try_from(*seed).is_ok());
        seed.ok_or_else(|| Refusal::parameter(SEED))
    };
    let n = |value: &Value| {
        let n = value.as_u64().filter(|n| (1..=4).contains(n));
        n.ok_or_else(|| Refusal::parameter("Range of n should be [1, 4]"))
    };
    let thinking = flag(given, "enable_thinking")?.unwrap_or(false);
    if thinking && !model.thinks {
        let message = format!("The model {} does not support enable_thinking.", model.name);
        let code = "InvalidParameter.NotSupportEnableThinking".into();
        return Err(Refusal { code, ..Refusal::parameter(message) });
    }
    if thinking && !streaming {
        return Err(Refusal::parameter(
            "parameter.enable_thinking must be set to false for non-streaming calls",
        ));
    }
    let format = present(given, "response_format").and_then(|format| format.get("type"));
    Ok(Parameters {
        message: true,
        max_tokens,
        seed: present(given, "seed").map(seed).transpose()?,
        incremental: true,
        thinking,
        stop: stop(present(given, "stop"))?,
        n: present(given, "n").map(n).transpose()?.unwrap_or(1),
        json: format.and_then(Value::as_str).is_some_and(|format| format.starts_with("json")),
    })
}

/// A string or a list of strings; lists of token ids are taken and change nothing here.
fn stop(given: Option<&Value>) -> Result<Vec<String>, Refusal> {
    match given {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text.clone()]),
        Some(Value::Array(items)) => {
            let texts: Vec<String> = items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            if texts.len() == items.len() || texts.is_empty() {
                Ok(texts)
            } else {
                Err(Refusal::parameter("stop must not mix strings and token ids."))
            }
        }
        Some(_) => Err(Refusal::parameter("stop must be a string or an array.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::models::find;
    use serde_json::json;

    fn turbo(parameters: &Value) -> Result<Parameters, Refusal> {
        read(parameters, find("qwen-turbo").unwrap(), true)
    }

    #[test]
    fn the_three_old_models_answer_plain_text_unless_asked() {
        let bare = turbo(&Value::Null).unwrap();
        assert_eq!((bare.message, bare.incremental, bare.max_tokens), (false, false, 16_384));
        assert!(turbo(&json!({"result_format": "message"})).unwrap().message);
        let newer = read(&Value::Null, find("qwen3-max").unwrap(), false).unwrap();
        assert!(newer.message && newer.incremental);
    }

    #[test]
    fn the_edges_are_those_of_the_document() {
        for good in [
            json!({"temperature": 0, "top_p": 1}),
            json!({"temperature": 1.999, "top_p": 0.01}),
            json!({"max_tokens": 1}),
            json!({"max_tokens": 16_384, "top_k": null}),
            json!({"seed": 0, "n": 4}),
        ] {
            assert!(turbo(&good).is_ok(), "{good}");
        }
        let cases = [
            (json!({"temperature": 2.0}), "Temperature should be in [0.0, 2.0)"),
            (json!({"temperature": 2}), "Temperature should be in [0.0, 2.0)"),
            (json!({"temperature": -0.1}), "Temperature should be in [0.0, 2.0)"),
            (json!({"temperature": "1"}), "Temperature should be in [0.0, 2.0)"),
            (json!({"top_p": 0}), "Range of top_p should be (0.0, 1.0]"),
            (json!({"top_p": 1.01}), "Range of top_p should be (0.0, 1.0]"),
            (json!({"max_tokens": 0}), "Range of max_tokens should be [1, 16384]"),
            (json!({"max_tokens": 16_385}), "Range of max_tokens should be [1, 16384]"),
            (json!({"top_k": -1}), "Parameter top_k be greater than or equal to 0"),
            (json!({"presence_penalty": 2.5}), "Presence_penalty should be in [-2.0, 2.0]"),
            (json!({"repetition_penalty": 0}), "Repetition_penalty should be greater than 0.0"),
            (json!({"n": 5}), "Range of n should be [1, 4]"),
            (json!({"seed": -1}), "Range of seed should be [0, 9223372036854775807]"),
            (
                json!({"enable_thinking": true, "incremental_output": false, "result_format": "message"}),
                "The incremental_output parameter must be \"true\" when enable_thinking is true",
            ),
            (
                json!({"enable_thinking": true}),
                "The result_format parameter must be \"message\" when enable_thinking is true",
            ),
        ];
        for (parameters, message) in cases {
            let refusal = turbo(&parameters).unwrap_err();
            assert_eq!((refusal.status, refusal.message.as_ref()), (400, message), "{parameters}");
        }
    }

    #[test]
    fn thinking_needs_a_stream_and_a_model_that_can() {
        let asked = json!({"enable_thinking": true, "result_format": "message"});
        let refusal = read(&asked, find("qwen-plus").unwrap(), false).unwrap_err();
        assert_eq!(refusal.message, "parameter.enable_thinking must be set to false for non-streaming calls");
        let refusal = read(&asked, find("qwen-max").unwrap(), true).unwrap_err();
        assert_eq!(refusal.code, "InvalidParameter.NotSupportEnableThinking");
    }
}
