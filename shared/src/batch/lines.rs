//! Plain lines: one prompt each, with shared settings.

use serde_json::{Map, Value};

use super::reading::File;
use super::sheet::{Entry, Sheet};
use crate::catalogue;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::words::Words;

/// Reads all lines. Blank ones are skipped; spaces around a line are no part of it.
pub(super) fn read(text: &str, settings: &Map<String, Value>, file: &mut File<'_>) {
    let mut sheet = Sheet::new(settings);
    let field = said(sheet.setting("model").and_then(catalogue::model).map(|model| model.kind));
    if let Some(given) = settings.get(field) {
        let message = Words::of(
            format!("{field} 来自每一行，请从公共设置里去掉。"),
            format!("Each line is a {field}; leave it out of the shared settings."),
        );
        let allowed = Words::new("不填", "nothing");
        sheet.settings_are_wrong(Problem::new(field, given, allowed, message), file);
    }
    let mut after = 0_usize;
    for line in text.split(['\n', '\r']) {
        let at = after.saturating_add(line.len().saturating_sub(line.trim_start().len()));
        after = after.saturating_add(line.len()).saturating_add(1);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let Some(n) = file.count(at) else { continue };
        let fields = Map::from_iter([(field.to_owned(), Value::from(line))]);
        let place = |name: &str| (name == field).then_some(at);
        sheet.entry(Entry { n, at, name: format!("lines[{n}]"), fields, place: &place }, None, file);
    }
}

/// The field that a line is.
const fn said(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Speech) => "text",
        Some(Kind::Transcription) => "url",
        _ => "prompt",
    }
}
