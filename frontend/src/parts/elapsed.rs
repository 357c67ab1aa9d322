//! Times that move.

use leptos::prelude::*;
use studio_shared::time::Timestamp;

use crate::clock::{use_minute, use_second};
use crate::format;
use crate::words::use_words;

/// How long something has been going on, or took: `0:12`. Not announced as it moves; read on asking.
#[component]
pub fn Elapsed(
    /// When it began.
    #[prop(into)]
    since: Signal<Timestamp>,
    /// When it ended; while it has not, the time moves.
    #[prop(optional, into)]
    until: Signal<Option<Timestamp>>,
) -> impl IntoView {
    let words = use_words();
    let second = use_second();
    let ms = move || until.get().unwrap_or_else(|| second.get()).since(since.get());
    view! {
        <span class="elapsed" title=words.text(|t| t.parts.elapsed)>
            <span aria-hidden="true">{move || format::elapsed(ms())}</span>
            <span class="visually-hidden">{move || format::elapsed_spoken(ms(), words.language())}</span>
        </span>
    }
}

/// How long ago something was: "3 minutes ago", with the exact time on hovering.
#[component]
pub fn Ago(
    /// When it was.
    #[prop(into)]
    at: Signal<Timestamp>,
) -> impl IntoView {
    let words = use_words();
    let minute = use_minute();
    view! {
        <time
            class="ago"
            datetime=move || at.get().to_string()
            title=move || format::absolute(at.get(), words.language())
        >
            {move || format::relative(at.get(), minute.get(), words.language())}
        </time>
    }
}
