//! Why a job, or one of its pictures, did not come out.

use leptos::prelude::*;
use studio_shared::error::{Charged, code};
use studio_shared::fault;
use studio_shared::job::{Job, JobError, State};
use studio_shared::manual;

use crate::pages::usage::BudgetLink;
use crate::parts::{CopyButton, Notice, Tone};
use crate::state::fact;
use crate::words::use_words;

/// Why a job that has ended did not come out: what happened, what to do, then the vendor's own words, the money, and
/// the id its support asks for.
#[component]
pub(crate) fn Trouble(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let trouble = fact(job, read);
    view! { <Told trouble /> }
}

/// Why a job did not come out, with its state and the vendor's id.
pub(crate) type Reason = (JobError, State, Option<String>);

/// Reads why a job that has ended did not come out.
pub(crate) fn read(job: &Job) -> Option<Reason> {
    let error = job.error.clone().filter(|_| job.state.is_final())?;
    Some((error, job.state, job.request_id.clone()))
}

/// Why something did not come out, as people are told.
#[component]
pub(crate) fn Told(
    /// Why, where it did not.
    trouble: Memo<Option<Reason>>,
) -> impl IntoView {
    let words = use_words();
    move || {
        let (error, state, request_id) = trouble.get()?;
        let tone = if state == State::Failed { Tone::Danger } else { Tone::Warning };
        let JobError { code, message, advice, charged } = error;
        let what = fault::what(&code, 0, &message);
        // Errors of our own say what happened in the same sentence as what to do.
        let (title, advice) =
            what.map_or_else(|| (advice.clone(), None), |what| (what, Some(advice.clone())));
        let is_vendors = advice.is_some();
        let about = code.clone();
        Some(view! {
            <Notice tone title=move || title.get(words.language()).to_owned()>
                {advice.map(|advice| view! { <p>{move || advice.get(words.language()).to_owned()}</p> })}
                <p class="trouble__message"><code>{code}</code>" "<bdi>{message}</bdi></p>
                <p>{move || money(charged, words)}</p>
                <BudgetLink code=Signal::stored(about) />
                {is_vendors.then(|| view! { <ManualLink page=manual::ERRORS /> })}
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

/// A page of the vendor's documentation, by its title.
#[component]
fn ManualLink(
    /// The page.
    page: manual::Page,
) -> impl IntoView {
    let words = use_words();
    let title = move || page.title.get(words.language());
    view! {
        <p>
            <a href=page.address target="_blank" rel="noopener noreferrer">{title}</a>
        </p>
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
    let title = if code == code::RETENTION_ENDED {
        words.text(|t| t.kept.retention_ended)
    } else {
        words.text(|t| t.job.lost)
    };
    view! {
        <div class="lost" title=message>
            <p class="lost__title">{title}</p>
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
