//! The names of uploaded recordings: jobs know them by their handles only.

use std::collections::VecDeque;

use crate::prefer;

/// The key of the names in the browser's storage.
const NAMES: &str = "studio.files";

/// So many are remembered.
const MOST: usize = 200;

/// The name of an uploaded file, where this browser knows it.
#[must_use]
pub fn name(id: &str) -> Option<String> {
    all().into_iter().find(|(known, _)| known == id).map(|(_, name)| name)
}

/// Remembers the name of an uploaded file.
pub fn remember(id: &str, name: &str) {
    let mut names = all();
    names.push_front((id.to_owned(), name.to_owned()));
    names.truncate(MOST);
    if let Ok(text) = serde_json::to_string(&names) {
        prefer::write(NAMES, &text);
    }
}

fn all() -> VecDeque<(String, String)> {
    prefer::read(NAMES).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
