//! The page: one batch. How far it is, what can be done with it, and its entries.

mod actions;
mod edit;
mod entries;
mod entry;

use leptos::prelude::*;
use studio_shared::batch::{Batch, BatchState};

use self::actions::BatchActions;
use self::entries::Entries;
use super::bar::{Bar, spoken};
use super::row::{BatchBadge, price};
use crate::format;
use crate::pages::failure::FailureNotice;
use crate::pages::lookup::{Found, Lookup};
use crate::pages::usage::BudgetLink;
use crate::parts::{Ago, ButtonLink, Empty, IconName, Notice, Page, Skeleton, SkeletonShape, Tone};
use crate::state::batches::{BatchSignal, Batches};
use crate::state::fact;
use crate::words::use_words;

/// The page: one batch.
#[component]
pub fn BatchPage() -> impl IntoView {
    let words = use_words();
    let batches = Batches::get();
    let lookup = Lookup::new(move |client, id| {
        let asked = batches.mark();
        async move { client.batch(&id).await.map(|batch| batches.merge([batch], asked)) }
    });
    let batch = Memo::new(move |_| lookup.id().with(|id| batches.find(id)));
    let found = lookup.found(batch);
    let inside = move || match found() {
        Found::Asking => {
            view! { <div aria-busy="true"><Skeleton shape=SkeletonShape::Lines(6) /></div> }.into_any()
        }
        Found::There(batch) => view! { <Whole batch /> }.into_any(),
        Found::Deleted(_) | Found::Missing => view! { <Gone /> }.into_any(),
        Found::Failed(failure) => {
            view! { <FailureNotice failure on_again=move |()| lookup.again() /> }.into_any()
        }
    };
    let title = move || {
        let name = batch.get().map(|batch| batch.with(|batch| format!("\u{2068}{}\u{2069}", batch.name)));
        name.unwrap_or_else(|| words.texts().batches.title.to_owned())
    };
    view! { <Page title>{inside}</Page> }
}

/// The batch.
#[component]
fn Whole(
    /// The batch.
    batch: BatchSignal,
) -> impl IntoView {
    let words = use_words();
    let batch = RwSignal::from(batch);
    let counts = fact(batch, |batch| batch.counts);
    let created_at = fact(batch, |batch| batch.created_at);
    view! {
        <div class="batch">
            <div class="batch__head">
                <BatchBadge batch />
                <span class="batch__counts" role="status">{move || spoken(&counts.get(), words.texts())}</span>
                <span class="batch__ago"><Ago at=created_at /></span>
            </div>
            <Bar counts />
            <Money batch />
            <Held batch />
            <BatchActions batch />
        </div>
        <Entries batch />
    }
}

/// What it has cost, what it was to cost, when all of it has been sent.
#[component]
fn Money(
    /// The batch.
    batch: RwSignal<Batch>,
) -> impl IntoView {
    let words = use_words();
    let spent = fact(batch, |batch| (batch.spent, batch.at_most));
    let quoted = fact(batch, |batch| batch.price.clone());
    let eta = fact(batch, |batch| batch.eta_ms.filter(|_| batch.state == BatchState::Running));
    let is_open = fact(batch, |batch| matches!(batch.state, BatchState::Running | BatchState::Paused));
    let at_most = move || {
        let (_, at_most) = spent.get();
        (at_most.nano() > 0).then(|| (words.texts().batches.at_most)(&format::money(at_most)))
    };
    let eta = move || eta.get().map_or_else(|| "–".to_owned(), |ms| (words.texts().batches.about)(ms));
    view! {
        <dl class="batch__money">
            <div>
                <dt>{words.text(|t| t.batches.spent)}</dt>
                <dd><strong>{move || format::money(spent.get().0)}</strong>" "<span class="muted small">{at_most}</span></dd>
            </div>
            <div>
                <dt>{words.text(|t| t.batches.quoted)}</dt>
                <dd>{move || quoted.with(|quoted| price(quoted, words.texts()))}</dd>
            </div>
            <div hidden=move || !is_open.get()>
                <dt>{words.text(|t| t.batches.eta)}</dt>
                <dd>{eta}</dd>
            </div>
        </dl>
    }
}

/// Why it has paused, or that it needs nobody. One line is always there.
#[component]
fn Held(
    /// The batch.
    batch: RwSignal<Batch>,
) -> impl IntoView {
    let words = use_words();
    let held = fact(batch, |batch| (batch.state, batch.error.clone()));
    move || match held.get() {
        (BatchState::Paused, Some(error)) => {
            let code = Signal::stored(error.code.clone());
            let actions = move || view! { <BudgetLink code /> };
            let advice = error.advice.clone();
            view! {
                <Notice tone=Tone::Warning live=true title=words.text(|t| t.batches.held_up) actions>
                    <p>{move || advice.get(words.language()).to_owned()}</p>
                    <p class="trouble__message"><code>{error.code}</code>" "<bdi>{error.message}</bdi></p>
                </Notice>
            }
            .into_any()
        }
        (BatchState::Paused, None) => {
            view! { <p class="small muted">{words.text(|t| t.batches.is_paused)}</p> }.into_any()
        }
        (BatchState::Running, _) => {
            view! { <p class="small muted">{words.text(|t| t.batches.goes_on)}</p> }.into_any()
        }
        (BatchState::Done | BatchState::Canceled, _) => ().into_any(),
    }
}

/// There is no such batch, or no longer.
#[component]
fn Gone() -> impl IntoView {
    let words = use_words();
    let actions =
        move || view! { <ButtonLink href="/batches">{words.text(|t| t.batches.to_list)}</ButtonLink> };
    view! {
        <Empty icon=IconName::Search title=words.text(|t| t.batches.gone) actions>
            {words.text(|t| t.batches.gone_help)}
        </Empty>
    }
}
