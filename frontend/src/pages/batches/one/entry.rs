//! One entry of a batch: what it is, where it stands, what came of it.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::error::Charged;
use studio_shared::fault;
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;

use crate::api::output_address;
use crate::format;
use crate::pages::job::actions::JobActions;
use crate::pages::job::card::asked_rest;
use crate::pages::job::facts::{is_there, name};
use crate::parts::{Button, ButtonKind, ButtonSize, Elapsed, Icon, IconName, Show, StateBadge};
use crate::state::book::JobSignal;
use crate::state::fact;
use crate::words::use_words;

/// One entry: it moves by itself.
#[component]
pub(super) fn EntryRow(
    /// Its job.
    job: JobSignal,
    /// Changes it.
    on_edit: Callback<RwSignal<Job>>,
) -> impl IntoView {
    let words = use_words();
    let job = RwSignal::from(job);
    let n = fact(job, |job| job.batch.as_ref().map_or(0, |batch| batch.n).saturating_add(1));
    let address = fact(job, |job| format!("/jobs/{}", job.id));
    let request = fact(job, |job| job.request.clone());
    let prompt = move || request.with(|request| name(request, words.texts()));
    let rest = move || request.with(|request| asked_rest(request, None, words));
    let state = fact(job, |job| job.state);
    let cost = fact(job, |job| (job.cost.actual, job.cost.estimate));
    let cost = move || match cost.get() {
        (Some(actual), _) => format::money(actual),
        (None, Some(estimate)) => format!("≈{}", format::money(estimate)),
        (None, None) => String::new(),
    };
    let took = fact(job, |job| Some((job.started_at?, job.finished_at?)));
    let took = move || took.get().map(|(since, until)| view! { " · "<Elapsed since until=Some(until) /> });
    let is_lost = move || matches!(state.get(), State::Failed | State::Canceled | State::Unsure);
    view! {
        <span class="entry__n" aria-hidden="true">{move || n.get()}</span>
        <Thumb job />
        <div class="entry__asked">
            <A href=move || address.get() attr:class="entry__prompt" attr:dir="auto">
                <span class="visually-hidden">{move || (words.texts().batches.entry)(n.get())}" "</span>
                {prompt}
            </A>
            <p class="entry__rest">{rest}</p>
            <Trouble job />
        </div>
        <div class="entry__standing">
            <StateBadge state />
            <span class="entry__cost">{cost}{took}</span>
        </div>
        <div class="entry__actions">
            <JobActions job brief=true />
            <Show when=is_lost>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Pencil on_click=move |_| on_edit.run(job)>
                    {words.text(|t| t.batches.edit)}
                </Button>
            </Show>
        </div>
    }
}

/// What came of it, small; an icon where there is nothing to see.
#[component]
fn Thumb(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let kind = job.with_untracked(|job| job.kind);
    let icon = match kind {
        Kind::Image => IconName::Image,
        Kind::Text => IconName::Chat,
        Kind::Video => IconName::Film,
        Kind::Speech => IconName::Voice,
        Kind::Transcription => IconName::Script,
    };
    let picture = fact(job, move |job| {
        let output = job.outputs.iter().find(|output| is_there(output)).filter(|_| kind == Kind::Image)?;
        Some(output_address(&job.id, output.n))
    });
    let inside = move || match picture.get() {
        Some(address) => {
            view! { <img class="entry__picture" src=address alt="" loading="lazy" decoding="async" /> }
                .into_any()
        }
        None => view! { <Icon name=icon /> }.into_any(),
    };
    view! { <span class="entry__thumb">{inside}</span> }
}

/// Why it did not come out, and what to do; or what it waits for.
#[component]
fn Trouble(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let trouble = fact(job, |job| (job.error.clone(), job.state));
    move || {
        let (error, state) = trouble.get();
        let error = error?;
        let what =
            fault::what(&error.code, 0, &error.message).map(|what| what.get(words.language()).to_owned());
        let advice = error.advice.get(words.language()).to_owned();
        let texts = &words.texts().job;
        let charged = state.is_final().then_some(match error.charged {
            Charged::No => texts.not_charged,
            Charged::Yes => texts.charged,
            Charged::Unknown => texts.maybe_charged,
        });
        Some(view! {
            <p class="entry__trouble" class:entry__trouble--failed={state == State::Failed} title=error.message>
                {what.map(|what| view! { <strong>{what}</strong>" " })}
                {advice}" "<code>{error.code}</code>
                {charged.map(|charged| view! { " · "{charged} })}
            </p>
        })
    }
}
