//! Changing the terms of a share, and taking it back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::error::code;
use studio_shared::share::Share;

use super::fields::TermsFields;
use super::list::Shares;
use super::terms::Terms;
use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, Dialog, Notice, Tone, use_toasts};
use crate::state::soon;
use crate::words::use_words;

/// Opens a dialog as soon as there is something to be asked, and forgets it when the dialog is shut.
fn follow(asked: RwSignal<Option<Share>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            soon(move || {
                asked.try_set(None);
            });
        }
    });
    open
}

/// Changes the terms of a share.
#[component]
pub(super) fn Edit(
    /// The list.
    shares: Shares,
    /// The one that is changed.
    editing: RwSignal<Option<Share>>,
) -> AnyView {
    let words = use_words();
    let open = follow(editing);
    let inside = move || {
        editing
            .get_untracked()
            .map(|share| view! { <EditForm shares share on_done=move |()| { open.try_set(false); } /> })
    };
    view! { <Dialog open title=words.text(|t| t.share.edit_title)>{inside}</Dialog> }.into_any()
}

/// The terms.
#[component]
fn EditForm(
    /// The list.
    shares: Shares,
    /// The share.
    share: Share,
    /// It is saved.
    #[prop(into)]
    on_done: Callback<()>,
) -> AnyView {
    let words = use_words();
    let toasts = use_toasts();
    let client = use_context::<Client>();
    let terms = Terms::of(&share);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let before = share.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(client), false) = (client, busy.get_untracked()) else { return };
        let Some(change) = terms.change(&before) else { return };
        let id = before.id.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = client.change_share(&id, &change).await;
            busy.try_set(false);
            match answer {
                Ok(share) => {
                    toasts.success(words.texts_untracked().share.saved);
                    shares.put(share);
                    soon(move || {
                        on_done.try_run(());
                    });
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    };
    let refused = move || {
        failed.get().map(|failure| {
            view! { <Notice tone=Tone::Danger live=true>{move || failure::line(&failure, words.texts())}</Notice> }
        })
    };
    view! {
        <form class="sharing" novalidate=true on:submit=submit>
            <TermsFields terms share=Some(share) />
            {refused}
            <div class="dialog__actions">
                <Button kind=ButtonKind::Primary submit=true busy>{words.text(|t| t.share.save)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Takes a share back, after a question: it cannot be undone.
#[component]
pub(super) fn Revoke(
    /// The list.
    shares: Shares,
    /// The one that is taken back.
    revoking: RwSignal<Option<Share>>,
) -> AnyView {
    let words = use_words();
    let toasts = use_toasts();
    let client = use_context::<Client>();
    let open = follow(revoking);
    let busy = RwSignal::new(false);
    let revoke = move |_| {
        let (Some(client), Some(share)) = (client, revoking.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = client.revoke_share(&share.id).await;
            busy.try_set(false);
            open.try_set(false);
            match answer {
                Err(failure) if failure.code() != code::NOT_FOUND => {
                    toasts.danger(failure::line(&failure, words.texts_untracked()));
                }
                _ => {
                    toasts.success(words.texts_untracked().share.revoked);
                    soon(move || shares.remove(&share.id));
                }
            }
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move |_| open.set(false)>{words.text(|t| t.share.no)}</Button>
            <Button kind=ButtonKind::Danger busy on_click=revoke>{words.text(|t| t.share.revoke)}</Button>
        }
    };
    view! {
        <Dialog open title=words.text(|t| t.share.revoke_title) actions>
            <p>{words.text(|t| t.share.revoke_help)}</p>
        </Dialog>
    }
    .into_any()
}
