//! One attempt to log in, by what was typed or by a link; repeated by itself after a wait that the worker asks for.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::error::code;
use studio_shared::time::Timestamp;

use super::person::{Person, Standing};
use crate::api::{Client, Failure};
use crate::clock;
use crate::parts::{AnnouncerHandle, use_announcer};
use crate::state::session::SessionState;
use crate::words::{WordsHandle, use_words};

/// The wait where the worker does not say how long, in milliseconds.
const USUAL_MS: u64 = 5_000;

/// What went wrong with the last attempt.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    /// Nothing was typed.
    Empty,
    /// The check that somebody is a person cannot be made.
    Unchecked,
    /// The worker refused what was typed.
    Typed(Failure),
    /// The worker refused the code of a link.
    Link(Failure),
}

impl Wrong {
    /// Whether the code may well be right.
    pub(super) fn is_about_the_person(&self) -> bool {
        match self {
            Self::Unchecked => true,
            Self::Empty => false,
            Self::Typed(failure) | Self::Link(failure) => matches!(
                failure.code(),
                code::TURNSTILE_NEEDED | code::TURNSTILE_REFUSED | code::TURNSTILE_UNREACHABLE
            ),
        }
    }
}

/// An attempt to log in.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    client: Option<Client>,
    session: SessionState,
    announcer: AnnouncerHandle,
    words: WordsHandle,
    person: Option<Person>,
    /// The code that waits for the check that somebody is a person, and whether it is a link's.
    held: RwSignal<Option<(String, bool)>>,
    /// Whether one does.
    pub(super) waits_for_person: Memo<bool>,
    /// Whether it is under way.
    pub(super) busy: RwSignal<bool>,
    /// Whether it is one by a link.
    pub(super) by_link: RwSignal<bool>,
    /// Whether it has succeeded.
    pub(super) is_in: RwSignal<bool>,
    /// What went wrong with it.
    pub(super) wrong: RwSignal<Option<Wrong>>,
    /// When it is made once more.
    pub(super) waits: RwSignal<Option<Timestamp>>,
    again: StoredValue<Option<TimeoutHandle>>,
}

impl Attempt {
    /// To be made in a component. With a `person` it waits for that check before it is made.
    pub(super) fn new(person: Option<Person>) -> Self {
        let held = RwSignal::new(None::<(String, bool)>);
        let attempt = Self {
            person,
            held,
            waits_for_person: Memo::new(move |_| held.with(Option::is_some)),
            client: use_context(),
            session: SessionState::get(),
            announcer: use_announcer(),
            words: use_words(),
            busy: RwSignal::new(false),
            by_link: RwSignal::new(false),
            is_in: RwSignal::new(false),
            wrong: RwSignal::new(None),
            waits: RwSignal::new(None),
            again: StoredValue::new(None),
        };
        on_cleanup(move || attempt.stop());
        if let Some(person) = person {
            Effect::new(move |_| attempt.go_on_with(&person.standing().get()));
        }
        attempt
    }

    /// Logs in. A code is held in memory alone.
    pub(super) fn start(self, code: String, by_link: bool) {
        let Some(client) = self.client else { return };
        self.stop();
        self.wrong.set(None);
        self.by_link.set(by_link);
        self.busy.set(true);
        match self.person {
            None => self.send(client, code, by_link, None),
            Some(person) => {
                self.held.set(Some((code, by_link)));
                self.go_on_with(&person.standing().get_untracked());
            }
        }
    }

    /// Makes the attempt that waits, once the check has passed.
    fn go_on_with(self, standing: &Standing) {
        let (Some(person), Some(client)) = (self.person, self.client) else { return };
        if self.held.with_untracked(Option::is_none) {
            return;
        }
        if let Standing::Passed(token) = standing {
            if let Some((code, by_link)) = self.held.try_update(Option::take).flatten() {
                self.send(client, code, by_link, Some(token.clone()));
            }
        } else if person.is_stuck() {
            self.held.set(None);
            self.busy.set(false);
            self.wrong.set(Some(Wrong::Unchecked));
        }
    }

    fn send(self, client: Client, code: String, by_link: bool, token: Option<String>) {
        spawn_local(async move {
            let failure = match client.log_in(&code, token).await {
                Ok(member) => {
                    if self.session.began(member) {
                        self.is_in.try_set(true);
                    }
                    // The form goes: nothing of it is touched any more.
                    return;
                }
                Err(failure) => failure,
            };
            self.busy.try_set(false);
            if let Some(person) = self.person {
                person.spent();
            }
            if failure.code() == code::TOO_MANY_ATTEMPTS {
                self.wait(failure.retry_after_ms().unwrap_or(USUAL_MS), code, by_link);
            } else {
                let wrong = if by_link { Wrong::Link } else { Wrong::Typed };
                self.wrong.try_set(Some(wrong(failure)));
            }
        });
    }

    /// What was typed is wrong before it is sent.
    pub(super) fn refuse(self, wrong: Wrong) {
        self.stop();
        self.wrong.set(Some(wrong));
    }

    /// Something else is typed: nothing is tried by itself any more.
    pub(super) fn forget(self) {
        self.stop();
        self.wrong.try_set(None);
    }

    fn wait(self, ms: u64, code: String, by_link: bool) {
        self.waits.try_set(Some(Timestamp::from_ms(clock::now().ms().saturating_add(ms))));
        self.announcer.say(self.words.texts_untracked().login.slow);
        let again =
            set_timeout_with_handle(move || self.start(code, by_link), Duration::from_millis(ms)).ok();
        // Where the form has gone meanwhile, nothing is tried either.
        if self.again.try_set_value(again).is_some()
            && let Some(again) = again
        {
            again.clear();
        }
    }

    fn stop(self) {
        let again = self.again.try_update_value(Option::take).flatten();
        if let Some(again) = again {
            again.clear();
        }
        self.waits.try_set(None);
        if self.held.try_update(Option::take).flatten().is_some() {
            self.busy.try_set(false);
        }
    }
}
