//! An earlier message, to be said otherwise.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use crate::parts::{Button, ButtonKind, ButtonSize, TextArea};
use crate::state::soon;
use crate::state::talks::turn::Turn;
use crate::words::use_words;

/// An earlier message, to be said otherwise: a branch.
#[component]
pub(super) fn Edit(
    /// The conversation.
    desk: Desk,
    /// The turn.
    turn: Turn,
    /// What was said.
    said: String,
    /// It was sent, or not.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let text = RwSignal::new(said);
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            drop(area.focus());
        }
    });
    // The views that this takes away are this one and the answer's: first the handler returns.
    let done = move || {
        soon(move || {
            on_done.try_run(());
        });
    };
    let send = Callback::new(move |()| {
        let written = text.get_untracked();
        if written.trim().is_empty() {
            return;
        }
        let (desk, turn) = (desk.clone(), turn.clone());
        on_done.try_run(());
        soon(move || {
            desk.branch(&turn, Some(&written));
            desk.focus();
        });
    });
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => done(),
        "Enter" if !event.shift_key() && !event.is_composing() && event.key_code() != 229 => {
            event.prevent_default();
            send.run(());
        }
        _ => {}
    };
    view! {
        <div class="turn__edit" on:keydown=key>
            <TextArea
                rows=3
                value=text
                on_input=move |written: String| text.set(written)
                label=words.text(|t| t.chat.edit_label)
                node_ref=area
            />
            <div class="turn__edit-line">
                <Button size=ButtonSize::Small kind=ButtonKind::Quiet on_click=move |_| done()>{words.text(|t| t.chat.keep)}</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| send.run(())>
                    {words.text(|t| t.chat.send_edited)}
                </Button>
            </div>
        </div>
    }
}
