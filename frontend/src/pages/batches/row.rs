//! One batch in the list.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::batch::{Batch, BatchState};
use studio_shared::quote::PriceRange;

use super::bar::{Bar, spoken};
use crate::format;
use crate::parts::{Ago, Badge, Card, Tone};
use crate::state::batches::BatchSignal;
use crate::state::fact;
use crate::words::{Texts, use_words};

/// Where a batch stands.
#[component]
pub(super) fn BatchBadge(
    /// The batch.
    batch: RwSignal<Batch>,
) -> impl IntoView {
    let words = use_words();
    let state = fact(batch, |batch| (batch.state, batch.counts.failed.saturating_add(batch.counts.unsure)));
    let tone = Signal::derive(move || match state.get() {
        (BatchState::Running, _) => Tone::Info,
        (BatchState::Done, 0) => Tone::Success,
        (BatchState::Paused, _) | (BatchState::Done, _) => Tone::Warning,
        (BatchState::Canceled, _) => Tone::Neutral,
    });
    let moving = Signal::derive(move || state.get().0 == BatchState::Running);
    view! { <Badge tone moving>{move || (words.texts().batches.state)(state.get().0)}</Badge> }
}

/// A price before the work is done, as far as it is known.
pub(super) fn price(price: &PriceRange, texts: &Texts) -> String {
    match (price.low, price.high) {
        (Some(low), Some(high)) => format::money_range(low, high),
        (None, Some(one)) | (Some(one), None) => format::money(one),
        (None, None) => texts.create.unlisted.to_owned(),
    }
}

/// One batch in the list: it moves by itself.
#[component]
pub(super) fn BatchRow(
    /// The batch.
    batch: BatchSignal,
) -> impl IntoView {
    let words = use_words();
    let batch = RwSignal::from(batch);
    let address = fact(batch, |batch| format!("/batches/{}", batch.id));
    let name = fact(batch, |batch| batch.name.clone());
    let counts = fact(batch, |batch| batch.counts);
    let created_at = fact(batch, |batch| batch.created_at);
    let cost = fact(batch, |batch| (batch.spent, batch.price.clone()));
    let cost = move || {
        let texts = words.texts();
        cost.with(|(spent, quoted)| format!("{} / {}", format::money(*spent), price(quoted, texts)))
    };
    view! {
        <Card tight=true>
            <div class="batch-row">
                <A href=move || address.get() attr:class="batch-row__name" attr:dir="auto">{move || name.get()}</A>
                <BatchBadge batch />
                <div class="batch-row__bar"><Bar counts /></div>
                <p class="batch-row__counts">{move || spoken(&counts.get(), words.texts())}</p>
                <p class="batch-row__cost" title=move || format!("{} / {}", words.texts().batches.spent, words.texts().batches.quoted)>{cost}</p>
                <p class="batch-row__ago"><Ago at=created_at /></p>
            </div>
        </Card>
    }
}
