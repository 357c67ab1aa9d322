//! The rows of `dashscope-api.md` §10 that say how a request is sent, each a test named after its row.

mod image;
mod regions;
mod sound;
mod text;
mod video;

use serde_json::Value;

use super::*;

/// The call and the notes of a request in Beijing.
fn sent(value: Value) -> (Call, Vec<Note>) {
    sent_with(value, Settings::default())
}

fn sent_with(value: Value, settings: Settings) -> (Call, Vec<Note>) {
    let request = Request::from_value(value).unwrap();
    call(&request, settings).unwrap()
}

/// What the notes say: field, given, sent.
fn told(notes: &[Note]) -> Vec<(&str, &str, &str)> {
    notes.iter().map(|note| (note.field.as_str(), note.given.as_str(), note.sent.as_str())).collect()
}
