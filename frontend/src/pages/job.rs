//! The page: one job, at its own address. What lists show of a job is here too.

pub(crate) mod actions;
mod answer;
pub(crate) mod card;
mod copies;
pub(crate) mod expires;
pub(crate) mod facts;
pub(crate) mod files;
pub(crate) mod film;
pub(crate) mod made;
pub(crate) mod notes;
mod pictures;
pub(crate) mod settings;
mod sound;
mod standing;
pub(crate) mod tile;
mod transcript;
pub(crate) mod trouble;
mod viewer;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use studio_shared::job::Job;
use studio_shared::kind::Kind;

use self::actions::{JobActions, restore};
use self::copies::{Copies, Delete};
use self::files::Download;
use self::made::{Made, Room};
use self::settings::{Prompts, Record, Settings};
use self::standing::{Going, Standing};
use self::trouble::Trouble;
use crate::api::Client;
use crate::pages::archive::SaveAll;
use crate::pages::failure::FailureNotice;
use crate::pages::lookup::{Found, Lookup};
use crate::pages::sharing::ShareButton;
use crate::pages::sharing::subject::Subject;
use crate::parts::{Button, ButtonLink, Empty, IconName, Page, Show, Skeleton, SkeletonShape, use_toasts};
use crate::state::book::{Book, JobSignal};
use crate::state::fact;
use crate::words::{Texts, use_words};

/// The page: one job.
#[component]
pub fn JobPage() -> impl IntoView {
    let words = use_words();
    let book = Book::get();
    let lookup = Lookup::new(move |client, id| {
        let asked = book.mark();
        async move { client.job(&id).await.map(|job| book.merge([job], asked)) }
    });
    let job = Memo::new(move |_| lookup.id().with(|id| book.find(id)));
    // A push holds only the beginning of an answer; once it has ended, all of it is asked for.
    let is_cut_short = Memo::new(move |_| {
        let ended =
            |job: &Job| job.state.is_final() && job.text.as_ref().is_some_and(|answer| answer.shortened);
        job.get().is_some_and(|job| job.with(ended))
    });
    Effect::new(move |_| {
        if is_cut_short.get() {
            lookup.again();
        }
    });
    let found = lookup.found(job);
    let inside = move || match found() {
        Found::Asking => view! { <Waiting /> }.into_any(),
        Found::There(job) => view! { <Whole job /> }.into_any(),
        Found::Deleted(deleted) => view! { <Gone deleted /> }.into_any(),
        Found::Missing => view! { <Gone /> }.into_any(),
        Found::Failed(failure) => {
            view! { <FailureNotice failure on_again=move |()| lookup.again() /> }.into_any()
        }
    };
    let title = move || {
        job.get().map_or_else(
            || words.texts().shell.job.to_owned(),
            |job| job.with(|job| title(job, words.texts())),
        )
    };
    view! { <Page title>{inside}</Page> }
}

/// What the page is called: the beginning of the prompt, kept apart from what stands around it in a title, should it
/// run from right to left.
fn title(job: &Job, texts: &Texts) -> String {
    const SHOWN: usize = 40;
    let name = facts::name(&job.request, texts);
    let prompt = name.trim();
    let short: String = prompt.chars().take(SHOWN).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let cut = if prompt.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\u{2068}{short}{cut}\u{2069}")
}

/// The job: what it has made, large, and everything about it.
#[component]
fn Whole(
    /// The job.
    job: JobSignal,
) -> impl IntoView {
    let job = RwSignal::from(job);
    let navigate = use_navigate();
    let retried = Callback::new(move |id: String| {
        // A retry may be a job of its own, at an address of its own.
        if job.try_with_untracked(|job| job.id != id) == Some(true) {
            navigate(&format!("/jobs/{id}"), NavigateOptions::default());
        }
    });
    let is_several = fact(job, |job| job.outputs.iter().filter(|output| facts::is_there(output)).count() > 1);
    let words = use_words();
    let save_title = fact(job, |job| job.request.clone());
    let save_title = move || save_title.with(|request| facts::name(request, words.texts()));
    let is_over = fact(job, |job| job.state.is_final());
    let is_file = fact(job, |job| matches!(job.kind, Kind::Video | Kind::Speech));
    view! {
        <div class="job">
            <div class="job__main">
                <Standing job />
                <Going job />
                <Trouble job />
                <Made job room=Room::Page />
                <Show when=move || is_file.get()><Download job /></Show>
                <Prompts job />
            </div>
            <div class="job__side">
                <div class="job__actions">
                    <JobActions job on_retried=retried />
                    <Show when=move || is_several.get()>
                        <SaveAll title=save_title jobs=Callback::new(move |()| vec![job.get_untracked()]) />
                    </Show>
                    <Show when=move || is_over.get()>
                        <ShareButton subject=Callback::new(move |()| job.with_untracked(Subject::job)) />
                    </Show>
                    <Copies job />
                    <Delete job />
                </div>
                <Settings job />
                <Record job />
            </div>
        </div>
    }
}

/// The job's place while it is on its way.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="job" aria-busy="true">
            <div class="job__main">
                <Skeleton shape=SkeletonShape::Lines(1) />
                <Skeleton shape=SkeletonShape::Picture(1, 1) />
                <Skeleton shape=SkeletonShape::Lines(3) />
            </div>
            <div class="job__side"><Skeleton shape=SkeletonShape::Lines(8) /></div>
        </div>
    }
}

/// There is no such job, or no longer.
#[component]
fn Gone(
    /// The job that was there until just now.
    #[prop(optional, into)]
    deleted: Option<String>,
) -> impl IntoView {
    let words = use_words();
    let (client, book, toasts) = (use_context::<Client>(), Book::get(), use_toasts());
    let was_deleted = deleted.is_some();
    let actions = move || {
        let undo = client.zip(deleted.clone()).map(|(client, id)| {
            let undo = move |_| restore(client, id.clone(), book, toasts, words);
            view! { <Button icon=IconName::Retry on_click=undo>{words.text(|t| t.kept.undo)}</Button> }
        });
        view! {
            {undo}
            <ButtonLink href="/history">{words.text(|t| t.job.to_history)}</ButtonLink>
        }
    };
    let title = move || if was_deleted { words.texts().job.deleted } else { words.texts().job.gone };
    let help = move || if was_deleted { words.texts().kept.undo_help } else { words.texts().job.gone_help };
    view! { <Empty icon=IconName::Search title actions>{help}</Empty> }
}
