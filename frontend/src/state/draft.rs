//! What was typed and not sent, kept over reloads and logins.

use serde_json::{Map, Value};

use crate::prefer;

/// The key of the draft in the browser's storage.
const DRAFT: &str = "studio.draft";

/// What was typed last time, where something was.
#[must_use]
pub fn load() -> Option<Map<String, Value>> {
    serde_json::from_str(&prefer::read(DRAFT)?).ok()
}

/// Keeps what is typed.
pub fn save(fields: &Map<String, Value>) {
    if let Ok(text) = serde_json::to_string(fields) {
        prefer::write(DRAFT, &text);
    }
}
