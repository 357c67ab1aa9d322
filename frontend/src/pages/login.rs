//! The page: login.

use leptos::prelude::*;

use crate::parts::Page;
use crate::words::use_words;

/// The page: login.
#[component]
pub fn LoginPage() -> impl IntoView {
    let words = use_words();
    view! { <Page title=words.text(|t| t.shell.login)>""</Page> }
}
