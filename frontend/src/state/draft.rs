//! What was typed and not sent, kept over reloads and logins.

use serde_json::{Map, Value};
use studio_shared::kind::Kind;

use crate::prefer;

/// The key of a kind's draft in the browser's storage.
fn key(kind: Kind) -> String {
    match kind {
        Kind::Image => "studio.draft".to_owned(),
        other => format!("studio.draft.{other}"),
    }
}

/// What was typed for a kind last time, where something was.
#[must_use]
pub fn load(kind: Kind) -> Option<Map<String, Value>> {
    serde_json::from_str(&prefer::read(&key(kind))?).ok()
}

/// Keeps what is typed.
pub fn save(kind: Kind, fields: &Map<String, Value>) {
    if let Ok(text) = serde_json::to_string(fields) {
        prefer::write(&key(kind), &text);
    }
}
