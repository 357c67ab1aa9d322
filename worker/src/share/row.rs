//! A share as its object keeps it, and what becomes of it: pure.

use serde::{Deserialize, Serialize};
use studio_shared::share::{Door, Share, ShareChange, VIEW_MS};
use studio_shared::time::Timestamp;

use super::guesses::Guesses;
use super::keyed;

/// Where a share stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    /// Its results are being copied; nobody sees it yet.
    Copying,
    /// It can be opened.
    Open,
    /// Its end date is over: only its maker sees that it was there.
    Ended,
    /// It was taken back, or could not be made: only its bytes are still to be deleted.
    Revoked,
}

/// One copy of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Copied {
    /// Its length.
    pub(crate) bytes: u64,
    /// Its media type.
    pub(crate) media_type: String,
}

/// A share as its object keeps it, without its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) stage: Stage,
    /// The member who made it. Nobody is told.
    pub(super) maker: String,
    /// As its maker sees it.
    pub(super) share: Share,
    /// The hash of its password.
    pub(super) password: Option<String>,
    /// What views are signed with. Another password brings another one, so that it ends the views of the old one.
    pub(super) secret: String,
    /// The copies in the bucket, in their order.
    pub(super) copies: Vec<Copied>,
    pub(super) guesses: Guesses,
}

/// What comes of an attempt to open a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It is open: one view.
    Yes,
    /// There is no such share, or no longer.
    Gone,
    /// The password is wrong, or there is none.
    WrongPassword,
    /// The password was not looked at; in so many milliseconds it is.
    Later(u64),
}

/// A change, with the hash of the password and a fresh secret in the place of its text.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Change {
    /// What changes, less the password.
    pub(crate) change: ShareChange,
    /// The hash of another password; `None` in it lifts the old one.
    #[serde(with = "studio_shared::json::some", default, skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<Option<String>>,
    /// The new secret, where the password changes.
    pub(crate) secret: String,
}

impl Row {
    /// Whether anybody but its maker sees it.
    fn is_there(&self, now: Timestamp) -> bool {
        self.stage == Stage::Open && !self.is_over(now)
    }

