//! The vendor's native event stream, read as it comes (`dashscope-api.md` §3.3): pure.
//!
//! Bytes may break anywhere, also inside a character. An event is complete with its `data:` line, since some streams
//! lack the empty lines; an error's status stands in a comment. Lines that are not known are passed over.

#[cfg(test)]
mod tests;

use serde_json::Value;
use studio_shared::job::Finish;
use studio_shared::usage::Usage;

/// Longest line, in bytes. A piece of text is far shorter, whatever it is escaped to.
const LINE_CAP: usize = 1024 * 1024;

/// One event of the stream.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event {
    /// A piece of the answer.
    Piece(Piece),
    /// The vendor says that something went wrong, with the HTTP status that it would have had; 0 where none was told.
    Error {
        /// The status.
        status: u16,
        /// The error's body.
        body: Value,
    },
    /// What is no event of the vendor: not JSON, or a line without end.
    Unreadable,
}

/// A piece of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What is new; often empty in the last piece.
    pub(crate) text: String,
    /// Why it ends; only in the last piece.
    pub(crate) finish: Option<Finish>,
    /// What has been used so far; the last one is the bill.
    pub(crate) usage: Option<Usage>,
    /// The vendor's id of the call.
    pub(crate) request_id: Option<String>,
}

impl Piece {
    /// Reads the body of an event, or a whole answer, in either result format. `None` where it is neither. Thoughts
    /// (`reasoning_content`) are passed over.
    pub(super) fn read(body: &Value) -> Option<Self> {
        let output = body.get("output")?;
        let choice = output.get("choices").and_then(|choices| choices.get(0));
        let (text, finish) = match choice {
            Some(choice) => (
                choice.get("message").and_then(|message| message.get("content")),
                choice.get("finish_reason"),
            ),
            None => (output.get("text"), output.get("finish_reason")),
        };
        if text.is_none() && finish.is_none() {
            return None;
        }
        Some(Self {
            text: text.and_then(Value::as_str).unwrap_or_default().to_owned(),
            finish: finish.and_then(Value::as_str).and_then(why),
            usage: body.get("usage").and_then(usage),
            request_id: body.get("request_id").and_then(Value::as_str).map(str::to_owned),
        })
    }
}

/// Until the end the vendor sends the word `null`.
fn why(finish_reason: &str) -> Option<Finish> {
    match finish_reason {
        "null" | "" => None,
        "length" => Some(Finish::Length),
        _ => Some(Finish::Stop),
    }
}

fn usage(usage: &Value) -> Option<Usage> {
    let count =
        |name: &str| usage.get(name).and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok());
    let (input_tokens, output_tokens) = (count("input_tokens"), count("output_tokens"));
    (input_tokens.is_some() || output_tokens.is_some()).then(|| Usage {
        input_tokens,
        output_tokens,
        ..Usage::default()
    })
}

/// A stream as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// The line that has begun.
    line: Vec<u8>,
    /// Whether that line is too long, and the rest of it is dropped.
    overlong: bool,
    /// Whether the event that is being read is an error.
    is_error: bool,
    /// The status that it tells.
    status: Option<u16>,
}

impl Events {
    /// Takes the next bytes; answers the events that they complete.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = lines.next() {
            self.extend(part);
            if lines.peek().is_some() {
                events.extend(self.end_line());
            }
        }
        events
    }

    /// The stream has ended: a last line without its end still counts, where it is whole.
    pub(super) fn end(&mut self) -> Option<Event> {
        self.end_line().filter(|event| *event != Event::Unreadable)
    }

    fn extend(&mut self, part: &[u8]) {
        if self.line.len().saturating_add(part.len()) > LINE_CAP {
            self.overlong = true;
            self.line.clear();
        }
        if !self.overlong {
            self.line.extend_from_slice(part);
        }
    }

    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.overlong) {
            return Some(Event::Unreadable);
        }
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        if let Some(data) = value(line, b"data:") {
            return self.event(data);
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if let Some(name) = value(line, b"event:") {
            self.is_error = text(name) == "error";
        } else if let Some(status) = value(line, b":HTTP_STATUS/").or_else(|| value(line, b"status:")) {
            self.status = text(status).parse().ok();
        }
        None
    }

    fn event(&mut self, data: &[u8]) -> Option<Event> {
        let status = self.status.take().unwrap_or(0);
        let is_error = std::mem::take(&mut self.is_error) || status >= 400;
        if data == b"[DONE]" || data.is_empty() {
            return None;
        }
        let Ok(body) = serde_json::from_slice::<Value>(data) else { return Some(Event::Unreadable) };
        if is_error || body.get("output").is_none() {
            return Some(Event::Error { status, body });
        }
        Some(Piece::read(&body).map_or(Event::Unreadable, Event::Piece))
    }
}

/// What stands behind a field's name, less the one space that the standard allows.
fn value<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let value = line.strip_prefix(name)?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}
