//! Who is logged in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::live::Settings;
use studio_shared::session::{Session, Upstream};

use super::soon;
use crate::api::{Client, Failure};

/// Who is logged in.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// Not known yet.
    Asking,
    /// This member.
    Member(Session),
    /// Nobody: the login page is due, at whatever address.
    Nobody,
    /// The worker did not say.
    Unknown(Failure),
}

/// Who is logged in, for the whole application.
#[derive(Clone, Copy)]
pub struct SessionState {
    who: RwSignal<Who>,
}

impl SessionState {
    pub(super) fn new() -> Self {
        Self { who: RwSignal::new(Who::Asking) }
    }

    /// The session of the application.
    #[must_use]
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Who is logged in.
    #[must_use]
    pub fn who(self) -> ReadSignal<Who> {
        self.who.read_only()
    }

    /// Whether somebody is logged in.
    #[must_use]
    pub fn is_member(self) -> Memo<bool> {
        Memo::new(move |_| self.who.with(|who| matches!(who, Who::Member(_))))
    }

    /// Whether somebody is logged in at this moment.
    pub(super) fn has_member(self) -> bool {
        self.who.try_with_untracked(|who| matches!(who, Who::Member(_))).unwrap_or(false)
    }

    /// The session, where there is one.
    #[must_use]
    pub fn member(self) -> Memo<Option<Session>> {
        Memo::new(move |_| match self.who.get() {
            Who::Member(session) => Some(session),
            Who::Asking | Who::Nobody | Who::Unknown(_) => None,
        })
    }

    /// What decides how a request is sent; the defaults as long as nobody is logged in.
    #[must_use]
    pub fn settings(self) -> Settings {
        self.who.with(|who| match who {
            Who::Member(session) => session.settings(),
            Who::Asking | Who::Nobody | Who::Unknown(_) => Settings::default(),
        })
    }

    /// Whether what is made and uploaded is kept beyond what the vendor keeps it for.
    #[must_use]
    pub fn keeps_results(self) -> bool {
        self.who.with(|who| matches!(who, Who::Member(session) if session.keeps_results))
    }

    /// Whether nothing costs anything, because the worker talks to the simulator.
    #[must_use]
    pub fn is_simulated(self) -> bool {
        self.who.with(|who| matches!(who, Who::Member(session) if session.upstream == Upstream::Simulator))
    }

    /// Asks the worker who is logged in.
    pub fn ask(self, client: Client) {
        spawn_local(async move {
            let who = match client.who_am_i().await {
                Ok(session) => Who::Member(session),
                Err(failure) if failure.is_logged_out() => Who::Nobody,
                Err(failure) => Who::Unknown(failure),
            };
            self.who.try_set(who);
        });
    }

    /// Somebody has logged in: the login goes, the page comes.
    pub fn began(self, session: Session) {
        soon(move || {
            self.who.try_set(Who::Member(session));
        });
    }

    /// The session has ended: logged out, expired, or taken back.
    pub fn ended(self) {
        soon(move || {
            self.who.try_set(Who::Nobody);
        });
    }
}
