//! How far something is.

use leptos::prelude::*;
use studio_shared::time::Timestamp;

use super::elapsed::Elapsed;
use super::id::unique_id;
use crate::text::Text;

/// How far something is, in words and as a bar; with the time it has taken where its beginning is known.
#[component]
pub fn Progress(
    /// What goes on: "Waiting, place 3".
    #[prop(into)]
    label: Text,
    /// Hundredths done; `None` where nobody knows.
    #[prop(optional, into)]
    value: Signal<Option<u8>>,
    /// When it began.
    #[prop(optional, into)]
    since: Signal<Option<Timestamp>>,
) -> impl IntoView {
    let id = unique_id("progress");
    let began = move || since.get().map(|since| view! { <Elapsed since /> });
    view! {
        <div class="progress">
            <div class="progress__line"><span class="progress__label" id=id.clone()>{label}</span>{began}</div>
            <progress
                class="progress__bar"
                max="100"
                aria-labelledby=id
                value=move || value.get().map(|done| done.min(100).to_string())
            ></progress>
        </div>
    }
}
