//! The conversation on the speech socket (`dashscope-api.md` §5.2): what is sent, and what each frame that comes
//! means. Pure: [`super::socket`] carries the frames.
//!
//! Sambert takes the whole text at once. Then come `task-started`, audio in binary frames mixed with
//! `result-generated` (words, characters used so far), and `task-finished` or `task-failed`.

use serde_json::{Map, Value, json};
use studio_shared::error::{Charged, code};
use studio_shared::fault;
use studio_shared::job::JobError;
use studio_shared::live::SpeechCall;
use studio_shared::transcript::Word;
use studio_shared::usage::Usage;

use super::fault::Fault;

/// How long nothing may come before the conversation counts as dead, in milliseconds: the vendor's own limit
/// (`dashscope-api.md` §5.2).
pub(super) const SILENCE_MS: u64 = 23_000;

/// The frame that asks for a synthesis. Format and sample rate are always sent: the documents contradict each other
/// about what is taken without them (§5.2).
pub(super) fn run_task(call: &SpeechCall, task_id: &str) -> Value {
    let mut parameters = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            parameters.insert(name.to_owned(), value);
        }
    };
    set("text_type", Some(json!("PlainText")));
    set("format", Some(json!(call.format.as_deref().unwrap_or("mp3"))));
    set("sample_rate", Some(json!(call.sample_rate.unwrap_or(16_000))));
    set("volume", call.volume.map(Value::from));
    set("rate", call.rate.map(Value::from));
    set("pitch", call.pitch.map(Value::from));
    set("word_timestamp_enabled", Some(json!(call.word_timestamp_enabled)));
    set("phoneme_timestamp_enabled", Some(json!(false)));
    json!({
        "header": { "action": "run-task", "task_id": task_id, "streaming": "out" },
        "payload": {
            "task_group": "audio", "task": "tts", "function": "SpeechSynthesizer",
            "model": call.model,
            "parameters": parameters,
            "input": { "text": call.text },
        },
    })
}

/// What comes over the socket, or does not.
#[derive(Debug)]
pub(super) enum Heard<'a> {
    /// A text frame.
    Text(&'a str),
    /// A binary frame of so many bytes.
    Audio(usize),
    /// The socket was closed or broke.
    Closed,
    /// Nothing, for [`SILENCE_MS`].
    Silence,
}

/// What is to be done about it.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// Nothing.
    Wait,
    /// The vendor has begun.
    Started,
    /// The frame is audio: pass it on.
    PassOn,
    /// These words have become known.
    Words(Vec<Word>),
    /// It is over.
    End(Spoke),
}

/// How a synthesis ended.
#[derive(Debug, PartialEq)]
pub(crate) enum Spoke {
    /// All of the audio is there.
    Whole {
        /// What was used, where the vendor said so.
        usage: Option<Usage>,
        /// The vendor's id of the synthesis.
        request_id: Option<String>,
    },
    /// Refused before anything came: nothing was made, and sending again would not help.
    Refused(Fault),
    /// Not now; nothing was made.
    Later {
        /// What the vendor said.
        fault: Fault,
        /// The pause it asked for.
        retry_after_ms: Option<u64>,
    },
    /// It was asked for, and nothing is known after that: it may be made and billed.
    Lost(String),
    /// It broke off after the vendor had begun.
    Broken {
        /// Why, and whether it was billed.
        error: JobError,
        /// What was used until then, where the vendor said so.
        usage: Option<Usage>,
    },
}

/// One synthesis on the socket.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    started: bool,
    audio: bool,
    usage: Option<Usage>,
}

impl Conversation {
    /// What something that came, or did not, leads to.
    pub(super) fn hear(&mut self, heard: &Heard<'_>) -> Step {
        match heard {
            Heard::Text(text) => self.read(text),
            Heard::Audio(0) => Step::Wait,
            Heard::Audio(_) => {
                (self.started, self.audio) = (true, true);
                Step::PassOn
            }
            Heard::Closed if self.started => {
                self.lost(code::UPSTREAM_UNREACHABLE, "the vendor closed the socket in the middle")
            }
            Heard::Closed => Step::End(Spoke::Lost("the socket closed before the vendor began".to_owned())),
            Heard::Silence if self.started => {
                self.lost("CLIENT_ERROR", &format!("nothing came for {} s", SILENCE_MS / 1000))
            }
            Heard::Silence => Step::End(Spoke::Lost(format!("no answer within {} s", SILENCE_MS / 1000))),
        }
    }

