//! What was, or will be, sent otherwise than asked for.

use leptos::prelude::*;
use studio_shared::catalogue;
use studio_shared::kind::Kind;
use studio_shared::live::Note;
use studio_shared::words::Language;

use crate::words::use_words;

/// What was, or will be, sent otherwise than asked for, one line each.
#[component]
pub(crate) fn Notes(
    /// The notes.
    #[prop(into)]
    notes: Signal<Vec<Note>>,
) -> impl IntoView {
    let words = use_words();
    let line = move |note: Note| {
        let field = note.field.clone();
        let label = move || match field.as_str() {
            "model" => words.texts().create.model.to_owned(),
            field => label(field, words.language()),
        };
        let why = note.why;
        view! {
            <li>
                <strong>{label}</strong>" "<code>{note.given}</code>" → "<code>{note.sent}</code>" "
                {move || why.get(words.language()).to_owned()}
            </li>
        }
    };
    view! { <ul class="plain-list">{move || notes.get().into_iter().map(line).collect_view()}</ul> }
}

/// What the catalogue calls a field.
pub(crate) fn label(field: &str, language: Language) -> String {
    let known = Kind::ALL.into_iter().flat_map(catalogue::models).find_map(|model| model.parameter(field));
    known.map_or_else(|| field.to_owned(), |parameter| parameter.label.get(language).to_owned())
}
