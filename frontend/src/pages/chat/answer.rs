//! An answer: the text as it comes, how it stands, and what can be done with it.

use leptos::prelude::*;
use studio_shared::job::{Finish, State};

use super::desk::Desk;
use super::ending::Ending;
use crate::pages::failure;
use crate::pages::usage::BudgetLink;
use crate::parts::{
    Button, ButtonKind, ButtonSize, IconName, Markdown, Notice, Progress, Show, Tone, use_announcer,
};
use crate::state::talks::turn::{Step, Turn};
use crate::words::use_words;

/// An answer.
#[component]
pub(super) fn AnswerView(
    /// The conversation.
    desk: Desk,
    /// The turn.
    turn: Turn,
) -> impl IntoView {
    let words = use_words();
    announce(&turn);
    let step = RwSignal::from(turn.step.clone());
    let text = RwSignal::from(turn.text.clone());
    let growing = Memo::new(move |_| step.with(|step| *step != Step::Ended));
    let has_text = Memo::new(move |_| text.with(|text| !text.is_empty()));
    let refused = Memo::new(move |_| step.with(|step| matches!(step, Step::Refused(_))));
    let ended = Memo::new(move |_| step.with(|step| *step == Step::Ended));
    let turn = StoredValue::new(turn);
    let desk = StoredValue::new(desk);
    view! {
        <section class="turn__answer" aria-label=words.text(|t| t.chat.model_said) aria-busy=move || growing.get().to_string()>
            <Show when=move || has_text.get()><Markdown text growing level=3 /></Show>
            <Show when=move || growing.get() && !refused.get()><Standing turn=turn.get_value() /></Show>
            <Show when=move || refused.get()><Refused desk=desk.get_value() turn=turn.get_value() /></Show>
            <Show when=move || ended.get()><Ending desk=desk.get_value() turn=turn.get_value() /></Show>
        </section>
    }
}

/// Those who listen are told when an answer begins and when it has ended; not each word.
fn announce(turn: &Turn) {
    let words = use_words();
    let announcer = use_announcer();
    let (step, text, job) = (turn.step.clone(), turn.text.clone(), turn.job.clone());
    let begun = Memo::new(move |_| text.with(|text| !text.is_empty()));
    Effect::new(move |before: Option<(bool, bool)>| {
        let now = (begun.get(), step.with(|step| *step == Step::Ended));
        let texts = &words.texts_untracked().chat;
        match (before, now) {
            (Some((false, _)), (true, false)) => announcer.say(texts.begun),
            (Some((_, false)), (_, true)) => {
                let finish = job.with_untracked(|job| job.as_ref().and_then(|job| job.text.as_ref()?.finish));
                announcer.say(if finish == Some(Finish::Stop) { texts.complete } else { texts.broke_off });
            }
            _ => {}
        }
        now
    });
}

/// How far an answer is that still comes. What waits is waiting, never a failure.
#[component]
fn Standing(
    /// The turn.
    turn: Turn,
) -> impl IntoView {
    let words = use_words();
    let step = RwSignal::from(turn.step.clone());
    let job = RwSignal::from(turn.job.clone());
    let text = RwSignal::from(turn.text.clone());
    let pace = RwSignal::from(turn.pace.clone());
    let has_text = Memo::new(move |_| text.with(|text| !text.is_empty()));
    let place =
        Memo::new(move |_| job.with(|job| job.as_ref().map(|job| (job.state, job.place, job.eta_ms))));
    let since =
        Memo::new(move |_| job.with(|job| job.as_ref().map(|job| job.started_at.unwrap_or(job.created_at))));
    let label = move || {
        let texts = words.texts();
        match (step.get(), place.get()) {
            (Step::Sending, _) => texts.chat.sending.to_owned(),
            (Step::Unsent, _) => texts.chat.unsent.to_owned(),
            (Step::Lost, _) => texts.chat.lost.to_owned(),
            (_, Some((State::Queued, Some(place), eta))) => {
                (texts.job.place)(place, eta.map(|ms| ms.div_ceil(1000)), None)
            }
            (_, Some((State::Queued, None, _))) => texts.job.waits.to_owned(),
            _ if has_text.get() => pace.with(|pace| {
                let tokens = pace.tokens().map(texts.chat.tokens_so_far);
                let speed = pace.per_second().map(texts.chat.pace);
                tokens.into_iter().chain(speed).collect::<Vec<_>>().join(" · ")
            }),
            _ => texts.chat.thinking.to_owned(),
        }
    };
    let reason = Memo::new(move |_| job.with(|job| job.as_ref().and_then(|job| job.error.clone())));
    let reason = move || {
        reason.get().map(|error| {
            view! { <p class="going__reason">{error.advice.get(words.language()).to_owned()}</p> }
        })
    };
    view! { <div class="going" data-testid="standing"><Progress label since />{reason}</div> }
}

/// What was not sent, and what the person can do about it.
#[component]
fn Refused(
    /// The conversation.
    desk: Desk,
    /// The turn.
    turn: Turn,
) -> impl IntoView {
    let words = use_words();
    let step = RwSignal::from(turn.step.clone());
    let line = move || match step.get() {
        Step::Refused(failure) => failure::line(&failure, words.texts()),
        _ => String::new(),
    };
    let code = Signal::derive(move || match step.get() {
        Step::Refused(failure) => failure.code().to_owned(),
        _ => String::new(),
    });
    let turn = StoredValue::new(turn);
    let desk = StoredValue::new(desk);
    let again = move |_| {
        let (desk, turn) = (desk.get_value(), turn.get_value());
        desk.talks.again(&desk.talk, &turn);
    };
    let back = move |_| {
        let (desk, turn) = (desk.get_value(), turn.get_value());
        desk.form.text().set(turn.request.prompt().to_owned());
        desk.focus();
        crate::state::soon(move || desk.talks.forget(&desk.talk, &turn));
    };
    let actions = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=again>{words.text(|t| t.chat.retry)}</Button>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=back>{words.text(|t| t.chat.take_back)}</Button>
            <BudgetLink code />
        }
    };
    view! { <Notice tone=Tone::Danger live=true title=words.text(|t| t.chat.refused) actions>{line}</Notice> }
}
