//! The texts: what should be made, and what should not be seen.

use leptos::html;
use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::Rule;

use super::examples::Examples;
use super::form::Form;
use crate::parts::{Field, Icon, IconName, TextArea};
use crate::text::Text;
use crate::words::use_words;

/// The text that everything is made from: a prompt, or what is read aloud.
#[component]
pub(super) fn PromptField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
    /// The element, for giving it the focus.
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Field
            label=label(form, name)
            problem=form.problem(name)
            counter=counter(form, name)
            aside=move || view! { <Examples form /> }
        >
            <TextArea
                rows=4
                value=form.text(name)
                on_input=move |text: String| form.set(name, Value::from(text))
                placeholder=move || (words.texts().create.prompt_example)(form.kind())
                node_ref=node_ref
            />
        </Field>
    }
}

/// What should not be seen; folded up until it is used.
#[component]
pub(super) fn NegativePromptField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    // Opened for what is in it at first; afterwards the person folds as they like.
    let used = form.text("negative_prompt").with_untracked(|text| !text.is_empty());
    let hint = move || {
        form.text("negative_prompt").with(|text| !text.is_empty()).then(|| words.texts().create.in_use)
    };
    view! {
        <details class="fold" open=used>
            <summary class="fold__summary">
                <Icon name=IconName::ChevronRight />
                {label(form, "negative_prompt")}
                <span class="fold__hint">{hint}</span>
            </summary>
            <Field
                label=label(form, "negative_prompt")
                help=help(form, "negative_prompt")
                problem=form.problem("negative_prompt")
                counter=counter(form, "negative_prompt")
                optional=true
            >
                <TextArea
                    rows=2
                    value=form.text("negative_prompt")
                    on_input=move |text: String| form.set("negative_prompt", given(text))
                />
            </Field>
        </details>
    }
}

/// An empty text is none.
fn given(text: String) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// What the catalogue calls a parameter.
pub(super) fn label(form: Form, name: &'static str) -> Text {
    let words = use_words();
    Text::from(move || form.parameter(name).map_or(name, |parameter| parameter.label.get(words.language())))
}

/// The catalogue's sentence on a parameter.
pub(super) fn help(form: Form, name: &'static str) -> Text {
    let words = use_words();
    Text::from(move || form.parameter(name).map_or("", |parameter| parameter.help.get(words.language())))
}

/// Characters written and allowed, as people count them.
fn counter(form: Form, name: &'static str) -> Signal<Option<(usize, usize)>> {
    let text = form.text(name);
    Signal::derive(move || match form.parameter(name)?.rule {
        Rule::Text { max_characters } => Some((text.with(|text| text.chars().count()), max_characters)),
        _ => None,
    })
}
