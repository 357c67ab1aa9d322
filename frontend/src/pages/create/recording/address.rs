//! A recording at a public address.

use leptos::prelude::*;
use serde_json::Value;

use super::super::form::Form;
use super::super::prompt::label;
use crate::parts::TextInput;

/// A recording at a public address, which the vendor opens.
#[component]
pub(super) fn Address(
    /// The form.
    form: Form,
) -> impl IntoView {
    let write = move |text: String| {
        form.set("url", if text.is_empty() { Value::Null } else { Value::from(text) });
    };
    view! { <TextInput label=label(form, "url") value=form.text("url") on_input=write placeholder="https://" /> }
}
