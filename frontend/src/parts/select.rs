//! One of many, folded up.

use leptos::prelude::*;

use super::field::use_field;
use super::icon::{Icon, IconName};
use super::list::For;
use crate::text::Text;

/// One option of a [`Select`].
#[derive(Clone, Debug)]
pub struct SelectOption {
    /// What is reported when it is chosen.
    pub value: String,
    /// What it is called.
    pub label: Text,
}

impl SelectOption {
    /// An option.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<Text>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of many, folded up: the browser's own list.
#[component]
pub fn Select(
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The value of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    /// The value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Its name, where no [`Field`](super::Field) around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_field();
    view! {
        <span class="select">
            <select
                class="input select__input"
                id=field.control
                disabled=disabled
                aria-label=label.map(|label| move || label.get())
                aria-describedby=move || field.described_by.get()
                aria-invalid=move || field.invalid.get().then_some("true")
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                <For each=move || options.get() key=|option| option.value.clone() let:option>
                    <Item option value />
                </For>
            </select>
            <Icon name=IconName::ChevronDown />
        </span>
    }
}

/// One option. Each marks itself as chosen: the list may come after the value.
#[component]
fn Item(
    /// The option.
    option: SelectOption,
    /// The value of the chosen one.
    value: Signal<String>,
) -> impl IntoView {
    let own = option.value.clone();
    view! {
        <option value=option.value prop:selected=move || value.with(|value| *value == own)>{option.label}</option>
    }
}
