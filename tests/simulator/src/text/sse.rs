//! The native stream: LF line ends, no space after the colons, no `[DONE]` (dashscope-api.md §3.3).

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::{Answer, Piece};
use crate::catalogue::Fact;
use crate::stream::Script;

/// One event.
pub(crate) fn event(number: usize, name: &str, status: u16, data: &Value) -> Bytes {
    format!("id:{}\nevent:{name}\n:HTTP_STATUS/{status}\ndata:{data}\n\n", number + 1).into()
}

/// The event that tells an error; HTTP's own status is 200.
pub(crate) fn error(number: usize, status: u16, body: &Value) -> Bytes {
    event(number, "error", status, body)
}

/// An answer as a native stream.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    pub(crate) answer: Answer,
    /// `choices`, not `text`.
    pub(crate) message: bool,
    /// Only what is new, not all so far.
    pub(crate) incremental: bool,
    pub(crate) request_id: String,
}

impl Native {
    fn pieces(&self) -> usize {
        self.answer.reasoning.len() + self.answer.pieces.len()
    }

    /// The thought or the word of a frame. An endless answer begins again with its words.
    fn piece(&self, number: usize, endless: bool) -> Option<(bool, &Piece)> {
        if let Some(thought) = self.answer.reasoning.get(number) {
            return Some((true, thought));
        }
        let number = number - self.answer.reasoning.len();
        let all = self.answer.pieces.len();
        let number = if endless && all > 0 { number % all } else { number };
        self.answer.pieces.get(number).map(|piece| (false, piece))
    }

    /// What a frame says: thoughts and words, new or all so far.
    fn said(&self, number: usize, endless: bool) -> (String, String) {
        let from = if self.incremental { number } else { 0 };
        let (mut thoughts, mut words) = (String::new(), String::new());
        for (thought, piece) in (from..=number).filter_map(|number| self.piece(number, endless)) {
            if thought { &mut thoughts } else { &mut words }.push_str(&piece.text);
        }
        (thoughts, words)
    }
}

impl Script for Native {
    fn frame(&self, number: usize, endless: bool) -> Option<Bytes> {
        let last = !endless && number >= self.pieces();
        if number > self.pieces() && !endless {
            return None;
        }
        let (thoughts, words) = self.said(number, endless);
        let finish = if last { self.answer.finish } else { "null" };
        let output = if self.message {
            json!({ "choices": [{ "message": self.spoken(&thoughts, &words), "index": 0, "finish_reason": finish }] })
        } else {
            json!({ "finish_reason": finish, "text": words })
        };
        let turns = if endless { number / self.pieces().max(1) } else { 0 };
        let turns = u32::try_from(turns).unwrap_or(u32::MAX);
        let rest = if endless { number % self.pieces().max(1) } else { number };
        let tokens = self.answer.all_output_tokens().saturating_mul(turns);
        let usage = self.answer.usage(tokens.saturating_add(self.answer.output_tokens(rest + 1)));
        let data = json!({ "output": output, "usage": usage, "request_id": self.request_id });
        Some(event(number, "result", 200, &data))
    }

    fn error(&self, number: usize, fact: &Fact) -> Bytes {
        let body = json!({ "code": fact.code, "message": fact.message, "request_id": self.request_id });
        error(number, fact.status, &body)
    }

    fn used(&self, frames: usize) -> Value {
        match frames {
            0 => self.answer.usage(0),
            frames => self.answer.usage(self.answer.output_tokens(frames)),
        }
    }

    fn len(&self) -> usize {
        self.pieces() + 1
    }
}

impl Native {
    fn spoken(&self, thoughts: &str, words: &str) -> Value {
        if self.answer.reasoning.is_empty() {
            json!({ "role": "assistant", "content": words })
        } else {
            json!({ "role": "assistant", "content": words, "reasoning_content": thoughts })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(message: bool, incremental: bool) -> Native {
        let piece = |text: &str, tokens| Piece { text: text.into(), tokens };
        let pieces = vec![piece("一路", 2), piece("温暖", 2)];
        let answer = Answer { reasoning: Vec::new(), pieces, finish: "stop", input_tokens: 21 };
        Native { answer, message, incremental, request_id: "r".into() }
    }

    fn data(stream: &Native, number: usize) -> Value {
        let frame = stream.frame(number, false).unwrap();
        read(number, &frame)
    }

    fn read(number: usize, frame: &Bytes) -> Value {
        let text = std::str::from_utf8(frame).unwrap();
        let (head, data) = text.split_once("data:").unwrap();
        assert_eq!(head, format!("id:{}\nevent:result\n:HTTP_STATUS/200\n", number + 1));
        assert!(data.ends_with("}\n\n"));
        serde_json::from_str(data).unwrap()
    }

    #[test]
    fn the_framing_is_the_documents_byte_for_byte() {
        let body = json!({"code": "InvalidParameter"});
        let expected = "id:1\nevent:error\n:HTTP_STATUS/400\ndata:{\"code\":\"InvalidParameter\"}\n\n";
        assert_eq!(error(0, 400, &body), expected);
    }

    #[test]
    fn increments_are_appended_and_whole_texts_replace() {
        let told = |stream: &Native| -> Vec<(String, String)> {
            let choice = |number| data(stream, number)["output"]["choices"][0].clone();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (0..3).map(choice).map(|c| (text(&c["message"]["content"]), text(&c["finish_reason"]))).collect()
        };
        let owned = |all: [(&str, &str); 3]| all.map(|(text, finish)| (text.to_owned(), finish.to_owned()));
        assert_eq!(told(&stream(true, true)), owned([("一路", "null"), ("温暖", "null"), ("", "stop")]));
        assert_eq!(
            told(&stream(true, false)),
            owned([("一路", "null"), ("一路温暖", "null"), ("一路温暖", "stop")])
        );
        assert_eq!(stream(true, true).frame(3, false), None);
    }

    #[test]
    fn usage_grows_and_text_format_has_no_choices() {
        let plain = stream(false, true);
        assert_eq!(data(&plain, 0)["output"], json!({"finish_reason": "null", "text": "一路"}));
        let tokens: Vec<_> = (0..3).map(|n| data(&plain, n)["usage"]["total_tokens"].clone()).collect();
        assert_eq!(tokens, [23, 25, 25]);
    }

    #[test]
    fn an_endless_stream_goes_on_and_its_usage_too() {
        let frame = read(1_000, &stream(true, true).frame(1_000, true).unwrap());
        assert_eq!(frame["output"]["choices"][0]["message"]["content"], "一路");
        assert_eq!(frame["usage"]["output_tokens"], 2_002);
    }

    #[test]
    fn thoughts_come_first() {
        let mut thinking = stream(true, true);
        thinking.answer.reasoning = vec![Piece { text: "想".into(), tokens: 1 }];
        let message = |number| data(&thinking, number)["output"]["choices"][0]["message"].clone();
        assert_eq!(message(0), json!({"role": "assistant", "content": "", "reasoning_content": "想"}));
        assert_eq!(message(1), json!({"role": "assistant", "content": "一路", "reasoning_content": ""}));
    }
}
