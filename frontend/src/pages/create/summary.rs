//! What will happen on pressing the button: the price, what is sent otherwise, the wait.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::catalogue::PRICES_AS_OF;

use super::form::Form;
use super::pricing::Pricing;
use crate::api::Client;
use crate::format;
use crate::pages::job::notes::Notes;
use crate::pages::left::Left;
use crate::parts::{Button, ButtonKind, ButtonSize, IconName, Notice, Show, Tone};
use crate::state::session::SessionState;
use crate::words::use_words;

/// A pause in typing after which the worker is asked for the wait.
const PAUSE: Duration = Duration::from_millis(500);

/// What will be sent otherwise than asked for, said before it is sent.
#[component]
pub(super) fn Differences(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let notes = form.notes();
    view! {
        <Show when=move || notes.with(|notes| !notes.is_empty())>
            <Notice tone=Tone::Warning title=words.text(|t| t.create.sent_otherwise)>
                <Notes notes />
            </Notice>
        </Show>
    }
}

/// The price, the wait, and the button.
#[component]
pub(super) fn Summary(
    /// The form.
    form: Form,
    /// Submits.
    #[prop(into)]
    on_submit: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <div class="summary">
            <div class="summary__facts">
                <Price form />
                <Outlook form />
                <Left />
            </div>
            <Button
                kind=ButtonKind::Primary
                size=ButtonSize::Large
                icon=IconName::Spark
                on_click=move |_| on_submit.run(())
            >
                {move || (words.texts().create.submit)(form.kind())}
            </Button>
        </div>
    }
}

/// What it costs: one picture, times how many.
#[component]
fn Price(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let is_simulated = Memo::new(move |_| session.is_simulated());
    let price = Memo::new(move |_| form.price());
    let total = move || {
        let texts = &words.texts().create;
        match price.get()? {
            // Nothing is written yet.
            Pricing::Total { each, quantity: 0, .. } | Pricing::ByLength { each } => {
                Some((texts.each)(form.kind(), &format::money(each)))
            }
            Pricing::Total { total, .. } => Some(format::money(total)),
            Pricing::Unlisted => Some(texts.unlisted.to_owned()),
        }
    };
    let how = move || {
        let texts = &words.texts().create;
        match price.get()? {
            Pricing::Total { quantity: 0, .. } => None,
            Pricing::Total { each, quantity, .. } => {
                Some((texts.price_how)(form.kind(), &format::money(each), quantity))
            }
            Pricing::ByLength { .. } => Some(texts.by_length.to_owned()),
            Pricing::Unlisted => Some(texts.unlisted_help.to_owned()),
        }
    };
    let billed = move || {
        let texts = &words.texts().create;
        if is_simulated.get() { texts.simulated.to_owned() } else { (texts.prices_as_of)(PRICES_AS_OF) }
    };
    view! {
        <p class="summary__price" data-testid="price">
            <strong class="summary__total">{total}</strong>
            <span class="summary__how">{how}</span>
        </p>
        <p class="summary__line">{billed}</p>
    }
}

/// What is still in the way; else how long until it would be sent.
#[component]
fn Outlook(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let missing = Memo::new(move |_| form.count_problems());
    view! {
        <p class="summary__line">
            <Show
                when=move || missing.get() == 0
                fallback=move || view! { {move || (words.texts().create.problems)(missing.get())} }
            >
                <Wait form />
            </Show>
        </p>
    }
}

/// How long until it would be sent: the one thing only the worker knows.
#[component]
fn Wait(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let client = use_context::<Client>();
    let wait = RwSignal::new(None::<u64>);
    // Only these decide the wait; the words of the prompt do not.
    let question = Memo::new(move |_| {
        form.request().map(|request| (request.kind(), request.model().to_owned(), request.price()))
    });
    Effect::new(move |_| {
        if question.with(Option::is_none) {
            return;
        }
        let ask = move || {
            if let (Some(client), Some(request)) = (client, untrack(|| form.request())) {
                spawn_local(async move {
                    wait.try_set(client.quote(&request).await.ok().map(|quote| quote.wait_ms));
                });
            }
        };
        if let Ok(timeout) = set_timeout_with_handle(ask, PAUSE) {
            on_cleanup(move || timeout.clear());
        }
    });
    move || {
        let seconds = wait.get()?.div_ceil(1000);
        Some((words.texts().create.wait)(seconds))
    }
}
