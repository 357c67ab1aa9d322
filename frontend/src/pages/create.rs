//! The page: create.

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// The page: create.
#[component]
pub fn CreatePage() -> impl IntoView {
    let words = use_words();
    view! { <Page title=words.text(|t| t.shell.create)>""</Page> }
}
