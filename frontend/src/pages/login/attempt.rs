//! One attempt to log in, by what was typed or by a link; repeated by itself after a wait that the worker asks for.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::error::code;
use studio_shared::time::Timestamp;

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
    /// The worker refused what was typed.
    Typed(Failure),
    /// The worker refused the code of a link.
    Link(Failure),
}

/// An attempt to log in.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    client: Option<Client>,
    session: SessionState,
    announcer: AnnouncerHandle,
    words: WordsHandle,
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
    /// To be made in a component.
    pub(super) fn new() -> Self {
        let attempt = Self {
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
        attempt
    }

    /// Logs in. A code is held in memory alone.
    pub(super) fn start(self, code: String, by_link: bool) {
        let Some(client) = self.client else { return };
        self.stop();
        self.wrong.set(None);
        self.by_link.set(by_link);
        self.busy.set(true);
        spawn_local(async move {
            let failure = match client.log_in(&code).await {
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
    }
}
