//! A small turning mark for what goes on inside a button or a line.

use leptos::prelude::*;

/// A small turning mark. Decoration: the control that shows it sets `aria-busy` and says so in words.
#[component]
pub fn Spinner() -> impl IntoView {
    view! {
        <svg class="spinner" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle class="spinner__track" cx="8" cy="8" r="6"></circle>
            <path d="M14 8a6 6 0 0 0-6-6"></path>
        </svg>
    }
}
