//! A name or an address: one line of text.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::{Default, Rule};

use super::super::form::Form;
use super::super::prompt::{help, label};
use crate::parts::{Field, TextInput};

/// A name or an address; an empty one is none.
#[component]
pub(super) fn LineField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let is_optional = Signal::derive(move || {
        form.parameter(name).is_some_and(|it| !it.required && matches!(it.default, Default::None))
    });
    let example = move || match form.parameter(name).map(|parameter| parameter.rule) {
        Some(Rule::Address) => "https://",
        _ => "",
    };
    let write = move |text: String| {
        form.set(name, if text.is_empty() { Value::Null } else { Value::from(text) });
    };
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name) optional=is_optional>
            <TextInput value=form.text(name) on_input=write placeholder=example />
        </Field>
    }
}
