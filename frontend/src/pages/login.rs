//! The page: log in. Also what any other page shows when nobody is logged in, at that page's address.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::error::code;

use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, ButtonSize, Card, Field, IconButton, IconName, Page, TextInput, TextInputKind,
};
use crate::state::session::SessionState;
use crate::words::use_words;

/// The page: log in. Whoever is logged in already goes on to create.
#[component]
pub fn LoginPage() -> impl IntoView {
    let words = use_words();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let is_member = SessionState::get().is_member();
    Effect::new(move |_| {
        if is_member.get() && path.get_untracked() == "/login" {
            navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! {
        <Page title=words.text(|t| t.shell.login) lead=words.text(|t| t.login.lead)>
            <div class="login"><Card><LoginForm /></Card></div>
        </Page>
    }
}

/// What went wrong with the last attempt.
#[derive(Clone, Debug, PartialEq)]
enum Wrong {
    Empty,
    Refused(Failure),
}

/// The code, and the button.
#[component]
fn LoginForm() -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let client = use_context::<Client>();
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<Wrong>);
    let input = NodeRef::<html::Input>::new();
    let problem = Signal::derive(move || {
        let texts = words.texts();
        wrong.get().map(|wrong| match wrong {
            Wrong::Empty => texts.login.empty.to_owned(),
            Wrong::Refused(failure) if failure.code() == code::WRONG_CODE => texts.login.wrong.to_owned(),
            Wrong::Refused(failure) => failure::line(&failure, texts),
        })
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
        // Read from the element: password managers do not always tell that they have written.
        let code = input.get_untracked().map(|input| input.value()).unwrap_or_default().trim().to_owned();
        if busy.get_untracked() {
            return;
        }
        let (Some(client), false) = (client, code.is_empty()) else { return refuse(Wrong::Empty) };
        busy.set(true);
        spawn_local(async move {
            match client.log_in(&code).await {
                // The form goes: nothing of it is touched any more.
                Ok(member) => session.began(member),
                Err(failure) => {
                    busy.try_set(false);
                    refuse(Wrong::Refused(failure));
                }
            }
        });
    };
    let eye = move || {
        view! {
            <IconButton
                icon=Signal::derive(move || if shown.get() { IconName::EyeOff } else { IconName::Eye })
                label=move || if shown.get() { words.texts().login.hide } else { words.texts().login.show }
                size=ButtonSize::Small
                on_click=move |_| shown.update(|shown| *shown = !*shown)
            />
        }
    };
    let kind = Signal::derive(move || if shown.get() { TextInputKind::Text } else { TextInputKind::Secret });
    view! {
        <form class="login__form" novalidate=true on:submit=submit>
            // Password managers keep a secret under a name; there is only one here.
            <input class="visually-hidden" type="text" name="username" autocomplete="username" value="studio" tabindex="-1" aria-hidden="true" readonly=true />
            <Field label=words.text(|t| t.login.code) help=words.text(|t| t.login.code_help) problem aside=eye>
                <TextInput
                    kind
                    value=typed
                    on_input=move |text: String| { typed.set(text); wrong.set(None); }
                    autocomplete="current-password"
                    node_ref=input
                />
            </Field>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true busy>{words.text(|t| t.login.log_in)}</Button>
        </form>
    }
}
