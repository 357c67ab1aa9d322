//! The page: one's own codes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::member::{CodeList, Issued};

use super::codes::Codes;
use super::issued::IssuedCard;
use crate::api::Client;
use crate::clock::use_minute;
use crate::pages::failure::{self, FailureNotice};
use crate::pages::usage::Load;
use crate::parts::{Button, ButtonKind, Card, Dialog, IconName, Page, use_toasts};
use crate::state::session::{Ending, SessionState};
use crate::words::use_words;

/// The page: one's own codes.
#[component]
pub fn CodesPage() -> impl IntoView {
    let words = use_words();
    view! {
        <Page title=words.text(|t| t.people.codes) lead=words.text(|t| t.people.codes_lead)>
            {use_context::<Client>().map(|client| view! {
                <Own client />
                <Everywhere client />
            }.into_any())}
        </Page>
    }
}

/// The codes.
#[component]
fn Own(
    /// The way to the worker.
    client: Client,
) -> impl IntoView {
    let words = use_words();
    let load: Load<CodeList> = Load::new();
    let again = RwSignal::new(());
    let minute = use_minute();
    Effect::new(move |_| {
        minute.track();
        again.track();
        load.ask(client.codes());
    });
    let issued = RwSignal::new(None::<Issued>);
    let codes = Memo::new(move |_| load.value.with(|list| list.as_ref().map(|list| list.items.clone())));
    let is_owner = SessionState::get().is_owner();
    let failure = move || {
        load.failure.get().map(|failure| view! { <FailureNotice failure on_again=move |()| again.set(()) /> })
    };
    view! {
        {failure}
        <IssuedCard issued />
        <Codes client codes issued on_change=move |()| again.set(()) />
        <Show when=move || is_owner.try_get().unwrap_or_default()><p class="small muted">{words.text(|t| t.people.codes_owner)}</p></Show>
    }
}

/// Logs out everywhere.
#[component]
fn Everywhere(
    /// The way to the worker.
    client: Client,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let session = SessionState::get();
    let asked = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let log_out = move |_| {
        asked.set(false);
        busy.set(true);
        spawn_local(async move {
            let answer = client.log_out_everywhere().await;
            busy.try_set(false);
            match answer {
                Ok(()) => session.ended(Ending::Left),
                Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
            }
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move |_| asked.set(false)>{words.text(|t| t.people.cancel)}</Button>
            <Button kind=ButtonKind::Danger on_click=log_out>{words.text(|t| t.people.everywhere)}</Button>
        }
    };
    view! {
        <Card heading=words.text(|t| t.people.everywhere)>
            <div class="stack stack--tight">
                <p>{words.text(|t| t.people.everywhere_help)}</p>
                <div>
                    <Button icon=IconName::LogOut busy on_click=move |_| asked.set(true)>{words.text(|t| t.people.everywhere)}</Button>
                </div>
            </div>
        </Card>
        <Dialog open=asked title=words.text(|t| t.people.everywhere_ask) actions>
            <p>{words.text(|t| t.people.everywhere_help)}</p>
        </Dialog>
    }
}
