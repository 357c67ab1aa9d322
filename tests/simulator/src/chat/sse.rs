//! The compatible stream: a space after `data:`, no ids, no event names, `[DONE]` (dashscope-api.md §3.4).

use bytes::Bytes;
use serde_json::{Value, json};

use super::nested;
use crate::catalogue::Fact;
use crate::stream::Script;
use crate::text::answer::{Answer, Piece};

/// One event.
fn event(data: impl std::fmt::Display) -> Bytes {
    format!("data: {data}\n\n").into()
}

/// An answer as a compatible stream.
#[derive(Clone, Debug)]
pub(crate) struct Compatible {
    pub(crate) answer: Answer,
    pub(crate) model: String,
    pub(crate) id: String,
    /// Unix seconds.
    pub(crate) created: u64,
    /// A chunk with the usage before the end.
    pub(crate) usage: bool,
}

impl Compatible {
    fn pieces(&self) -> usize {
        self.answer.reasoning.len() + self.answer.pieces.len()
    }

    fn chunk(&self, choices: &Value, usage: &Value) -> Bytes {
        event(json!({
            "choices": choices, "object": "chat.completion.chunk", "usage": usage, "created": self.created,
            "system_fingerprint": null, "model": self.model, "id": self.id,
        }))
    }

    fn delta(&self, delta: &Value, finish: Option<&str>) -> Bytes {
        self.chunk(
            &json!([{ "delta": delta, "index": 0, "logprobs": null, "finish_reason": finish }]),
            &Value::Null,
        )
    }

    fn piece(&self, number: usize) -> Option<(bool, &Piece)> {
        match self.answer.reasoning.get(number) {
            Some(thought) => Some((true, thought)),
            None => self.answer.pieces.get(number - self.answer.reasoning.len()).map(|piece| (false, piece)),
        }
    }
}

impl Script for Compatible {
    /// Who speaks; each piece; how it ends; what it costs, if asked; `[DONE]`.
    fn frame(&self, number: usize, endless: bool) -> Option<Bytes> {
        let Some(number) = number.checked_sub(1) else {
            return Some(self.delta(&json!({ "content": "", "role": "assistant" }), None));
        };
        let all = self.pieces();
        let number = if endless && all > 0 { number % all } else { number };
        match (self.piece(number), number.saturating_sub(all), self.usage) {
            (Some((true, thought)), ..) => {
                Some(self.delta(&json!({ "content": null, "reasoning_content": thought.text }), None))
            }
            (Some((false, piece)), ..) => Some(self.delta(&json!({ "content": piece.text }), None)),
            (None, 0, _) => Some(self.delta(&json!({ "content": "" }), Some(self.answer.finish))),
            (None, 1, true) => {
                Some(self.chunk(&json!([]), &usage(&self.answer, self.answer.all_output_tokens())))
            }
            (None, 1, false) | (None, 2, true) => Some(event("[DONE]")),
            _ => None,
        }
    }

    fn error(&self, _: usize, fact: &Fact) -> Bytes {
        event(json!({ "error": nested::error(fact.code, fact.message, fact.status) }))
    }

    fn len(&self) -> usize {
        self.pieces() + 3 + usize::from(self.usage)
    }
}

/// `usage` in this protocol's words.
pub(crate) fn usage(answer: &Answer, output_tokens: u32) -> Value {
    let native = answer.usage(output_tokens);
    let of = |name: &str| native.get(name).cloned().unwrap_or_default();
    let mut usage = json!({
        "prompt_tokens": of("input_tokens"), "completion_tokens": of("output_tokens"),
        "total_tokens": of("total_tokens"), "prompt_tokens_details": of("prompt_tokens_details"),
    });
    if let (Some(details), Some(usage)) = (native.get("output_tokens_details"), usage.as_object_mut()) {
        usage.insert("completion_tokens_details".into(), details.clone());
    }
    usage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(usage: bool) -> Compatible {
        let pieces = vec![Piece { text: "一路温暖".into(), tokens: 4 }];
        let answer = Answer { reasoning: Vec::new(), pieces, finish: "stop", input_tokens: 21 };
        Compatible { answer, model: "qwen-plus".into(), id: "chatcmpl-x".into(), created: 1, usage }
    }

    fn told(stream: &Compatible) -> Vec<String> {
        (0..)
            .map_while(|number| stream.frame(number, false))
            .map(|frame| String::from_utf8(frame.to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn it_has_a_space_and_ends_with_done() {
        let plain = told(&stream(false));
        assert_eq!((plain.len(), plain.last().unwrap().as_str()), (4, "data: [DONE]\n\n"));
        assert!(plain.iter().all(|frame| frame.starts_with("data: ") && frame.ends_with("\n\n")));
        let costs = told(&stream(true));
        assert_eq!(costs.len(), stream(true).len());
        let data: Value = serde_json::from_str(costs[3].strip_prefix("data: ").unwrap()).unwrap();
        assert_eq!((&data["choices"], &data["usage"]["total_tokens"]), (&json!([]), &json!(25)));
    }
}
