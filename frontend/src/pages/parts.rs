//! The hidden page `/parts`: every part in every state, in light and dark side by side. It is what reviewers,
//! screenshots and accessibility checks look at.

mod controls;
mod forms;
mod foundations;
mod messages;
pub mod specimen;
mod surfaces;

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// Every part in every state.
#[component]
pub fn PartsPage() -> impl IntoView {
    let words = use_words();
    view! {
        <Page title=words.text(|t| t.shell.parts)>
            {foundations::view()} {controls::view()} {forms::view()} {messages::view()} {surfaces::view()}
        </Page>
    }
}
