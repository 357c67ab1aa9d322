//! One job in a dense grid.

use leptos::prelude::*;
use studio_shared::job::State;

use super::card::Asked;
use super::made::{Made, Room};
use super::standing::{Going, Standing};
use crate::state::book::JobSignal;
use crate::state::fact;
use crate::words::use_words;

/// One job in a dense grid: what it has made, what was asked for, where it stands.
#[component]
pub(crate) fn JobTile(
    /// The job.
    job: JobSignal,
) -> impl IntoView {
    let words = use_words();
    let job = RwSignal::from(job);
    let trouble = fact(job, |job| (job.error.clone(), job.state));
    let trouble = move || {
        let (error, state) = trouble.get();
        if !matches!(state, State::Failed | State::Canceled | State::Unsure) {
            return None;
        }
        let name = (words.texts().parts.state)(state).to_owned();
        let advice = error.map_or(name, |error| error.advice.get(words.language()).to_owned());
        Some(
            view! { <p class="job-tile__trouble" class:job-tile__trouble--failed={state == State::Failed}>{advice}</p> },
        )
    };
    view! {
        <article class="job-tile" aria-label=fact(job, |job| job.request.prompt().to_owned())>
            <Made job room=Room::Tile />
            {trouble}
            <Asked job />
            <Going job />
            <Standing job />
        </article>
    }
}
