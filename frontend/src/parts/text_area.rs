//! Several lines of text.

use leptos::prelude::*;

use super::field::use_field;
use crate::text::Text;

/// Several lines of text; grows with what is written, where the browser can.
#[component]
pub fn TextArea(
    /// What it shows.
    #[prop(into)]
    value: Signal<String>,
    /// What was written, after each key.
    #[prop(into)]
    on_input: Callback<String>,
    /// Its name, where no [`Field`](super::Field) around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Text,
    /// Lines that are always there.
    #[prop(default = 3)]
    rows: u32,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The element, for giving it the focus.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Textarea>,
) -> impl IntoView {
    let field = use_field();
    view! {
        <textarea
            class="input input--area"
            node_ref=node_ref
            id=field.control
            rows=rows
            disabled=disabled
            placeholder=placeholder
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        ></textarea>
    }
}
