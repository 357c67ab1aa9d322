//! On or off.

use leptos::prelude::*;

use super::id::unique_id;
use crate::text::Text;

/// On or off, at once; with its label on the same line.
#[component]
pub fn Switch(
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// What it was turned to.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What is on or off.
    #[prop(into)]
    label: Text,
    /// One sentence that helps.
    #[prop(optional, into)]
    help: Option<Text>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("switch");
    let help_id = format!("{id}-help");
    let described_by = help.map(|_| help_id.clone());
    view! {
        <div class="switch">
            <label class="switch__line">
                <input
                    class="switch__input"
                    type="checkbox"
                    role="switch"
                    disabled=disabled
                    aria-describedby=described_by
                    prop:checked=move || checked.get()
                    on:change=move |event| on_change.run(event_target_checked(&event))
                />
                <span class="switch__track" aria-hidden="true"></span>
                <span class="switch__label">{label}</span>
            </label>
            {help.map(|help| view! { <p class="switch__help" id=help_id>{help}</p> })}
        </div>
    }
}
