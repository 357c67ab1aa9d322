//! What is shown for an address that leads nowhere.

use leptos::prelude::*;

use crate::parts::{ButtonKind, ButtonLink, Empty, IconName, Page};
use crate::words::use_words;

/// What is shown for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let words = use_words();
    view! {
        <Page title=words.text(|t| t.shell.not_found)>
            <Empty
                icon=IconName::Search
                title=words.text(|t| t.shell.not_found_help)
                actions=move || view! { <ButtonLink href="/" kind=ButtonKind::Primary>{words.text(|t| t.shell.to_create)}</ButtonLink> }
            />
        </Page>
    }
}
