//! What was made lately, the newest first: it moves by itself.

use leptos::prelude::*;

use super::form::Form;
use super::submission::SubmissionCard;
use crate::api::{Client, JobQuery};
use crate::pages::failure::FailureNotice;
use crate::pages::job::card::JobCard;
use crate::parts::{
    ButtonKind, ButtonLink, ButtonSize, Card, Empty, For, IconName, Show, Skeleton, SkeletonShape,
};
use crate::state::book::JobSignal;
use crate::state::feed::{Feed, Phase};
use crate::state::submissions::{Submission, Submissions};
use crate::words::use_words;

/// So many jobs are shown here; the others are in the history.
const SHOWN: u32 = 10;

/// What was made lately, and what is on its way to the worker.
#[component]
pub(super) fn Recent(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let feed = use_context::<Client>().map(|client| {
        Feed::new(
            client,
            Signal::stored(JobQuery { kind: Some(form.kind()), limit: Some(SHOWN), ..JobQuery::default() }),
        )
    });
    let submissions = Submissions::get();
    let jobs = feed.map(Feed::jobs);
    let has_come = move |submission: &Submission| {
        let came_of_it = |(_, job): &(String, JobSignal)| job.with_untracked(|job| submission.became(job));
        jobs.is_some_and(|jobs| jobs.with(|jobs| jobs.iter().any(came_of_it)))
    };
    let on_their_way = move || {
        let mut all = submissions.map(|submissions| submissions.all().get()).unwrap_or_default();
        all.retain(|submission| submission.request.kind() == form.kind() && !has_come(submission));
        all
    };
    view! {
        <header class="recent__head">
            <h2 class="recent__title" id="recent">{words.text(|t| t.create.recent)}</h2>
            <ButtonLink href="/history" kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Clock>
                {words.text(|t| t.create.all)}
            </ButtonLink>
        </header>
        <ul class="recent__list">
            <For each=on_their_way key=|submission| submission.key.clone() let:submission>
                <li><Card tight=true><SubmissionCard submission form /></Card></li>
            </For>
            {feed.zip(jobs).map(|(feed, jobs)| view! { <Jobs form feed jobs is_empty=Signal::derive(move || on_their_way().is_empty()) /> })}
        </ul>
    }
}

/// The jobs of the feed.
#[component]
fn Jobs(
    /// The form.
    form: Form,
    /// The list.
    feed: Feed,
    /// What is in it.
    jobs: Memo<Vec<(String, JobSignal)>>,
    /// Whether nothing is on its way either.
    is_empty: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let phase = feed.phase();
    let is_first = Memo::new(move |_| phase.with(|phase| *phase == Phase::First));
    // What is on its way has its place at the head of the list: places of jobs to come would be pushed down by it.
    let waits = move || is_first.get() && is_empty.get() && jobs.with(Vec::is_empty);
    let nothing =
        move || phase.with(|phase| *phase == Phase::Ready) && jobs.with(Vec::is_empty) && is_empty.get();
    let failure = move || match phase.get() {
        Phase::Failed(failure) => {
            Some(view! { <li><FailureNotice failure on_again=move |()| feed.again() /></li> })
        }
        Phase::First | Phase::Ready | Phase::Asking => None,
    };
    view! {
        {failure}
        <For each=move || jobs.get() key=|(id, _)| id.clone() let((_, job))>
            <li><Card tight=true><JobCard job /></Card></li>
        </For>
        <Show when=waits>
            {(0..2).map(|_| view! {
                <li aria-hidden="true">
                    <Card tight=true>
                        <Skeleton shape=SkeletonShape::Lines(2) />
                        <Skeleton shape=SkeletonShape::Picture(16, 9) />
                    </Card>
                </li>
            }).collect_view()}
        </Show>
        <Show when=nothing>
            <li><Empty icon=IconName::Spark title=words.text(|t| t.create.nothing)>{move || (words.texts().create.nothing_help)(form.kind())}</Empty></li>
        </Show>
    }
}
