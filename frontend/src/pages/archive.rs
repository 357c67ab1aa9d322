//! The way to keep many results as one file.

use leptos::prelude::*;
use studio_shared::job::Job;

use super::failure::{self, FailureNotice};
use crate::api::JobQuery;
use crate::format;
use crate::parts::{Button, ButtonKind, ButtonSize, Dialog, IconName, Notice, Progress, Show, Tone};
use crate::text::Text;
use crate::words::use_words;
use crate::zip::{Archive, Lost, Saved, Step};

/// Files that did not come which are told one by one.
const TOLD: usize = 8;

/// A button that saves the results of many jobs as a ZIP file; how far it is stands in a dialog, which may be closed
/// meanwhile.
#[component]
pub fn SaveAll(
    /// What the archive is called; its file name is made of it.
    #[prop(into)]
    title: Text,
    /// Which jobs are asked for.
    #[prop(optional, into)]
    query: Signal<JobQuery>,
    /// These jobs, instead of asking for some.
    #[prop(optional)]
    jobs: Option<Callback<(), Vec<Job>>>,
    /// Which of them are taken.
    #[prop(default = |_| true)]
    keep: fn(&Job) -> bool,
) -> impl IntoView {
    let words = use_words();
    let archive = Archive::new();
    let step = archive.step();
    let open = RwSignal::new(false);
    let start = move || {
        let title = title.get_untracked().into_owned();
        let name = match crate::zip::names::clean(&title, 60) {
            name if name.is_empty() => "bailian".to_owned(),
            name => format!("bailian-{name}"),
        };
        match jobs {
            Some(jobs) => archive.start_with(title, name, jobs.run(())),
            None => archive.start(title, name, query.get_untracked(), keep),
        }
    };
    let press = move |_| {
        if step.with_untracked(|step| {
            matches!(step, Step::Idle | Step::Nothing | Step::Done(_) | Step::Failed(_))
        }) {
            start();
        }
        open.set(true);
    };
    let stop = move |_| {
        open.set(false);
        archive.give_up();
    };
    let label = move || match step.get() {
        Step::Fetching { done, total, .. } => format!("{done} / {total}"),
        _ => words.texts().archive.save.to_owned(),
    };
    let actions = move || {
        view! {
            <Show when=move || step.with(Step::is_busy)>
                <Button on_click=stop>{words.text(|t| t.archive.stop)}</Button>
            </Show>
            <Show when=move || step.with(|step| matches!(step, Step::Asking(_)))>
                <Button on_click=move |_| archive.rest()>{words.text(|t| t.archive.rest)}</Button>
                <Button kind=ButtonKind::Primary icon=IconName::Retry on_click=move |_| archive.again()>
                    {words.text(|t| t.archive.again)}
                </Button>
            </Show>
        }
    };
    view! {
        <Button size=ButtonSize::Small icon=IconName::Download on_click=press>{label}</Button>
        <Dialog open title=words.text(|t| t.archive.save) actions>
            <p class="small muted">{words.text(|t| t.archive.save_help)}</p>
            <div class="archive"><Standing step on_again=move |()| start() /></div>
        </Dialog>
    }
}

/// How far it is.
#[component]
fn Standing(
    /// How far.
    step: RwSignal<Step>,
    /// Begins anew.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let is_busy = Memo::new(move |_| step.with(Step::is_busy));
    let label = move || {
        let texts = &words.texts().archive;
        match step.get() {
            Step::Listing(found) => (texts.listing)(found),
            Step::Fetching { done, total, bytes } => (texts.fetching)(done, total, &format::bytes(bytes)),
            _ => String::new(),
        }
    };
    let value = Signal::derive(move || match step.get() {
        Step::Fetching { done, total, .. } => hundredths(done, total),
        _ => None,
    });
    let ended = Memo::new(move |_| step.with(|step| (!step.is_busy()).then(|| step.clone())));
    let told = move || {
        Some(match ended.get()? {
            Step::Asking(lost) => view! { <Missing lost /> }.into_any(),
            Step::Done(saved) => view! { <Ready saved /> }.into_any(),
            Step::Failed(failure) => view! { <FailureNotice failure on_again /> }.into_any(),
            Step::Nothing => view! {
                <Notice live=true title=words.text(|t| t.archive.nothing)>{words.text(|t| t.archive.nothing_help)}</Notice>
            }
            .into_any(),
            _ => ().into_any(),
        })
    };
    view! {
        <Show when=move || is_busy.get()>
            <Progress label value />
            <p class="small muted">{words.text(|t| t.archive.stay)}</p>
        </Show>
        {told}
    }
}

/// Hundredths of `total`; unknown where there is nothing to do.
fn hundredths(done: usize, total: usize) -> Option<u8> {
    let part = done.saturating_mul(100).checked_div(total)?;
    u8::try_from(part.min(100)).ok()
}

/// What could not be fetched.
#[component]
fn Missing(
    /// The files.
    lost: Vec<Lost>,
) -> impl IntoView {
    let words = use_words();
    let count = lost.len();
    let line = move |lost: Lost| {
        let Lost { entry, n, prompt, failure } = lost;
        view! {
            <li>
                <strong>{move || (words.texts().archive.lost_file)(entry, n)}</strong>" "
                <bdi class="archive__prompt">{prompt}</bdi>" "
                <span class="muted">{move || failure::line(&failure, words.texts())}</span>
            </li>
        }
    };
    let others = count.saturating_sub(TOLD);
    view! {
        <Notice tone=Tone::Warning live=true title=move || (words.texts().archive.lost)(count)>
            <ul class="plain-list">{lost.into_iter().take(TOLD).map(line).collect_view()}</ul>
            {(others > 0).then(|| view! { <p>{move || (words.texts().archive.lost_others)(others)}</p> })}
        </Notice>
    }
}

/// What was saved.
#[component]
fn Ready(
    /// The files.
    saved: Vec<Saved>,
) -> impl IntoView {
    let words = use_words();
    let parts = saved.len();
    let line = move |saved: Saved| {
        let (name, bytes) = (saved.name.clone(), format::bytes(saved.bytes));
        view! {
            <li class="archive__file">
                <span class="truncate">{name}</span>
                <span class="muted">{bytes}</span>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Download on_click=move |_| saved.save()>
                    {words.text(|t| t.archive.save_again)}
                </Button>
            </li>
        }
    };
    view! {
        <Notice tone=Tone::Success live=true title=words.text(|t| t.archive.saved)>
            {move || (words.texts().archive.saved_help)(parts)}
        </Notice>
        <ul class="archive__files">{saved.into_iter().map(line).collect_view()}</ul>
    }
}
