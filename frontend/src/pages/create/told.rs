//! What happened to the form without being typed: another model, a recipe link.

use leptos::prelude::*;
use serde_json::Value;

use super::form::{Form, Told};
use super::recipe::Change;
use crate::parts::{Button, ButtonKind, ButtonSize, Notice, Tone};
use crate::words::use_words;

/// What happened to the form without being typed, with the way back.
#[component]
pub(super) fn ToldNotice(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    move || {
        let told = form.told().get()?;
        let (title, changes, before) = match told {
            Told::Switched { changes, before } => {
                (words.text(|t| t.create.switched), Some(view! { <Changes changes /> }), before)
            }
            Told::Recipe { before } => (words.text(|t| t.create.from_recipe), None, before),
        };
        let before = StoredValue::new(before);
        let undo = move |_| form.replace(before.get_value());
        let actions = move || {
            view! {
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=undo>{words.text(|t| t.create.undo)}</Button>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=move |_| form.told().set(None)>
                    {words.text(|t| t.create.understood)}
                </Button>
            }
        };
        Some(view! { <Notice tone=Tone::Info live=true title actions>{changes}</Notice> })
    }
}

/// What another model took otherwise.
#[component]
fn Changes(
    /// The changes.
    changes: Vec<Change>,
) -> impl IntoView {
    let words = use_words();
    let line = move |change: Change| {
        let text = move || {
            let texts = &words.texts().create;
            let label = change.parameter.label.get(words.language());
            let from = plain(&change.from);
            match plain(&change.to) {
                to if to.is_empty() => (texts.dropped)(label, &from),
                to => (texts.changed)(label, &from, &to),
            }
        };
        view! { <li>{text}</li> }
    };
    view! { <ul class="plain-list">{changes.into_iter().map(line).collect_view()}</ul> }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
