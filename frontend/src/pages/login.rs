//! The page: log in. Also what any other page shows when nobody is logged in, at that page's address.

mod attempt;
mod document;
mod link;
mod person;
mod widget;

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::error::code;
use studio_shared::kind::Kind;
use studio_shared::session::LOGIN_PAGE;

use self::attempt::{Attempt, Wrong};
use self::link::use_link;
use self::person::{Person, PersonCheck};
use crate::api::Client;
use crate::clock::use_second;
use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, ButtonSize, Card, Field, IconButton, IconName, Notice, Page, TextInput,
    TextInputKind, Tone,
};
use crate::place;
use crate::state::session::{Ending, SessionState, Who};
use crate::words::{Texts, use_words};

/// The page: log in. Whoever is logged in already goes on to create, unless a link logs in somebody else.
#[component]
pub fn LoginPage() -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let person = Person::new();
    let wanted = document::wanted();
    let attempt = Attempt::new(person);
    let code = RwSignal::new(None::<String>);
    use_link(move |taken| code.set(Some(taken)));
    let who = session.who();
    // Not before it is known who is there: that answer would come after this one.
    let is_known = Memo::new(move |_| who.with(|who| *who != Who::Asking));
    Effect::new(move |_| {
        if is_known.get()
            && let Some(code) = code.get()
        {
            attempt.start(code, true);
        }
    });
    if person.is_none()
        && let Some(client) = use_context::<Client>()
    {
        let sent = wanted.is_some();
        Effect::new(move |_| {
            if who.with(|who| *who == Who::Nobody) {
                document::go_where_it_can_be(client, session, sent);
            }
        });
    }
    go_on(session, code, attempt, person.map(|_| wanted));
    view! {
        <Page title=words.text(|t| t.shell.login) lead=words.text(|t| t.login.lead)>
            <div class="login">
                <Told />
                <Card><LoginForm attempt person /></Card>
            </div>
        </Page>
    }
}

/// Whoever is logged in goes on to what they may use; from a document that had to be another for the login, to where they
/// wanted to be, in one of its own.
fn go_on(
    session: SessionState,
    code: RwSignal<Option<String>>,
    attempt: Attempt,
    other: Option<Option<String>>,
) {
    let path = use_location().pathname;
    let navigate = use_navigate();
    let member = session.member();
    Effect::new(move |_| {
        // With a link somebody else may come.
        let is_due = code.with(Option::is_none) || attempt.is_in.get();
        if member.with(Option::is_none) || !is_due || path.get_untracked() != LOGIN_PAGE {
            return;
        }
        let first = Kind::ALL.into_iter().find(|kind| untrack(|| session.allows(*kind)));
        let place = first.map_or("/", place::of);
        if let Some(wanted) = &other {
            return document::go_on(wanted.as_deref().unwrap_or(place));
        }
        navigate(place, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}

/// How the last session has ended.
#[component]
fn Told() -> impl IntoView {
    let words = use_words();
    let ending = SessionState::get().ending();
    move || {
        let ending = ending.try_get().flatten().filter(|ending| *ending != Ending::Left)?;
        let is_taken = ending == Ending::Taken;
        let say = move |taken: fn(&'static Texts) -> &'static str,
                        ended: fn(&'static Texts) -> &'static str| {
            words.text(if is_taken { taken } else { ended })
        };
        let tone = if is_taken { Tone::Warning } else { Tone::Info };
        let title = say(|t| t.login.taken, |t| t.login.ended);
        Some(
            view! { <Notice tone live=true title>{say(|t| t.login.taken_help, |t| t.login.ended_help)}</Notice> },
        )
    }
}

/// The code, and the button.
#[component]
fn LoginForm(
    /// The attempt.
    attempt: Attempt,
    /// The check that somebody is a person, where there is one.
    person: Option<Person>,
) -> impl IntoView {
    let words = use_words();
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let of_code = move |wrong: &Wrong| !wrong.is_about_the_person();
    let problem =
        Signal::derive(move || attempt.wrong.get().filter(of_code).map(|wrong| say(&wrong, words.texts())));
    Effect::new(move |_| {
        if attempt.wrong.with(|wrong| wrong.as_ref().is_some_and(of_code))
            && let Some(input) = input.get_untracked()
        {
            // What cannot take the focus leaves it where it is.
            drop(input.focus());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // Read from the element: password managers do not always tell that they have written.
        let code = input.get_untracked().map(|input| input.value()).unwrap_or_default().trim().to_owned();
        if attempt.busy.get_untracked() {
            return;
        }
        if code.is_empty() {
            attempt.refuse(Wrong::Empty);
        } else {
            attempt.start(code, false);
        }
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
    let under_way = move || {
        let texts = words.texts();
        if attempt.waits_for_person.get() {
            return Some(texts.login.person_waiting);
        }
        (attempt.by_link.get() && attempt.busy.get()).then_some(texts.login.opening)
    };
    view! {
        <form class="login__form" novalidate=true on:submit=submit>
            // Password managers keep a secret under a name; there is only one here.
            <input class="visually-hidden" type="text" name="username" autocomplete="username" value="studio" tabindex="-1" aria-hidden="true" readonly=true />
            <Field label=words.text(|t| t.login.code) help=words.text(|t| t.login.code_help) problem aside=eye>
                <TextInput
                    kind
                    value=typed
                    on_input=move |text: String| { typed.set(text); attempt.forget(); }
                    autocomplete="current-password"
                    node_ref=input
                />
            </Field>
            {person.map(|person| view! { <PersonCheck person /> })}
            <Unchecked attempt />
            <Waiting attempt />
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true busy=attempt.busy>{words.text(|t| t.login.log_in)}</Button>
            <p class="small muted" role="status">{under_way}</p>
        </form>
    }
}

/// What is wrong with the check, and what to do.
#[component]
fn Unchecked(
    /// The attempt.
    attempt: Attempt,
) -> impl IntoView {
    let words = use_words();
    move || {
        let wrong = attempt.wrong.try_get().flatten().filter(Wrong::is_about_the_person)?;
        Some(view! { <Notice tone=Tone::Warning live=true title=move || say(&wrong, words.texts()) /> })
    }
}

/// What went wrong, and what to do.
fn say(wrong: &Wrong, texts: &Texts) -> String {
    let failure = match wrong {
        Wrong::Empty => return texts.login.empty.to_owned(),
        Wrong::Unchecked => return texts.login.person_missing.to_owned(),
        Wrong::Typed(failure) | Wrong::Link(failure) => failure,
    };
    match (failure.code(), wrong) {
        (code::SHUT_OUT, _) => texts.login.shut_out.to_owned(),
        (code::WRONG_CODE, Wrong::Link(_)) => texts.login.link_wrong.to_owned(),
        (code::WRONG_CODE, _) => texts.login.wrong.to_owned(),
        _ => failure::line(failure, texts),
    }
}

/// How long until it is tried again. The seconds are not read aloud one by one.
#[component]
fn Waiting(
    /// The attempt.
    attempt: Attempt,
) -> impl IntoView {
    let words = use_words();
    let second = use_second();
    let left = Memo::new(move |_| {
        let until = attempt.waits.get()?;
        Some(until.since(second.get()).div_ceil(1000))
    });
    let is_waiting = Memo::new(move |_| left.with(Option::is_some));
    view! {
        <Show when=move || is_waiting.try_get().unwrap_or_default()>
            <Notice tone=Tone::Warning title=words.text(|t| t.login.slow)>
                <span data-testid="again-in">{move || left.try_get().flatten().map(|seconds| (words.texts().login.again_in)(seconds))}</span>
            </Notice>
        </Show>
    }
}
