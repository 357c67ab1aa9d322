//! How an answer has ended: why, what it cost, and what can be done with it.

use leptos::prelude::*;
use studio_shared::job::{Finish, State};

use super::desk::Desk;
use super::figures::Figures;
use crate::pages::job::trouble::{self, Told};
use crate::pages::sharing::ShareButton;
use crate::pages::sharing::subject::Subject;
use crate::parts::{Button, ButtonKind, ButtonSize, CopyButton, Dialog, IconName, Notice, Show, Tone};
use crate::state::talks::turn::Turn;
use crate::words::use_words;

/// How an answer has ended.
#[component]
pub(super) fn Ending(
    /// The conversation.
    desk: Desk,
    /// The turn.
    turn: Turn,
) -> impl IntoView {
    let words = use_words();
    let job = RwSignal::from(turn.job.clone());
    let text = RwSignal::from(turn.text.clone());
    let has_text = Memo::new(move |_| text.with(|text| !text.is_empty()));
    let state = Memo::new(move |_| job.with(|job| job.as_ref().map_or(State::Done, |job| job.state)));
    let finish = Memo::new(move |_| job.with(|job| job.as_ref().and_then(|job| job.text.as_ref()?.finish)));
    let trouble = Memo::new(move |_| job.with(|job| job.as_ref().and_then(trouble::read)));
    // Why it ends where it ends, where that is not because all was said.
    let unfinished = move || match (finish.get(), state.get()) {
        (Some(Finish::Length), _) => Some((Tone::Info, words.texts().chat.finish_length)),
        (Some(Finish::Stopped), _) => Some((Tone::Neutral, words.texts().chat.finish_stopped)),
        (Some(Finish::Cut), _) => Some((Tone::Warning, words.texts().chat.finish_cut)),
        (_, State::Canceled) => Some((Tone::Neutral, words.texts().chat.finish_stopped)),
        _ => None,
    };
    let is_last = {
        let (desk, key) = (desk.clone(), turn.key.clone());
        Memo::new(move |_| {
            desk.way.try_with(|way| way.last().is_some_and(|last| last.turn.key == key)).unwrap_or(false)
        })
    };
    let can_go_on = move || {
        is_last.try_get().unwrap_or(false)
            && has_text.get()
            && finish.get().is_some_and(|finish| finish != Finish::Stop)
    };
    let wrong = move || !has_text.get() || matches!(state.get(), State::Failed | State::Unsure);
    let desk = StoredValue::new(desk);
    let turn = StoredValue::new(turn);
    let go_on = move |_| {
        let desk = desk.get_value();
        desk.say(words.texts_untracked().chat.go_on_prompt);
        desk.focus();
    };
    let asked = RwSignal::new(false);
    let repeat = Callback::new(move |()| {
        let (desk, turn) = (desk.get_value(), turn.get_value());
        // The branch takes this view away: first whatever is open here is shut.
        crate::state::soon(move || {
            desk.branch(&turn, None);
            desk.focus();
        });
    });
    let again = move |_| {
        // It may have been billed: billing it twice is the person's decision.
        if state.get_untracked() == State::Unsure { asked.set(true) } else { repeat.run(()) }
    };
    let confirm = move || {
        view! {
            <Button on_click=move |_| asked.set(false)>{words.text(|t| t.chat.keep)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { asked.set(false); repeat.run(()); }>{words.text(|t| t.chat.retry)}</Button>
        }
    };
    let subject = move |()| {
        let (desk, turn) = (desk.get_value(), turn.get_value());
        let ids = desk.talk.id.get_untracked().zip(turn.id.get_untracked());
        ids.map(|(id, last)| Subject::conversation(id, last, desk.talk.title.get_untracked()))
            .unwrap_or_default()
    };
    let is_busy = Signal::derive(move || desk.with_value(Desk::is_busy));
    view! {
        {move || unfinished().map(|(tone, why)| view! { <Notice tone>{why}</Notice> })}
        <Told trouble />
        <div class="turn__foot">
            <Figures job />
            <div class="turn__tools">
                <Show when=can_go_on>
                    <Button size=ButtonSize::Small icon=IconName::ChevronRight disabled=is_busy on_click=go_on>{words.text(|t| t.chat.go_on)}</Button>
                </Show>
                <Show when=move || has_text.get()><CopyButton text label=words.text(|t| t.chat.copy) /></Show>
                <Show when=move || has_text.get()>
                    <ShareButton kind=ButtonKind::Quiet subject=Callback::new(subject) label=words.text(|t| t.share.up_to_here) />
                </Show>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Retry disabled=is_busy on_click=again>
                    {move || if wrong() { words.texts().chat.retry } else { words.texts().chat.again }}
                </Button>
            </div>
        </div>
        <Dialog open=asked title=words.text(|t| t.chat.unsure_title) actions=confirm>
            <p>{words.text(|t| t.chat.unsure_help)}</p>
        </Dialog>
    }
}
