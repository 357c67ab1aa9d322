//! The page: everything that was made, the newest first.

mod filters;
mod picking;
pub(crate) mod reach;

use leptos::prelude::*;

use self::filters::{Filters, query_of_address};
use self::picking::{Pick, Picking, PickingBar};
use crate::api::{Client, JobQuery};
use crate::pages::job::tile::JobTile;
use crate::pages::listed::{FeedFailure, More};
use crate::parts::{
    ButtonKind, ButtonLink, ButtonSize, Card, Empty, For, IconName, Page, Show, Skeleton, SkeletonShape,
};
use crate::state::feed::{Feed, Phase};
use crate::words::use_words;

/// Jobs a page of the list.
const PAGE: u32 = 24;

/// The page: history.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let words = use_words();
    let query = query_of_address(PAGE);
    let feed = use_context::<Client>().map(|client| Feed::new(client, query.into()));
    let aside = move || {
        view! {
            <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small href="/shares">{words.text(|t| t.share.shares)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small href="/storage">{words.text(|t| t.kept.storage)}</ButtonLink>
        }
    };
    view! {
        <Page title=words.text(|t| t.shell.history) aside>
            <Filters query />
            {feed.map(|feed| view! { <Grid feed query /> })}
        </Page>
    }
}

/// The jobs, and the way to more of them.
#[component]
fn Grid(
    /// The list.
    feed: Feed,
    /// What was asked for.
    query: Memo<JobQuery>,
) -> impl IntoView {
    let words = use_words();
    let jobs = feed.jobs();
    let picking = Picking::new();
    let phase = feed.phase();
    let is_first = Memo::new(move |_| phase.with(|phase| *phase == Phase::First));
    let is_asking = Memo::new(move |_| phase.with(|phase| matches!(phase, Phase::First | Phase::Asking)));
    let nothing = move || phase.with(|phase| *phase == Phase::Ready) && jobs.with(Vec::is_empty);
    view! {
        <FeedFailure feed />
        <Show when=move || !jobs.with(Vec::is_empty)><PickingBar picking jobs /></Show>
        <ul class="history__grid" aria-busy=move || is_asking.get().to_string() aria-label=words.text(|t| t.history.list)>
            <For each=move || jobs.get() key=|(id, _)| id.clone() let((_, job))>
                <li><Pick picking job=job.clone() /><Card tight=true><JobTile job /></Card></li>
            </For>
            <Show when=move || is_first.get() && jobs.with(Vec::is_empty)><Placeholders /></Show>
        </ul>
        <Show when=nothing><Nothing query /></Show>
        <More feed is_asking />
    }
}

/// Places of jobs to come.
#[component]
fn Placeholders() -> impl IntoView {
    let place = |_| {
        view! {
            <li aria-hidden="true">
                <Card tight=true>
                    <Skeleton shape=SkeletonShape::Picture(1, 1) />
                    <Skeleton shape=SkeletonShape::Lines(2) />
                </Card>
            </li>
        }
    };
    (0..8).map(place).collect_view()
}

/// There is nothing: not yet, or nothing that matches.
#[component]
fn Nothing(
    /// What was asked for.
    query: Memo<JobQuery>,
) -> impl IntoView {
    let words = use_words();
    move || {
        if filters::is_narrow(&query.get()) {
            let actions =
                move || view! { <ButtonLink href="/history">{words.text(|t| t.history.clear)}</ButtonLink> };
            view! { <Empty icon=IconName::Search title=words.text(|t| t.history.no_match) actions>{words.text(|t| t.history.no_match_help)}</Empty> }
        } else {
            let actions = move || {
                view! { <ButtonLink href="/" kind=ButtonKind::Primary icon=IconName::Spark>{words.text(|t| t.shell.to_create)}</ButtonLink> }
            };
            view! { <Empty title=words.text(|t| t.history.nothing) actions>{words.text(|t| t.history.nothing_help)}</Empty> }
        }
    }
}
