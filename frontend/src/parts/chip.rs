//! Something that was added and can be taken away.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::text::Text;
use crate::words::use_words;

/// Something that was added and can be taken away: a filter, a tag.
#[component]
pub fn Chip(
    /// What it is.
    #[prop(into)]
    label: Text,
    /// Takes it away; without this it is only shown.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_words();
    let remove_label = Text::from(move || format!("{} {}", words.texts().parts.remove, label.get()));
    view! {
        <span class="chip">
            <span>{label}</span>
            {on_remove.map(|remove| view! {
                <button class="chip__remove" type="button" aria-label=remove_label on:click=move |_| remove.run(())>
                    <Icon name=IconName::Close />
                </button>
            })}
        </span>
    }
}
