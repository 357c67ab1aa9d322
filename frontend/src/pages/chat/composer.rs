//! Where one writes: the words, the model, the price before it is spent, send and stop.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::catalogue::{Model, Price};
use studio_shared::error::code;

use super::desk::Desk;
use super::form::Form;
use super::settings::Settings;
use crate::format;
use crate::pages::failure;
use crate::pages::job::notes::Notes;
use crate::pages::left::Left;
use crate::parts::{
    Button, ButtonKind, IconName, Notice, Select, SelectOption, Show, TextArea, Tone, use_toasts,
};
use crate::state::session::SessionState;
use crate::text::Text;
use crate::words::use_words;

/// Where one writes.
#[component]
pub(super) fn Composer(
    /// The conversation.
    desk: Desk,
    /// Something was sent.
    #[prop(into)]
    on_sent: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let form = desk.form;
    let composer = desk.composer;
    let send = {
        let desk = desk.clone();
        Callback::new(move |()| {
            if desk.send() {
                on_sent.run(());
            }
            desk.focus();
        })
    };
    let key = move |event: KeyboardEvent| {
        // While a word is being composed, Enter belongs to the input method; older browsers say so by 229.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            send.run(());
        }
    };
    let on_submit = move |event: SubmitEvent| event.prevent_default();
    let notes = form.notes();
    view! {
        <form class="composer" novalidate=true on:submit=on_submit>
            <Show when=move || notes.with(|notes| !notes.is_empty())>
                <Notice tone=Tone::Warning title=words.text(|t| t.chat.notes)><Notes notes /></Notice>
            </Show>
            <div class="composer__box" on:keydown=key>
                <TextArea
                    rows=2
                    value=form.text()
                    on_input=move |text: String| form.text().set(text)
                    label=words.text(|t| t.chat.message)
                    placeholder=words.text(|t| t.chat.message_example)
                    node_ref=composer
                />
            </div>
            <div class="composer__line">
                <ModelChoice form />
                <Estimate desk=desk.clone() />
                <SendOrStop desk on_send=send />
            </div>
            <Left />
            <Settings form />
        </form>
    }
}

/// Send; while an answer comes, stop.
#[component]
fn SendOrStop(
    /// The conversation.
    desk: Desk,
    /// Sends.
    on_send: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let stopping = RwSignal::new(false);
    let busy = {
        let desk = desk.clone();
        Memo::new(move |_| desk.is_busy())
    };
    let stop = Callback::new(move |()| {
        let Some(turn) = untrack(|| desk.last()) else { return };
        let desk = desk.clone();
        stopping.set(true);
        spawn_local(async move {
            let answer = desk.talks.stop(&turn).await;
            stopping.try_set(false);
            match answer {
                // It has ended by itself meanwhile.
                Err(failure) if failure.code() == code::WRONG_STATE => {}
                Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
                Ok(()) => {}
            }
            desk.focus();
        });
    });
    // One button that changes: it keeps its place and the focus.
    view! {
        <span class="composer__send" class:composer__send--busy=busy>
            <span class="composer__face" hidden=busy>
                <Button kind=ButtonKind::Primary icon=IconName::Send on_click=move |_| on_send.run(())>
                    {words.text(|t| t.chat.send)}
                </Button>
            </span>
            <span class="composer__face" hidden=move || !busy.get()>
                <Button icon=IconName::Stop busy=stopping on_click=move |_| stop.run(())>{words.text(|t| t.chat.stop)}</Button>
            </span>
        </span>
    }
}

/// Which model, with its price.
#[component]
fn ModelChoice(
    /// What is being written.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let option = move |model: &'static Model| {
        let label = move || {
            let name = model.name.get(words.language());
            short(model.price).map_or_else(|| name.to_owned(), |price| format!("{name} · {price}"))
        };
        SelectOption::new(model.id, Text::from(label))
    };
    let options = Signal::derive(move || form.models().into_iter().map(option).collect::<Vec<_>>());
    let chosen = Signal::derive(move || form.model().map(|model| model.id.to_owned()).unwrap_or_default());
    view! {
        <span class="composer__model">
            <Select
                label=words.text(|t| t.chat.model)
                options
                value=chosen
                on_change=move |id: String| form.set("model", id)
            />
        </span>
    }
}

/// For a million tokens, in and out: `¥0.30 / ¥0.60`.
fn short(price: Price) -> Option<String> {
    match price {
        Price::MillionTokens { input_cny, output_cny } => {
            Some(format!("{} / {}", format::money(input_cny), format::money(output_cny)))
        }
        _ => None,
    }
}

fn price(price: Price, words: crate::words::WordsHandle) -> String {
    let texts = &words.texts().chat;
    match price {
        Price::MillionTokens { input_cny, output_cny } => {
            (texts.price_tokens)(&format::money(input_cny), &format::money(output_cny))
        }
        _ => texts.price_unlisted.to_owned(),
    }
}

/// What it costs at most.
#[component]
fn Estimate(
    /// The conversation.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let form = desk.form;
    let most = Memo::new(move |_| form.text().with(|text| desk.estimate(text)));
    let told = move || {
        let texts = words.texts();
        let mut told = Vec::new();
        told.extend(most.get().map(|most| (texts.chat.estimate)(&format::money(most))));
        told.extend(form.model().map(|model| price(model.price, words)));
        told.extend(session.is_simulated().then(|| texts.create.simulated.to_owned()));
        told.join(" · ")
    };
    view! { <span class="composer__price" data-testid="estimate">{told}</span> }
}
