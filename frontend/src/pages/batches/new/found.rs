//! What would become of it: how many, how much, how long; and the button.

use leptos::prelude::*;
use studio_shared::batch::{BatchNote, BatchQuote};
use studio_shared::catalogue::PRICES_AS_OF;

use super::desk::{Desk, Outcome};
use crate::format;
use crate::pages::batches::row::price;
use crate::pages::failure::FailureNotice;
use crate::pages::job::notes::Notes;
use crate::pages::left::Left;
use crate::parts::{
    Button, ButtonKind, ButtonSize, IconName, KeyList, KeyValue, Notice, Progress, Show, Skeleton,
    SkeletonShape, Tone,
};
use crate::state::session::SessionState;
use crate::words::use_words;

/// The dry run, as far as it is.
#[component]
pub(super) fn Found(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let quote = Memo::new(move |_| match desk.outcome.get() {
        Outcome::Asking(quote) => quote,
        Outcome::Known(quote) => Some(quote),
        Outcome::Nothing | Outcome::Failed(_) => None,
    });
    let is_asking = Memo::new(move |_| desk.outcome.with(|outcome| matches!(outcome, Outcome::Asking(_))));
    let is_ready = Memo::new(move |_| desk.is_ready());
    let is_something = Memo::new(move |_| desk.outcome.with(|outcome| *outcome != Outcome::Nothing));
    let failure = move || match desk.outcome.get() {
        Outcome::Failed(failure) => Some(view! { <FailureNotice failure on_again=move |()| desk.ask() /> }),
        _ => None,
    };
    let refused = move || {
        desk.refused.get().map(|failure| view! { <FailureNotice failure on_again=move |()| desk.start() /> })
    };
    let is_known = Memo::new(move |_| quote.with(Option::is_some));
    let instead = move || match (is_known.get(), is_something.get(), is_asking.get()) {
        (false, false, _) => {
            Some(view! { <p class="muted">{words.text(|t| t.batches.check_help)}</p> }.into_any())
        }
        (false, true, true) => Some(view! { <Skeleton shape=SkeletonShape::Lines(4) /> }.into_any()),
        _ => None,
    };
    let label = move || {
        let texts = words.texts();
        let most = quote.with(|quote| quote.as_ref().and_then(|quote| quote.price.high).map(format::money));
        (texts.batches.start)(most.filter(|_| is_ready.get()).as_deref())
    };
    view! {
        <div class="found__head">
            <h2 class="new-batch__title" id="dry-run">{words.text(|t| t.batches.check)}</h2>
            <Show when=move || is_something.get()>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Retry busy=is_asking on_click=move |_| desk.ask()>
                    {words.text(|t| t.batches.check_now)}
                </Button>
            </Show>
        </div>
        <div class="found__body" class:found__body--old=is_asking aria-busy=move || is_asking.get().to_string()>
            {instead}
            // Always drawn: what it shows and whether it is shown change at once.
            <div class="found__figures" hidden=move || !is_known.get()><Figures quote /></div>
        </div>
        <div class="found__wait">
            <Show when=move || is_asking.get()><Progress label=words.text(|t| t.batches.checking) /></Show>
        </div>
        {failure}
        {refused}
        <Button
            kind=ButtonKind::Primary
            size=ButtonSize::Large
            icon=IconName::Play
            busy=desk.starting
            disabled=Signal::derive(move || !is_ready.get())
            on_click=move |_| desk.start()
        >
            {label}
        </Button>
        <p class="small muted found__foot"><Foot is_ready /></p>
        <Left />
    }
}

/// What stands below the button: what is to be done first, or what is billed.
#[component]
fn Foot(
    /// Whether it can be started.
    is_ready: Memo<bool>,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    move || match (is_ready.get(), session.is_simulated()) {
        (false, _) => words.texts().batches.not_yet.to_owned(),
        (true, true) => words.texts().create.simulated.to_owned(),
        (true, false) => (words.texts().create.prices_as_of)(PRICES_AS_OF),
    }
}

/// How many, how much, how long, and what is sent otherwise.
#[component]
fn Figures(
    /// What the worker has said.
    quote: Memo<Option<BatchQuote>>,
) -> impl IntoView {
    let words = use_words();
    let read =
        move |read: fn(&BatchQuote) -> u32| quote.with(|quote| quote.as_ref().map(read).unwrap_or_default());
    let kinds = move || {
        let texts = words.texts();
        let kinds = quote.with(|quote| quote.as_ref().map(|quote| quote.kinds.clone()).unwrap_or_default());
        let each = kinds.iter().map(|of| format!("{} {}", (texts.shell.kind)(of.kind), of.count));
        each.collect::<Vec<_>>().join(" · ")
    };
    let cost = move || quote.with(|quote| quote.as_ref().map(|quote| price(&quote.price, words.texts())));
    let unpriced = move || Some(read(|quote| quote.unpriced)).filter(|count| *count > 0);
    let time = move || {
        let texts = &words.texts().batches;
        let ms = quote.with(|quote| quote.as_ref().map(|quote| quote.send_ms).unwrap_or_default());
        (texts.sent_in)(&(texts.about)(ms))
    };
    let notes = Memo::new(move |_| {
        quote.with(|quote| quote.as_ref().map(|quote| quote.notes.clone()).unwrap_or_default())
    });
    let is_right = move || read(|quote| quote.wrong) == 0;
    view! {
        <p class="found__count"><strong>{move || (words.texts().batches.entries)(read(|quote| quote.entries))}</strong>" "{kinds}</p>
        <KeyList>
            <KeyValue name=words.text(|t| t.batches.price)>
                <span data-testid="price">{cost}</span>
                {move || unpriced().map(|count| view! { <span class="muted">" "{(words.texts().batches.unpriced)(count)}</span> })}
            </KeyValue>
            <KeyValue name=words.text(|t| t.batches.time)>{time}</KeyValue>
        </KeyList>
        <Show
            when=is_right
            fallback=move || view! {
                <Notice tone=Tone::Danger live=true title=move || (words.texts().batches.wrong)(read(|quote| quote.wrong))>
                    {words.text(|t| t.batches.wrong_help)}
                </Notice>
            }
        >
            <Notice tone=Tone::Success title=words.text(|t| t.batches.all_right) />
        </Show>
        <Show when=move || notes.with(|notes| !notes.is_empty())>
            <Notice tone=Tone::Warning title=words.text(|t| t.create.sent_otherwise)>
                <Otherwise notes />
            </Notice>
        </Show>
    }
}

/// What is sent otherwise, each with the entries it is about.
#[component]
fn Otherwise(
    /// The notes.
    notes: Memo<Vec<BatchNote>>,
) -> impl IntoView {
    let words = use_words();
    let line = move |BatchNote { note, entries, first }: BatchNote| {
        let about = move || {
            let texts = &words.texts().batches;
            match entries {
                1 => (texts.entry)(first.saturating_add(1)),
                _ => (texts.entries)(entries),
            }
        };
        view! { <p class="found__about">{about}</p><Notes notes=vec![note] /> }
    };
    move || notes.get().into_iter().map(line).collect_view()
}
