//! What was typed and not sent, kept over reloads and until its member logs out.

use serde_json::{Map, Value};
use studio_shared::kind::Kind;

use crate::prefer;

/// The key of a new batch's draft in the browser's storage.
const BATCH: &str = "studio.draft.batch";

/// The key of a kind's draft.
fn key(kind: Kind) -> String {
    match kind {
        Kind::Image => "studio.draft".to_owned(),
        other => format!("studio.draft.{other}"),
    }
}

/// What was typed for a kind last time, where something was.
#[must_use]
pub fn load(kind: Kind) -> Option<Map<String, Value>> {
    read(&key(kind))
}

/// Keeps what is typed.
pub fn save(kind: Kind, fields: &Map<String, Value>) {
    write(&key(kind), fields);
}

/// What was written of a batch last time, where it was not started.
#[must_use]
pub fn load_batch() -> Option<Map<String, Value>> {
    read(BATCH)
}

/// Keeps what is written of a batch.
pub fn save_batch(fields: &Map<String, Value>) {
    write(BATCH, fields);
}

fn read(key: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(&prefer::read(key)?).ok()
}

fn write(key: &str, fields: &Map<String, Value>) {
    if let Ok(text) = serde_json::to_string(fields) {
        prefer::write(key, &text);
    }
}
