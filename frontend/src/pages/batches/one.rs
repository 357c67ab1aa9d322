//! The page: one batch. How far it is, what can be done with it, and its entries.

mod actions;
mod edit;
mod entries;
mod entry;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos_router::hooks::use_params_map;
use studio_shared::batch::{Batch, BatchState};
use studio_shared::error::code;

use self::actions::BatchActions;
use self::entries::Entries;
use super::bar::{Bar, spoken};
use super::row::{BatchBadge, fact, price};
use crate::api::{Client, Failure};
use crate::format;
use crate::pages::failure::FailureNotice;
use crate::parts::{Ago, ButtonLink, Empty, IconName, Notice, Page, Skeleton, SkeletonShape, Tone};
use crate::state::batches::{BatchSignal, Batches};
use crate::state::live::Live;
use crate::words::use_words;

/// The page: one batch.
#[component]
pub fn BatchPage() -> impl IntoView {
    let words = use_words();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let batches = Batches::get();
    let failed = RwSignal::new(None::<Failure>);
    let attempt = RwSignal::new(0_u32);
    ask(id, attempt, failed, batches);
    let batch = Memo::new(move |_| id.with(|id| batches.find(id)));
    let was_there = Memo::new(move |was: Option<&Option<String>>| match batch.with(Option::is_some) {
        true => Some(id.get()),
        false => was.cloned().flatten(),
    });
    let inside = move || match (batch.get(), failed.get(), was_there.get() == Some(id.get())) {
        (Some(batch), ..) => view! { <Whole batch /> }.into_any(),
        (None, None, true) => view! { <Gone /> }.into_any(),
        (None, Some(failure), _) if failure.code() == code::NOT_FOUND => view! { <Gone /> }.into_any(),
        (None, Some(failure), _) => {
            let again = move |()| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
            view! { <FailureNotice failure on_again=again /> }.into_any()
        }
        (None, None, false) => {
            view! { <div aria-busy="true"><Skeleton shape=SkeletonShape::Lines(6) /></div> }.into_any()
        }
    };
    let title = move || {
        let name = batch.get().map(|batch| batch.with(|batch| format!("\u{2068}{}\u{2069}", batch.name)));
        name.unwrap_or_else(|| words.texts().batches.title.to_owned())
    };
    view! { <Page title>{inside}</Page> }
}

/// Asks for the batch: when its address is opened, after each gap of the live socket, and on request.
fn ask(id: Memo<String>, attempt: RwSignal<u32>, failed: RwSignal<Option<Failure>>, batches: Batches) {
    let client = use_context::<Client>();
    let live = Live::get();
    Effect::new(move |_| {
        live.map(|live| live.generation().get());
        attempt.track();
        let (Some(client), id) = (client, id.get()) else { return };
        failed.set(None);
        let asked = batches.mark();
        spawn_local_scoped_with_cancellation(async move {
            match client.batch(&id).await {
                Ok(batch) => batches.merge([batch], asked),
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    });
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
            let is_money = error.code == code::BUDGET_EXCEEDED || error.code == code::PRICE_UNKNOWN;
            let actions = move || {
                is_money.then(|| {
                    view! { <ButtonLink href="/usage">{words.text(|t| t.batches.to_usage)}</ButtonLink> }
                })
            };
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
