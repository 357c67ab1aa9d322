//! Names and what they stand for.

use leptos::prelude::*;

use crate::text::Text;

/// A list of names and what they stand for: [`KeyValue`] rows.
#[component]
pub fn KeyList(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-list">{children()}</dl> }
}

/// One row of a [`KeyList`].
#[component]
pub fn KeyValue(
    /// The name.
    #[prop(into)]
    name: Text,
    /// What it stands for.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-list__row">
            <dt class="key-list__name">{name}</dt>
            <dd class="key-list__value">{children()}</dd>
        </div>
    }
}