    /// A text frame. One that is not understood says nothing: events may be added to the protocol.
    fn read(&mut self, text: &str) -> Step {
        let frame: Value = serde_json::from_str(text).unwrap_or_default();
        let header = |name: &str| frame.pointer(&format!("/header/{name}")).and_then(Value::as_str);
        if let Some(characters) = frame.pointer("/payload/usage/characters").and_then(Value::as_u64) {
            self.usage = Some(used(characters));
        }
        match header("event") {
            Some("task-started") if !self.started => {
                self.started = true;
                Step::Started
            }
            Some("result-generated") => {
                let words = frame.pointer("/payload/output/sentence/words").and_then(Value::as_array);
                let words: Vec<Word> = words.into_iter().flatten().filter_map(word).collect();
                if words.is_empty() { Step::Wait } else { Step::Words(words) }
            }
            Some("task-finished") if self.audio => Step::End(Spoke::Whole {
                usage: self.usage,
                request_id: header("attributes/request_uuid").map(str::to_owned),
            }),
            Some("task-finished") => self.broken(code::TASK_FAILED, "the vendor finished without any sound"),
            Some("task-failed") => {
                let code = header("error_code").unwrap_or(code::TASK_FAILED);
                self.failed(code, header("error_message").unwrap_or_default())
            }
            _ => Step::Wait,
        }
    }

    /// `task-failed`. Before any audio it is like the refusal of a creation.
    fn failed(&self, code: &str, message: &str) -> Step {
        if self.audio {
            return self.broken(code, message);
        }
        let fault = Fault {
            status: status(code, message),
            code: code.to_owned(),
            message: message.to_owned(),
            request_id: None,
        };
        if self.usage.is_some() {
            return self.broken(code, message);
        }
        Step::End(if fault.is_throttling() || fault.status == 503 {
            Spoke::Later { fault, retry_after_ms: None }
        } else {
            Spoke::Refused(fault)
        })
    }

    /// The vendor ends it before its time. What it said was used is booked; where it said nothing, nobody knows.
    fn broken(&self, code: &str, message: &str) -> Step {
        self.ended(code, message, if self.usage.is_some() { Charged::Yes } else { Charged::Unknown })
    }

    /// It broke off without a word of the vendor's: more than what it had counted may have been spoken, and be billed.
    fn lost(&self, code: &str, message: &str) -> Step {
        self.ended(code, message, Charged::Unknown)
    }

    fn ended(&self, code: &str, message: &str, charged: Charged) -> Step {
        let error = JobError {
            code: code.to_owned(),
            message: message.to_owned(),
            advice: fault::advice(code, 0, message),
            charged,
        };
        Step::End(Spoke::Broken { error, usage: self.usage })
    }
}

/// The HTTP status that a code comes with elsewhere, as far as it decides whether to send again: the socket has
/// codes only.
fn status(code: &str, message: &str) -> u16 {
    let comes_with = |status: u16| fault::find(code, status, message).is_some_and(|row| row.status == status);
    [429, 503].into_iter().find(|status| comes_with(*status)).unwrap_or(0)
}

fn used(characters: u64) -> Usage {
    Usage { characters: u32::try_from(characters).ok(), ..Usage::default() }
}

/// A word with its times in milliseconds; one without is left out.
fn word(value: &Value) -> Option<Word> {
    Some(Word {
        text: value.get("text")?.as_str()?.to_owned(),
        begin_ms: value.get("begin_time")?.as_u64()?,
        end_ms: value.get("end_time")?.as_u64()?,
    })
}

#[cfg(test)]
mod tests;
