//! Why a job, or one of its pictures, did not come out.

use leptos::prelude::*;
use studio_shared::error::Charged;
use studio_shared::job::{Job, JobError, State};

use super::facts::fact;
use crate::parts::{CopyButton, Notice, Tone};
use crate::words::use_words;

/// Why a job that has ended did not come out: what to do first, then the vendor's own words, the money, and the id
/// its support asks for.
#[component]
pub(crate) fn Trouble(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let trouble = fact(job, |job| {
        let error = job.error.clone().filter(|_| job.state.is_final())?;
        Some((error, job.state, job.request_id.clone()))
    });
    move || {
        let (error, state, request_id) = trouble.get()?;
        let tone = if state == State::Failed { Tone::Danger } else { Tone::Warning };
        let JobError { code, message, advice, charged } = error;
        Some(view! {
            <Notice tone title=move || advice.get(words.language()).to_owned()>
                <p class="trouble__message"><code>{code}</code>" "<bdi>{message}</bdi></p>
                <p>{move || money(charged, words)}</p>
                {request_id.map(|id| view! {
                    <p class="trouble__id">
                        {words.text(|t| t.job.request_id)}" "<code>{id.clone()}</code>
                        <CopyButton text=id label=words.text(|t| t.job.copy_request_id) />
                    </p>
                })}
            </Notice>
        })
    }
}

/// In the place of a picture that was lost.
#[component]
pub(crate) fn Lost(
    /// Why.
    error: JobError,
) -> impl IntoView {
    let words = use_words();
    let JobError { code, message, advice, charged } = error;
    view! {
        <div class="lost" title=message>
            <p class="lost__title">{words.text(|t| t.job.lost)}</p>
            <p>{move || advice.get(words.language()).to_owned()}</p>
            <p class="lost__code"><code>{code}</code>" · "{move || money(charged, words)}</p>
        </div>
    }
}

fn money(charged: Charged, words: crate::words::WordsHandle) -> &'static str {
    let texts = &words.texts().job;
    match charged {
        Charged::No => texts.not_charged,
        Charged::Yes => texts.charged,
        Charged::Unknown => texts.maybe_charged,
    }
}
