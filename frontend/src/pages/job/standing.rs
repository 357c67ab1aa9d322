//! Where a job stands, in words that move by themselves.

use leptos::prelude::*;
use studio_shared::error::code;
use studio_shared::job::{Job, State};

use crate::parts::{Ago, Elapsed, Progress, Show, StateBadge};
use crate::state::book::Book;
use crate::state::fact;
use crate::words::use_words;

/// Where a job stands: its state, and when it was or how long it took.
#[component]
pub(crate) fn Standing(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let state = fact(job, |job| job.state);
    let created_at = fact(job, |job| job.created_at);
    let took = fact(job, |job| Some((job.started_at.unwrap_or(job.created_at), job.finished_at?)));
    let took = move || {
        took.get().map(|(since, until)| {
            view! { <span class="standing__took">{words.text(|t| t.job.took)}" "<Elapsed since until=Some(until) /></span> }
        })
    };
    view! {
        <div class="standing">
            <StateBadge state />
            {took}
            <span class="standing__ago"><Ago at=created_at /></span>
        </div>
    }
}

/// How far an unfinished job is; nothing once it has ended.
#[component]
pub(crate) fn Going(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let book = Book::get();
    let going = fact(job, |job| !job.state.is_final());
    let since = fact(job, |job| Some(job.created_at));
    let place = fact(job, |job| (job.state, job.place, job.eta_ms, job.finish_ms));
    let usual = Memo::new(move |_| job.with(|job| book.usual_ms(job.request.model())));
    let looking = fact(job, |job| job.error.as_ref().is_some_and(|error| error.code == code::LOOKING));
    let label = move || {
        if looking.get() {
            return words.texts().kept.looking.to_owned();
        }
        let texts = &words.texts().job;
        let seconds = |ms: u64| ms.div_ceil(1000);
        match place.get() {
            (State::Queued, Some(place), eta, done) => {
                (texts.place)(place, eta.map(seconds), done.map(seconds))
            }
            (State::Queued, None, ..) => texts.waits.to_owned(),
            (state, _, _, Some(done)) => (texts.done_in)((words.texts().parts.state)(state), seconds(done)),
            (state, ..) => {
                let state = (words.texts().parts.state)(state);
                usual.get().map_or_else(|| state.to_owned(), |usual| (texts.usual)(state, seconds(usual)))
            }
        }
    };
    // What a waiting job waits for: the vendor asks for patience, say.
    let reason = fact(job, |job| job.error.clone());
    let reason = move || {
        reason.get().map(
            |error| view! { <p class="going__reason">{error.advice.get(words.language()).to_owned()}</p> },
        )
    };
    view! {
        <Show when=move || going.get()>
            <div class="going"><Progress label since />{reason}</div>
        </Show>
    }
}
