//! The page: job.

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// The page: job.
#[component]
pub fn JobPage() -> impl IntoView {
    let words = use_words();
    view! { <Page title=words.text(|t| t.shell.job)>""</Page> }
}
