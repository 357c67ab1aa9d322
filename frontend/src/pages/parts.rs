//! The page: parts.

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// The page: parts.
#[component]
pub fn PartsPage() -> impl IntoView {
    let words = use_words();
    view! { <Page title=words.text(|t| t.shell.parts)>""</Page> }
}
