//! When somebody was last here.

use leptos::prelude::*;
use studio_shared::time::Timestamp;

use crate::clock::use_minute;
use crate::parts::Ago;
use crate::words::use_words;

/// The worker notes the hour alone, by its beginning.
const HOUR_MS: u64 = 3_600_000;

/// When a code, or any code of a member, was last used.
#[component]
pub(super) fn Used(
    /// The beginning of that hour; nothing where it never was.
    at: Signal<Option<Timestamp>>,
) -> impl IntoView {
    let words = use_words();
    let minute = use_minute();
    let is_lately = move |at: Timestamp| minute.get().since(at) < HOUR_MS;
    move || match at.get() {
        Some(at) if is_lately(at) => view! { {words.text(|t| t.people.used_lately)} }.into_any(),
        Some(at) => view! { <Ago at /> }.into_any(),
        None => view! { {words.text(|t| t.people.never_used)} }.into_any(),
    }
}
