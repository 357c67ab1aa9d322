//! Who is logged in.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::catalogue::Model;
use studio_shared::kind::Kind;
use studio_shared::live::Settings;
use studio_shared::member::Rights;
use studio_shared::session::{Session, Upstream};

use super::soon;
use crate::api::{Client, Failure};
use crate::prefer;

/// Answers to what was asked with the old code have come by then.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

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

/// Where a page tells the next one how its session has ended, and what it says.
const ENDED: &str = "studio.ended";
const TAKEN: &str = "taken";
const LEFT: &str = "left";
const EXPIRED: &str = "expired";

/// How a session has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person has logged out.
    Left,
    /// The worker no longer knows it: its time is over, most likely. What was typed stays for the next login.
    Expired,
    /// It was taken back: shut out, code revoked or replaced, logged out everywhere.
    Taken,
}

/// Who is logged in, for the whole application.
#[derive(Clone, Copy)]
pub struct SessionState {
    who: RwSignal<Who>,
    /// How the last session has ended, where the person is to be told.
    ending: RwSignal<Option<Ending>>,
    /// Whether the code is being replaced that this page came in with: its sessions end, and this one goes on.
    renewing: StoredValue<bool>,
}

impl SessionState {
    pub(super) fn new() -> Self {
        Self {
            who: RwSignal::new(Who::Asking),
            ending: RwSignal::new(left()),
            renewing: StoredValue::new(false),
        }
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

    /// Whether the owner of the studio is logged in.
    #[must_use]
    pub fn is_owner(self) -> Memo<bool> {
        Memo::new(move |_| self.who.with(|who| matches!(who, Who::Member(session) if session.owner)))
    }

    /// What may be made; everything as long as nobody is logged in. Followed.
    #[must_use]
    pub fn rights(self) -> Rights {
        self.who.with(|who| match who {
            Who::Member(session) => session.rights.clone(),
            Who::Asking | Who::Nobody | Who::Unknown(_) => Rights::default(),
        })
    }

    /// Whether work of a kind may be made. Followed.
    #[must_use]
    pub fn allows(self, kind: Kind) -> bool {
        self.who.with(|who| match who {
            Who::Member(session) => session.rights.allow_kind(kind),
            Who::Asking | Who::Nobody | Who::Unknown(_) => true,
        })
    }

    /// Whether the region offers a model and this member may use it. Followed.
    #[must_use]
    pub fn offers(self, model: &Model) -> bool {
        model.live_name(self.settings().region).is_some() && self.rights().allow(model.kind, model.id)
    }

    /// How the last session has ended, where the person is to be told.
    #[must_use]
    pub fn ending(self) -> ReadSignal<Option<Ending>> {
        self.ending.read_only()
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

    /// Asks again what the member may: the owner has changed it. Whatever else is answered changes nothing.
    pub fn ask_again(self, client: Client) {
        spawn_local(async move {
            if let Ok(session) = client.who_am_i().await
                && self.has_member()
            {
                self.who.try_set(Who::Member(session));
            }
        });
    }

    /// Somebody has logged in: the login goes, the page comes. Where somebody else was there before, the page is loaded
    /// anew, so that nothing of theirs is left. Answers whether it stays.
    pub fn began(self, session: Session) -> bool {
        if self.has_member() {
            leave(Ending::Left, "/");
            return false;
        }
        soon(move || {
            self.ending.try_set(None);
            self.who.try_set(Who::Member(session));
        });
        true
    }

    /// The session has ended. What has merely expired asks for the code at the same place, and what was typed stays;
    /// else the page is loaded anew: nothing of the member is left in it.
    pub fn ended(self, how: Ending) {
        if self.renewing.try_get_value().unwrap_or_default() {
            return;
        }
        if self.has_member() && how != Ending::Expired {
            return leave(how, &window().location().href().unwrap_or_default());
        }
        if self.has_member() {
            self.ending.try_set(Some(how));
        }
        soon(move || {
            self.who.try_set(Who::Nobody);
        });
    }

    /// Goes to a document of its own, which says the same of how the last session has ended. What was typed stays.
    pub fn leave_for(self, address: &str) {
        if let Some(how) = self.ending.try_get_untracked().flatten() {
            prefer::hand_over(ENDED, if how == Ending::Taken { TAKEN } else { EXPIRED });
        }
        let location = window().location();
        let is_here = location.pathname().is_ok_and(|here| here == address);
        let _ = if is_here { location.reload() } else { location.replace(address) };
    }

    /// The code is about to be replaced that this page came in with. To be followed by [`Self::renewed`].
    pub fn renew(self) {
        self.renewing.try_set_value(true);
    }

    /// It was replaced, and the page has come in with the new one; or it was not.
    pub fn renewed(self) {
        let release = move || {
            self.renewing.try_set_value(false);
        };
        set_timeout(release, LAST_ANSWERS);
    }
}

/// Loads the page anew at an address. The next page says how the session has ended, and forgets what this one may still
/// write.
fn leave(how: Ending, address: &str) {
    // At once: until the next page comes, the old one stays on the screen.
    prefer::mark_root("data-left", Some("true"));
    prefer::hand_over(ENDED, if how == Ending::Taken { TAKEN } else { LEFT });
    let location = window().location();
    let is_here = location.href().is_ok_and(|here| here == address);
    // An address that differs behind `#` alone would not be loaded.
    let _ = if is_here { location.reload() } else { location.replace(address) };
}

/// How the page before this one was left.
fn left() -> Option<Ending> {
    let how = prefer::handed_over(ENDED)?;
    if how == EXPIRED {
        return Some(Ending::Expired);
    }
    prefer::forget();
    (how == TAKEN).then_some(Ending::Taken)
}
