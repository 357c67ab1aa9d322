//! The entries of a batch, in their order, as many as have been scrolled to.

use leptos::prelude::*;
use studio_shared::batch::{Batch, Counts};
use studio_shared::job::{Job, State};

use super::edit::Edit;
use super::entry::EntryRow;
use crate::api::{Client, JobQuery};
use crate::pages::listed::{FeedFailure, More};
use crate::parts::{Choice, ChoiceLook, ChoiceOption, For, Show, Skeleton, SkeletonShape};
use crate::state::fact;
use crate::state::feed::{Feed, Phase};
use crate::words::{Texts, use_words};

/// Entries a page of the list.
const PAGE: u32 = 50;

/// A way to look at the entries: what it is called, how many there are, and the state that is asked for.
type Look = (&'static str, fn(&Texts) -> &'static str, fn(&Counts) -> u32);

static LOOKS: [Look; 6] = [
    ("", |texts| texts.batches.all, |counts| counts.total),
    ("done", |texts| texts.batches.done, |counts| counts.done),
    ("failed", |texts| texts.batches.failed, |counts| counts.failed),
    ("unsure", |texts| texts.batches.unsure, |counts| counts.unsure),
    ("queued", |texts| texts.batches.waiting, |counts| counts.waiting),
    ("canceled", |texts| texts.batches.canceled, |counts| counts.canceled),
];

/// The entries of a batch.
#[component]
pub(super) fn Entries(
    /// The batch.
    batch: RwSignal<Batch>,
) -> impl IntoView {
    let words = use_words();
    let id = fact(batch, |batch| batch.id.clone());
    let counts = fact(batch, |batch| batch.counts);
    let state = RwSignal::new(None::<State>);
    let query = Memo::new(move |_| JobQuery {
        batch: Some(id.get()),
        state: state.get(),
        limit: Some(PAGE),
        ..JobQuery::default()
    });
    let options = LOOKS.map(|(value, name, count)| {
        ChoiceOption::new(value, move || format!("{} {}", name(words.texts()), counts.with(count)))
    });
    let value = Signal::derive(move || state.get().map(State::as_str).unwrap_or_default().to_owned());
    let feed = use_context::<Client>().map(|client| Feed::new(client, query.into()));
    let edited = RwSignal::new(None::<RwSignal<Job>>);
    view! {
        <section class="entries" aria-labelledby="entries">
            <div class="entries__head">
                <h2 class="new-batch__title" id="entries">{words.text(|t| t.batches.list)}</h2>
                <Choice
                    look=ChoiceLook::Chips
                    label=words.text(|t| t.batches.shown)
                    options=options.to_vec()
                    value
                    on_change=move |name: String| state.set(State::from_name(&name))
                />
            </div>
            {feed.map(|feed| view! { <List feed on_edit=move |job| edited.set(Some(job)) /> })}
        </section>
        <Edit edited />
    }
}

/// The entries, and the way to more of them.
#[component]
fn List(
    /// The list.
    feed: Feed,
    /// Changes an entry.
    #[prop(into)]
    on_edit: Callback<RwSignal<Job>>,
) -> impl IntoView {
    let words = use_words();
    let jobs = feed.jobs();
    let phase = feed.phase();
    let is_first = Memo::new(move |_| phase.with(|phase| *phase == Phase::First));
    let is_asking = Memo::new(move |_| phase.with(|phase| matches!(phase, Phase::First | Phase::Asking)));
    let nothing = move || phase.with(|phase| *phase == Phase::Ready) && jobs.with(Vec::is_empty);
    view! {
        <FeedFailure feed />
        <ol class="entries__list" aria-busy=move || is_asking.get().to_string() aria-label=words.text(|t| t.batches.list)>
            <For each=move || jobs.get() key=|(id, _)| id.clone() let((_, job))>
                <li class="entry"><EntryRow job on_edit /></li>
            </For>
            <Show when=move || is_first.get() && jobs.with(Vec::is_empty)>
                <li aria-hidden="true"><Skeleton shape=SkeletonShape::Lines(6) /></li>
            </Show>
        </ol>
        <Show when=nothing><p class="muted">{words.text(|t| t.batches.none_so)}</p></Show>
        <More feed is_asking />
    }
}
