//! A few words that mark something.

use leptos::prelude::*;
use studio_shared::job::State;

use super::tone::Tone;
use crate::text::Text;
use crate::words::use_words;

/// A few words that mark something.
#[component]
pub fn Badge(
    /// What they mean.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Whether a dot before them moves: it goes on.
    #[prop(optional, into)]
    moving: Signal<bool>,
    /// More on hovering.
    #[prop(optional, into)]
    title: Option<Text>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <span
            class=move || format!("badge tone-{}", tone.get().as_str())
            title=title.map(|title| move || title.get())
        >
            <span class="badge__dot" class:badge__dot--moving=moving aria-hidden="true"></span>
            {children()}
        </span>
    }
}

/// Where a job stands.
#[component]
pub fn StateBadge(
    /// Where it stands.
    #[prop(into)]
    state: Signal<State>,
) -> impl IntoView {
    let words = use_words();
    let tone = Signal::derive(move || tone_of(state.get()));
    let moving = Signal::derive(move || !state.get().is_final());
    view! { <Badge tone moving>{move || (words.texts().parts.state)(state.get())}</Badge> }
}

const fn tone_of(state: State) -> Tone {
    match state {
        State::Queued | State::Canceled => Tone::Neutral,
        State::Submitting | State::Running | State::Collecting => Tone::Info,
        State::Done => Tone::Success,
        State::Failed => Tone::Danger,
        State::Unsure => Tone::Warning,
    }
}
