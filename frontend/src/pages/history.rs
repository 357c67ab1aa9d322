//! The page: history.

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// The page: history.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let words = use_words();
    view! { <Page title=words.text(|t| t.shell.history)>""</Page> }
}
