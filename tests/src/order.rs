//! Requests that no other test makes.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// The text, and a number that no other text of this run has: by it a test finds its own creations, and its
/// faults strike nobody else.
#[must_use]
pub fn unique(text: &str) -> String {
    format!("{text} №{}.", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A request for one small picture.
#[must_use]
pub fn picture(prompt: &str) -> Value {
    json!({"kind": "image", "model": "wan2.2-t2i-flash", "prompt": prompt, "size": "512*512"})
}

/// A request for text.
#[must_use]
pub fn text(prompt: &str) -> Value {
    json!({"kind": "text", "model": "qwen-turbo", "prompt": prompt})
}

/// The request with other or further fields.
#[must_use]
pub fn with(mut request: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().expect("fields") {
        request[name] = value.clone();
    }
    request
}
