//! The socket of `/api/live`, which keeps the [`Book`] true.
//!
//! Open as long as somebody is logged in; closed when the page has been out of sight for a while; opened again
//! after a growing pause when it breaks, at once when the network or the person comes back. After a gap
//! [`Live::generation`] goes up, and lists ask the worker again.

mod pause;
mod wire;

use std::time::Duration;

use leptos::leptos_dom::helpers::{
    TimeoutHandle, document, queue_microtask, set_interval_with_handle, set_timeout_with_handle, window,
    window_event_listener_untyped,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::event::{LOGGED_OUT, LiveEvent};

use super::batches::Batches;
use super::book::Book;
use super::session::{Ending, SessionState};
use super::soon;
use super::speeches::Speeches;
use super::submissions::Submissions;
use super::talks::Talks;
use crate::api::Client;
use crate::clock;
use crate::parts::ToastsHandle;
pub(crate) use pause::pause;
use wire::{Heard, Wire};

/// How the socket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nobody is logged in, or the page is out of sight.
    Off,
    /// It is being opened for the first time.
    Opening,
    /// Changes arrive.
    Open,
    /// It broke, and is opened again after a pause.
    Broken,
}

/// A sign of life goes out this often; the worker answers each.
const PING: Duration = Duration::from_secs(30);

/// Silence of more than two signs of life: the network has gone without saying so.
const SILENCE_MS: u64 = 70_000;

/// Out of sight for this long, the page lets the socket go.
const OUT_OF_SIGHT: Duration = Duration::from_secs(180);

/// What is kept true beside the book.
#[derive(Clone, Copy)]
pub(super) struct Others {
    /// Many entries as one.
    pub(super) batches: Batches,
    /// Conversations.
    pub(super) talks: Talks,
    /// Words of speech.
    pub(super) speeches: Speeches,
    /// Requests on their way: those of whoever leaves are not sent for whoever comes.
    pub(super) submissions: Submissions,
    /// What was told lately.
    pub(super) toasts: ToastsHandle,
}

/// The live socket of the application.
#[derive(Clone, Copy)]
pub struct Live {
    status: RwSignal<Status>,
    generation: RwSignal<u32>,
    changes: RwSignal<u32>,
    parts: StoredValue<Parts, LocalStorage>,
    client: Client,
    session: SessionState,
    book: Book,
    others: Others,
}

#[derive(Default)]
struct Parts {
    wire: Option<Wire>,
    /// Attempts since the socket was last open.
    failures: u32,
    again: Option<TimeoutHandle>,
    out_of_sight: Option<TimeoutHandle>,
    heard_ms: u64,
}

impl Live {
    pub(super) fn start(client: Client, session: SessionState, book: Book, others: Others) -> Self {
        let live = Self {
            status: RwSignal::new(Status::Off),
            generation: RwSignal::new(0),
            changes: RwSignal::new(0),
            parts: StoredValue::new_local(Parts::default()),
            client,
            session,
            book,
            others,
        };
        let is_member = session.is_member();
        Effect::new(move |was: Option<bool>| {
            let is = is_member.get();
            if is {
                live.open();
            } else if was == Some(true) {
                live.close();
                others.talks.clear();
                others.submissions.clear();
                soon(move || {
                    book.clear();
                    others.batches.clear();
                    others.speeches.clear();
                    others.toasts.clear();
                });
            }
            is
        });
        let listeners = [
            window_event_listener_untyped("online", move |_| live.reopen()),
            window_event_listener_untyped("offline", move |_| live.broke()),
            window_event_listener_untyped("visibilitychange", move |_| live.seen(!document().hidden())),
        ];
        let ping = set_interval_with_handle(move || live.ping(), PING).ok();
        on_cleanup(move || {
            live.close();
            if let Some(ping) = ping {
                ping.clear();
            }
            for listener in listeners {
                listener.remove();
            }
        });
        live
    }

    /// The live socket, where the application runs.
    #[must_use]
    pub fn get() -> Option<Self> {
        use_context()
    }

    /// How the socket stands.
    #[must_use]
    pub fn status(self) -> ReadSignal<Status> {
        self.status.read_only()
    }

