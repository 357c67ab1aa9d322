//! What is written of a new batch, as the browser keeps it over a reload. Pure.

use serde_json::{Value, json};
use studio_shared::batch::Format;
use studio_shared::kind::Kind;

use crate::pages::create::recipe::Fields;

/// Where entries come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum From {
    /// A file.
    #[default]
    File,
    /// A text that was pasted.
    Paste,
    /// Lines, and the form.
    Form,
}

impl From {
    /// Its name in the page and in the draft.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Paste => "paste",
            Self::Form => "form",
        }
    }

    /// The one of that name; a file where there is none.
    pub(super) fn of_name(name: &str) -> Self {
        [Self::Paste, Self::Form].into_iter().find(|from| from.name() == name).unwrap_or_default()
    }
}

/// What is written of a new batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// Where entries come from.
    pub(super) from: From,
    /// What was typed or pasted; nothing where it is still the file as it was picked, which can be picked again.
    pub(super) text: String,
    /// How it is written.
    pub(super) format: Format,
    /// The name of the file that the text began as.
    pub(super) file_name: Option<String>,
    /// Whether rows of a table take what they leave out from the form.
    pub(super) fills: bool,
    /// The lines of the form.
    pub(super) lines: String,
    /// What is made.
    pub(super) kind: Kind,
    /// What the batch is called.
    pub(super) name: String,
    /// What entries of that kind have in common, where the form says it.
    pub(super) settings: Option<Fields>,
}

impl Written {
    /// What was kept. What is not there, or cannot be read, is as in a new batch.
    pub(super) fn read(kept: &Fields) -> Self {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default();
        let entries = text("text").to_owned();
        Self {
            from: From::of_name(text("from")),
            format: Format::of_media_type(text("format")).unwrap_or(Format::Json),
            file_name: Some(text("file_name").to_owned())
                .filter(|name| !name.is_empty() && !entries.is_empty()),
            text: entries,
            fills: kept.get("fills").and_then(Value::as_bool).unwrap_or_default(),
            lines: text("lines").to_owned(),
            kind: text("kind").parse().unwrap_or(Kind::Image),
            name: text("name").to_owned(),
            settings: kept.get("settings").and_then(Value::as_object).cloned(),
        }
    }

    /// As it is kept.
    pub(super) fn kept(&self) -> Fields {
        let kept = json!({
            "from": self.from.name(),
            "text": self.text,
            "format": self.format.media_type(),
            "file_name": self.file_name,
            "fills": self.fills,
            "lines": self.lines,
            "kind": self.kind.as_str(),
            "name": self.name,
            "settings": self.settings,
        });
        match kept {
            Value::Object(fields) => fields,
            _ => Fields::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_kept_and_read_again() {
        let written = Written {
            from: From::Form,
            text: "model,prompt\n".to_owned(),
            format: Format::Csv,
            file_name: Some("a.csv".to_owned()),
            fills: true,
            lines: "一\n二".to_owned(),
            kind: Kind::Speech,
            name: "春".to_owned(),
            settings: json!({"model": "sambert-zhichu-v1", "rate": 1.2}).as_object().cloned(),
        };
        assert_eq!(Written::read(&written.kept()), written);
    }

    #[test]
    fn what_cannot_be_read_is_as_in_a_new_batch() {
        let new = Written::read(&Fields::new());
        assert_eq!((new.from, new.format, new.kind), (From::File, Format::Json, Kind::Image));
        let odd = json!({"from": 1, "text": [], "format": "x", "file_name": "gone.json", "kind": "?", "fills": "yes"});
        assert_eq!(odd.as_object().map(Written::read), Some(new));
    }
}
