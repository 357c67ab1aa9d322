//! How far a batch is: one bar for all its entries, by where they stand.

use leptos::prelude::*;
use studio_shared::batch::Counts;

use crate::words::{Texts, use_words};

/// A bar for all entries of a batch.
#[component]
pub(super) fn Bar(
    /// Where they stand.
    #[prop(into)]
    counts: Signal<Counts>,
) -> impl IntoView {
    let words = use_words();
    let label = move || spoken(&counts.get(), words.texts());
    let part = move |class: &'static str, from: fn(&Counts) -> u32, to: fn(&Counts) -> u32| {
        let x = move || counts.with(from).to_string();
        let width = move || counts.with(|counts| to(counts).saturating_sub(from(counts))).to_string();
        view! { <rect class=class x=x y="0" width=width height="1"></rect> }
    };
    view! {
        <svg
            class="batch-bar"
            role="img"
            aria-label=label
            viewBox=move || format!("0 0 {} 1", counts.with(|counts| counts.total.max(1)))
            preserveAspectRatio="none"
        >
            {part("batch-bar__done", |_| 0, |counts| counts.done)}
            {part("batch-bar__failed", |counts| counts.done, lost)}
            {part("batch-bar__canceled", lost, Counts::ended)}
            {part("batch-bar__active", Counts::ended, |counts| counts.ended().saturating_add(counts.active))}
        </svg>
    }
}

/// Entries that have come out, or have not.
const fn lost(counts: &Counts) -> u32 {
    counts.done.saturating_add(counts.failed).saturating_add(counts.unsure)
}

/// The same in words, leaving out what there is none of.
pub(super) fn spoken(counts: &Counts, texts: &Texts) -> String {
    let texts = &texts.batches;
    let each = [
        (texts.done, counts.done),
        (texts.failed, counts.failed),
        (texts.unsure, counts.unsure),
        (texts.canceled, counts.canceled),
        (texts.active, counts.active),
        (texts.waiting, counts.waiting),
    ];
    let told =
        each.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}"));
    std::iter::once((texts.progress)(counts.ended(), counts.total))
        .chain(told)
        .collect::<Vec<_>>()
        .join(" · ")
}