    /// Goes up each time the socket opens: what was read before may have missed something.
    #[must_use]
    pub fn generation(self) -> ReadSignal<u32> {
        self.generation.read_only()
    }

    /// Goes up with each job that has changed: what is counted over jobs may have changed too.
    #[must_use]
    pub fn changes(self) -> ReadSignal<u32> {
        self.changes.read_only()
    }

    /// Opens the socket now, instead of after the pause.
    pub fn reopen(self) {
        if self.session.has_member() {
            self.open();
        }
    }

    fn open(self) {
        self.drop_wire();
        self.status.try_update(|status| {
            if *status == Status::Off {
                *status = Status::Opening;
            }
        });
        let wire = Wire::open(move |heard| self.heard(heard));
        if wire.is_none() {
            self.broke();
        }
        self.parts.try_update_value(|parts| {
            parts.wire = wire;
            parts.heard_ms = clock::now().ms();
        });
    }

    fn close(self) {
        self.drop_wire();
        self.status.try_set(Status::Off);
    }

    fn drop_wire(self) {
        let old = self.parts.try_update_value(|parts| {
            if let Some(again) = parts.again.take() {
                again.clear();
            }
            parts.wire.take()
        });
        // Often called from within a listener of that very connection: let it return first.
        queue_microtask(move || drop(old));
    }

    fn heard(self, heard: Heard) {
        self.parts.try_update_value(|parts| parts.heard_ms = clock::now().ms());
        match heard {
            Heard::Opened => {
                self.parts.try_update_value(|parts| parts.failures = 0);
                self.status.try_set(Status::Open);
                self.generation.try_update(|generation| *generation = generation.wrapping_add(1));
            }
            // What is no event is the answer to a sign of life, or of a newer worker.
            Heard::Text(text) => match serde_json::from_str(&text) {
                Ok(LiveEvent::Job { job }) => {
                    self.others.talks.heard(&job);
                    self.book.put(*job);
                    self.changes.try_update(|changes| *changes = changes.wrapping_add(1));
                }
                Ok(LiveEvent::Deleted { id }) => self.book.remove(&id),
                Ok(LiveEvent::Batch { batch }) => self.others.batches.put(*batch),
                Ok(LiveEvent::BatchDeleted { id }) => self.others.batches.remove(&id),
                Ok(LiveEvent::Words { id, words }) => self.others.speeches.tell(&id, words),
                Ok(LiveEvent::LoggedOut) => self.session.ended(Ending::Taken),
                Err(_) => {}
            },
            Heard::Closed(LOGGED_OUT) => self.session.ended(Ending::Taken),
            Heard::Closed(_) => self.broke(),
        }
    }

    /// The socket broke or did not open. Whether the session still holds is asked too: a refused socket does
    /// not say why.
    fn broke(self) {
        self.drop_wire();
        if self.status.try_get_untracked().is_none_or(|status| status == Status::Off) {
            return;
        }
        self.status.try_set(Status::Broken);
        let failures = self.parts.try_update_value(|parts| {
            parts.failures = parts.failures.saturating_add(1);
            parts.failures
        });
        let wait = pause(failures.unwrap_or_default(), js_sys::Math::random());
        let again = set_timeout_with_handle(move || self.reopen(), wait).ok();
        self.parts.try_update_value(|parts| parts.again = again);
        if window().navigator().on_line() {
            // The answer matters only if it is "not logged in", and that the client tells by itself.
            spawn_local(async move { drop(self.client.who_am_i().await) });
        }
    }

    fn ping(self) {
        let silent = self.parts.try_with_value(|parts| {
            let wire = parts.wire.as_ref()?;
            wire.send("ping");
            Some(clock::now().ms().saturating_sub(parts.heard_ms) > SILENCE_MS)
        });
        if silent.flatten() == Some(true) {
            self.reopen();
        }
    }

    fn seen(self, visible: bool) {
        let waiting = self.parts.try_update_value(|parts| parts.out_of_sight.take());
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        if !visible {
            let later = set_timeout_with_handle(move || self.close(), OUT_OF_SIGHT).ok();
            self.parts.try_update_value(|parts| parts.out_of_sight = later);
        } else if self.status.try_get_untracked().is_some_and(|status| status != Status::Open) {
            self.reopen();
        }
    }
}