    /// Whether its end date is over.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.share.ends_at.is_some_and(|end| end <= now)
    }

    fn is_used_up(&self) -> bool {
        self.share.views.is_some_and(|views| views <= self.share.viewed)
    }

    /// What anybody is told before it is opened.
    pub(super) fn door(&self, now: Timestamp) -> Option<Door> {
        let password = self.password.is_some();
        let title = (!password).then(|| self.share.title.clone());
        (self.is_there(now) && !self.is_used_up()).then_some(Door { password, title })
    }

    /// Whether previews of its link tell what it is: they ask for no password and count as no view.
    pub(super) fn is_shown_in_previews(&self, now: Timestamp) -> bool {
        self.is_there(now) && self.password.is_none() && self.share.views.is_none()
    }

    /// Somebody wants to open it, with a password of this hash.
    pub(super) fn open(&mut self, password: Option<&str>, now: Timestamp) -> Opened {
        if !self.is_there(now) || self.is_used_up() {
            return Opened::Gone;
        }
        if let Some(right) = &self.password {
            let wait_ms = self.guesses.wait_ms(now);
            match password {
                _ if wait_ms > 0 => return Opened::Later(wait_ms),
                Some(given) if given == right => {} // keyed hashes: how long it takes to compare them says nothing
                None => return Opened::WrongPassword, // nobody has guessed anything
                Some(_) => {
                    self.guesses.wrong(now);
                    return Opened::WrongPassword;
                }
            }
        }
        self.share.viewed = self.share.viewed.saturating_add(1);
        Opened::Yes
    }

    /// A token for the results, good for an hour.
    pub(super) fn view(&self, now: Timestamp) -> String {
        keyed::token(&self.secret, now.after(VIEW_MS))
    }

    /// Whether a token opens the results. It goes on to do so when the views are used up: it is one of them.
    pub(super) fn is_view(&self, token: &str, now: Timestamp) -> bool {
        self.is_there(now) && keyed::is_token(&self.secret, token, now)
    }

    /// Changes it; `false` where it is not there any more.
    pub(super) fn change(&mut self, change: Change, now: Timestamp) -> bool {
        if !self.is_there(now) {
            return false;
        }
        let Change { change: ShareChange { title, password: _, ends_at, views, download }, password, secret } =
            change;
        let share = &mut self.share;
        if let Some(title) = title {
            share.title = title;
        }
        if let Some(ends_at) = ends_at {
            share.ends_at = ends_at;
        }
        if let Some(views) = views {
            share.views = views;
        }
        if let Some(download) = download {
            share.download = download;
        }
        if let Some(password) = password {
            share.password = password.is_some();
            self.password = password;
            self.secret = secret;
            self.guesses = Guesses::default();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::kind::Kind;
    use studio_shared::share::Shown;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn row() -> Row {
        let share = Share {
            id: "0123456789abcdef0123456789abcdef".to_owned(),
            title: "猫".to_owned(),
            created_at: at(0),
            items: 1,
            kind: Kind::Image,
            shown: Shown::Result,
            password: false,
            ends_at: Some(at(1000)),
            views: Some(2),
            viewed: 0,
            download: false,
            bytes: 7,
        };
        let secret = "secret".to_owned();
        let guesses = Guesses::default();
        let maker = "maker".to_owned();
        Row { stage: Stage::Open, maker, share, password: None, secret, copies: Vec::new(), guesses }
    }

    fn closed() -> Row {
        let mut row = row();
        row.password = Some("hash".to_owned());
        row
    }

    #[test]
    fn two_views_are_two() {
        let mut row = row();
        assert_eq!(row.open(None, at(1)), Opened::Yes);
        let view = row.view(at(1));
        assert!(row.door(at(1)).is_some());
        assert_eq!((row.open(None, at(2)), row.open(None, at(3))), (Opened::Yes, Opened::Gone));
        assert_eq!((row.share.viewed, row.door(at(3))), (2, None));
        assert!(row.is_view(&view, at(4)), "who has opened it goes on looking");
    }

    #[test]
    fn it_is_gone_from_the_moment_of_its_end() {
        let mut row = row();
        let view = row.view(at(1));
        assert!(row.is_view(&view, at(999)) && row.door(at(999)).is_some());
        assert_eq!((row.open(None, at(1000)), row.door(at(1000))), (Opened::Gone, None));
        assert!(!row.is_view(&view, at(1000)));
    }

    #[test]
    fn nobody_sees_what_is_not_open() {
        for stage in [Stage::Copying, Stage::Ended, Stage::Revoked] {
            let mut row = Row { stage, ..row() };
            let view = row.view(at(1));
            assert_eq!((row.door(at(1)), row.open(None, at(1))), (None, Opened::Gone));
            assert!(!row.is_view(&view, at(1)) && !row.is_shown_in_previews(at(1)));
        }
    }

    #[test]
    fn a_wrong_password_is_no_view_and_soon_waits() {
        let mut row = closed();
        assert_eq!(row.door(at(0)), Some(Door { password: true, title: None }));
        assert_eq!(row.open(None, at(0)), Opened::WrongPassword);
        for _ in 0..5 {
            assert_eq!(row.open(Some("wrong"), at(0)), Opened::WrongPassword);
        }
        let view = row.view(at(1));
        assert_eq!(row.open(Some("hash"), at(1)), Opened::Later(999));
        assert!(row.is_view(&view, at(1)), "who is in already is not held up");
        row.share.ends_at = None;
        assert_eq!(row.open(Some("hash"), at(1000)), Opened::Yes);
        assert_eq!(row.share.viewed, 1);
    }

    #[test]
    fn another_password_ends_the_views_of_the_old_one() {
        let change = |password: Option<Option<&str>>| Change {
            change: ShareChange::default(),
            password: password.map(|password| password.map(str::to_owned)),
            secret: "another".to_owned(),
        };
        let mut row = closed();
        let view = row.view(at(1));
        assert!(row.change(change(None), at(1)) && row.is_view(&view, at(1)));
        assert!(row.change(change(Some(Some("hash 2"))), at(1)) && !row.is_view(&view, at(1)));
        assert_eq!(row.open(Some("hash"), at(1)), Opened::WrongPassword);
        assert!(row.share.password && row.change(change(Some(None)), at(1)));
        assert!(!row.share.password && row.open(None, at(1)) == Opened::Yes);
        assert!(!row.change(change(None), at(1000)), "it has ended");
    }

    #[test]
    fn previews_tell_nothing_of_what_is_closed_or_counted() {
        let mut row = row();
        assert!(!row.is_shown_in_previews(at(1)), "each view counts");
        row.share.views = None;
        assert!(row.is_shown_in_previews(at(1)) && !row.is_shown_in_previews(at(1000)));
        row.password = Some("hash".to_owned());
        assert!(!row.is_shown_in_previews(at(1)));
    }

    #[test]
    fn a_change_goes_from_the_member_to_the_share_as_it_is() {
        for password in [None, Some(None), Some(Some("h".to_owned()))] {
            let change = ShareChange { views: Some(None), ..ShareChange::default() };
            let change = Change { change, password: password.clone(), secret: String::new() };
            let read: Change = serde_json::from_str(&serde_json::to_string(&change).unwrap()).unwrap();
            assert_eq!((read.password, read.change.views), (password, Some(None)));
        }
    }
}
