//! The product's mark and name.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::words::use_words;

/// The product's mark and name, leading to the first page.
#[component]
pub fn Brand() -> impl IntoView {
    let words = use_words();
    view! {
        <A href="/" attr:class="brand">
            <svg class="brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <rect class="brand__seal" width="32" height="32" rx="5"></rect>
                <path class="brand__cut" d="M7 8.5h18M16 8.5l-1.6 4.6M9.5 13.1h13v11h-13ZM9.5 18.6h13"></path>
            </svg>
            <span class="brand__name">{words.text(|t| t.shell.product)}</span>
        </A>
    }
}
