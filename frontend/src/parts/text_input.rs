//! One line of text.

use leptos::prelude::*;

use super::field::use_field;
use crate::text::Text;

/// What is written into a text input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextInputKind {
    /// Any text.
    #[default]
    Text,
    /// A secret: shown as dots.
    Secret,
    /// Something to look for.
    Search,
    /// A day, as `2026-01-20`.
    Day,
}

impl TextInputKind {
    const fn html(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secret => "password",
            Self::Search => "search",
            Self::Day => "date",
        }
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    /// What it shows.
    #[prop(into)]
    value: Signal<String>,
    /// What was written, after each key.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is written into it.
    #[prop(optional, into)]
    kind: Signal<TextInputKind>,
    /// Its name, where no [`Field`](super::Field) around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Text,
    /// What the browser may fill in, such as `current-password`; nothing where nothing is said.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it is only to be read, marked and copied.
    #[prop(optional)]
    readonly: bool,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The element, for giving it the focus.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let field = use_field();
    view! {
        <input
            class="input"
            node_ref=node_ref
            type=move || kind.get().html()
            id=field.control
            autocomplete=autocomplete
            spellcheck="false"
            readonly=readonly
            disabled=disabled
            placeholder=placeholder
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    }
}
