//! The page: one job, at its own address. What lists show of a job is here too.

pub(crate) mod actions;
mod answer;
pub(crate) mod card;
mod copies;
pub(crate) mod expires;
pub(crate) mod facts;
mod files;
pub(crate) mod film;
mod made;
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
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use studio_shared::error::code;
use studio_shared::job::Job;
use studio_shared::kind::Kind;

use self::actions::{JobActions, restore};
use self::copies::{Copies, Delete};
use self::facts::fact;
use self::files::Download;
use self::made::{Made, Room};
use self::settings::{Prompts, Record, Settings};
use self::standing::{Going, Standing};
use self::trouble::Trouble;
use crate::api::{Client, Failure};
use crate::pages::archive::SaveAll;
use crate::pages::failure::FailureNotice;
use crate::parts::{Button, ButtonLink, Empty, IconName, Page, Skeleton, SkeletonShape, use_toasts};
use crate::state::book::{Book, JobSignal};
use crate::state::live::Live;
use crate::words::{Texts, use_words};

/// The page: one job.
#[component]
pub fn JobPage() -> impl IntoView {
    let words = use_words();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let book = Book::get();
    let failed = RwSignal::new(None::<Failure>);
    let attempt = RwSignal::new(0_u32);
    ask(id, attempt, failed, book);
    let job = Memo::new(move |_| id.with(|id| book.find(id)));
    // A push holds only the beginning of an answer; once it has ended, all of it is asked for.
    let is_cut_short = Memo::new(move |_| {
        let ended =
            |job: &Job| job.state.is_final() && job.text.as_ref().is_some_and(|answer| answer.shortened);
        job.get().is_some_and(|job| job.with(ended))
    });
    Effect::new(move |_| {
        if is_cut_short.get() {
            attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
        }
    });
    // Which job was there: when it goes, it was deleted, perhaps on another page. Read each time, since a memo that
    // nobody reads remembers nothing.
    let was_there = Memo::new(move |was: Option<&Option<String>>| match job.with(Option::is_some) {
        true => Some(id.get()),
        false => was.cloned().flatten(),
    });
    let inside = move || match (job.get(), failed.get(), was_there.get() == Some(id.get())) {
        (Some(job), ..) => view! { <Whole job /> }.into_any(),
        (None, None, true) => view! { <Gone deleted=id.get_untracked() /> }.into_any(),
        (None, Some(failure), _) if failure.code() == code::NOT_FOUND => view! { <Gone /> }.into_any(),
        (None, Some(failure), _) => {
            let again = move |()| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
            view! { <FailureNotice failure on_again=again /> }.into_any()
        }
        (None, None, false) => view! { <Waiting /> }.into_any(),
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

/// Asks for the job: when its address is opened, after each gap of the live socket, and on request.
fn ask(id: Memo<String>, attempt: RwSignal<u32>, failed: RwSignal<Option<Failure>>, book: Book) {
    let client = use_context::<Client>();
    let live = Live::get();
    Effect::new(move |_| {
        live.map(|live| live.generation().get());
        attempt.track();
        let (Some(client), id) = (client, id.get()) else { return };
        failed.set(None);
        let asked = book.mark();
        spawn_local_scoped_with_cancellation(async move {
            match client.job(&id).await {
                Ok(job) => book.merge([job], asked),
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    });
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
