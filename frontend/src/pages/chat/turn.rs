//! One turn: what was said, its branches, and the answer.

use leptos::prelude::*;

use super::answer::AnswerView;
use super::desk::Desk;
use super::edit::Edit;
use crate::parts::{IconButton, IconName, Show};
use crate::state::talks::turn::Turn;
use crate::text::Text;
use crate::words::use_words;

/// One turn.
#[component]
pub(super) fn TurnView(
    /// The conversation.
    desk: Desk,
    /// The turn.
    turn: Turn,
) -> impl IntoView {
    let words = use_words();
    let editing = RwSignal::new(false);
    let said = turn.request.prompt().to_owned();
    let shown = said.clone();
    let place = {
        let (way, key) = (desk.way, turn.key.clone());
        // The way may be another one already when this is asked for the last time.
        Memo::new(move |_| {
            let found = way.try_with(|way| {
                let place = way.iter().find(|place| place.turn.key == key)?;
                Some((place.branch, place.branches.clone()))
            });
            found.flatten().unwrap_or_default()
        })
    };
    let question = {
        let (desk, turn) = (desk.clone(), turn.clone());
        move || {
            if editing.get() {
                let (desk, turn, said) = (desk.clone(), turn.clone(), said.clone());
                view! { <Edit desk turn said on_done=move |()| editing.set(false) /> }.into_any()
            } else {
                let desk = desk.clone();
                let busy = Signal::derive({
                    let desk = desk.clone();
                    move || desk.is_busy()
                });
                view! {
                    <p class="turn__prompt" dir="auto">{shown.clone()}</p>
                    <div class="turn__tools">
                        <Branches desk place />
                        <IconButton icon=IconName::Pencil label=words.text(|t| t.chat.edit) disabled=busy on_click=move |_| editing.set(true) />
                    </div>
                }
                .into_any()
            }
        }
    };
    view! {
        <li class="turn">
            <section class="turn__said" aria-label=words.text(|t| t.chat.you)>{question}</section>
            <AnswerView desk turn />
        </li>
    }
}

/// Which branch of how many; one step to either side.
#[component]
fn Branches(
    /// The conversation.
    desk: Desk,
    /// Which branch it is, and the keys of all.
    place: Memo<(usize, Vec<String>)>,
) -> impl IntoView {
    let words = use_words();
    let all = Memo::new(move |_| place.try_with(|(_, all)| all.len()).unwrap_or_default());
    let at = Memo::new(move |_| place.try_with(|(at, _)| *at).unwrap_or_default());
    let go = Callback::new(move |forward: bool| {
        let key = place.with_untracked(|(at, all)| {
            let to = if forward { at.checked_add(1) } else { at.checked_sub(1) };
            all.get(to?).cloned()
        });
        if let Some(key) = key {
            desk.show(&key);
        }
    });
    let number = move || at.try_get().unwrap_or_default().saturating_add(1);
    let count = move || all.try_get().unwrap_or_default();
    let label = Text::from(move || (words.texts().chat.branch)(number(), count()));
    let several = move || count() > 1;
    view! {
        <Show when=several>
            <span class="turn__branches" role="group" aria-label=label>
                <IconButton icon=IconName::ChevronLeft label=words.text(|t| t.chat.previous)
                    disabled=Signal::derive(move || number() == 1) on_click=move |_| go.run(false) />
                <span class="turn__branch">{move || format!("{}/{}", number(), count())}</span>
                <IconButton icon=IconName::ChevronRight label=words.text(|t| t.chat.next)
                    disabled=Signal::derive(move || number() == count()) on_click=move |_| go.run(true) />
            </span>
        </Show>
    }
}
