//! The password of a share.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::error::code;
use studio_shared::share::Shared;
use studio_shared::time::Timestamp;

use crate::api::{Client, Failure};
use crate::clock::{self, use_second};
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, ButtonSize, Card, Field, TextInput, TextInputKind};
use crate::words::use_words;

/// What went wrong with the last attempt.
#[derive(Clone, Debug, PartialEq)]
enum Wrong {
    Empty,
    Password,
    /// The next one is not looked at before.
    Until(Timestamp),
    Other(Failure),
}

/// Asks for the password, and opens the share with it.
#[component]
pub(super) fn PasswordForm(
    /// The share.
    id: String,
    /// It is open.
    on_open: Callback<Shared>,
    /// It is there no longer.
    on_gone: Callback<()>,
) -> AnyView {
    let words = use_words();
    let client = use_context::<Client>();
    let second = use_second();
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<Wrong>);
    let input = NodeRef::<html::Input>::new();
    let wait = Memo::new(move |_| match wrong.get() {
        Some(Wrong::Until(moment)) => moment.since(second.get()).div_ceil(1000),
        _ => 0,
    });
    let problem = Signal::derive(move || {
        let texts = words.texts();
        match wrong.get()? {
            Wrong::Empty => Some(texts.share.empty_password.to_owned()),
            Wrong::Password => Some(texts.share.wrong_password.to_owned()),
            Wrong::Until(_) => match wait.get() {
                0 => None,
                seconds => Some((texts.share.wait)(seconds)),
            },
            Wrong::Other(failure) => Some(failure::line(&failure, texts)),
        }
    });
    let refuse = move |reason: Wrong| {
        wrong.try_set(Some(reason));
        if let Some(input) = input.get_untracked() {
            // What cannot take the focus leaves it where it is.
            drop(input.focus());
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || wait.get_untracked() > 0 {
            return;
        }
        let password = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let (Some(client), false) = (client, password.is_empty()) else { return refuse(Wrong::Empty) };
        let id = id.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = client.open_share(&id, Some(password)).await;
            busy.try_set(false);
            match answer {
                Ok(shared) => {
                    on_open.try_run(shared);
                }
                Err(failure) => match failure.code() {
                    code::NOT_FOUND => {
                        on_gone.try_run(());
                    }
                    code::WRONG_PASSWORD => refuse(Wrong::Password),
                    code::TOO_MANY_ATTEMPTS => {
                        let wait = failure.retry_after_ms().unwrap_or(1000);
                        refuse(Wrong::Until(clock::now().after(wait)));
                    }
                    _ => refuse(Wrong::Other(failure)),
                },
            }
        });
    };
    let write = move |text: String| {
        typed.set(text);
        wrong.update(|wrong| {
            if !matches!(wrong, Some(Wrong::Until(_))) {
                *wrong = None;
            }
        });
    };
    view! {
        <Card>
            <form class="login__form" novalidate=true on:submit=submit>
                <Field label=words.text(|t| t.share.password) problem>
                    <TextInput kind=TextInputKind::Secret value=typed on_input=write node_ref=input />
                </Field>
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    submit=true
                    busy
                    disabled=Signal::derive(move || { wait.get() > 0 })
                >
                    {words.text(|t| t.share.open_it)}
                </Button>
            </form>
        </Card>
    }
    .into_any()
}
