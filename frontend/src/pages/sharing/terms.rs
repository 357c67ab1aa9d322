//! The terms of a share, as they are typed and as they are sent. What is typed is read by pure functions.

use js_sys::Date;
use leptos::prelude::*;
use studio_shared::share::{MOST_VIEWS, NewShare, PASSWORD, Share, ShareChange};
use studio_shared::time::Timestamp;

use crate::clock;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// When a share may end, as it is chosen.
pub(super) const ENDS: [&str; 5] = ["never", "1", "7", "30", "date"];

/// The end that it has, when it is changed.
pub(super) const KEEP: &str = "keep";

/// The terms of a share while they are typed.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) title: RwSignal<String>,
    pub(super) password: RwSignal<String>,
    /// What becomes of the password that it has: `keep`, `set` or `none`.
    pub(super) password_way: RwSignal<String>,
    /// One of [`ENDS`], or [`KEEP`].
    pub(super) end: RwSignal<String>,
    /// The last day, as `2026-01-20`.
    pub(super) day: RwSignal<String>,
    pub(super) views: RwSignal<String>,
    pub(super) download: RwSignal<bool>,
    /// Whether it was tried to go on: only then is said what is wrong.
    pub(super) pressed: RwSignal<bool>,
}

impl Terms {
    /// For something new.
    pub(super) fn new(title: String) -> Self {
        Self {
            title: RwSignal::new(title),
            password: RwSignal::new(String::new()),
            password_way: RwSignal::new("set".to_owned()),
            end: RwSignal::new("never".to_owned()),
            day: RwSignal::new(String::new()),
            views: RwSignal::new(String::new()),
            download: RwSignal::new(true),
            pressed: RwSignal::new(false),
        }
    }

    /// As they are.
    pub(super) fn of(share: &Share) -> Self {
        let terms = Self::new(share.title.clone());
        terms.password_way.set(if share.password { KEEP } else { "none" }.to_owned());
        terms.end.set(if share.ends_at.is_some() { KEEP } else { "never" }.to_owned());
        terms.views.set(share.views.map(|views| views.to_string()).unwrap_or_default());
        terms.download.set(share.download);
        terms
    }

    /// When it ends; `Err` where no day to come was chosen.
    pub(super) fn ends_at(self) -> Result<Option<Timestamp>, ()> {
        match self.end.get().as_str() {
            "date" => {
                self.day.with(|day| end_of_day(day)).filter(|end| clock::now() < *end).map(Some).ok_or(())
            }
            days => Ok(days.parse::<u64>().ok().map(|days| clock::now().after(days.saturating_mul(DAY_MS)))),
        }
    }

    /// How often it may be opened.
    pub(super) fn views(self) -> Result<Option<u32>, ()> {
        self.views.with(|text| views(text))
    }

    /// The password.
    pub(super) fn password(self) -> Result<Option<String>, ()> {
        self.password.with(|text| password(text))
    }

    /// Puts the terms into something new; `None` where one is not usable, which is said from now on.
    pub(super) fn put(self, new: NewShare) -> Option<NewShare> {
        self.pressed.set(true);
        untrack(|| {
            Some(NewShare {
                title: self.title.get().trim().to_owned(),
                password: self.password().ok()?,
                ends_at: self.ends_at().ok()?,
                views: self.views().ok()?,
                download: self.download.get(),
                ..new
            })
        })
    }

    /// What is to be changed of a share; `None` where a term is not usable.
    pub(super) fn change(self, share: &Share) -> Option<ShareChange> {
        self.pressed.set(true);
        untrack(|| {
            let title = self.title.get().trim().to_owned();
            let (views, download) = (self.views().ok()?, self.download.get());
            Some(ShareChange {
                title: (title != share.title).then_some(title),
                password: match self.password_way.get().as_str() {
                    "none" => share.password.then_some(None),
                    "set" => Some(Some(self.password().ok()??)),
                    _ => None,
                },
                ends_at: match self.end.get().as_str() {
                    KEEP => None,
                    _ => Some(self.ends_at().ok()?).filter(|end| *end != share.ends_at),
                },
                views: (views != share.views).then_some(views),
                download: (download != share.download).then_some(download),
            })
        })
    }
}

/// How often it may be opened, as it is typed.
fn views(text: &str) -> Result<Option<u32>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().ok().filter(|views| (1..=MOST_VIEWS).contains(views)).map(Some).ok_or(()),
    }
}

/// A password, as it is typed.
fn password(text: &str) -> Result<Option<String>, ()> {
    match text.chars().count() {
        0 => Ok(None),
        length if PASSWORD.contains(&length) => Ok(Some(text.to_owned())),
        _ => Err(()),
    }
}

/// The last moment of a day where the reader is.
fn end_of_day(day: &str) -> Option<Timestamp> {
    let (year, month, day) = parts(day)?;
    let end = Date::new_with_year_month_day_hr_min_sec(year, month.checked_sub(1)?, day, 23, 59, 59);
    let ms = end.get_time();
    // Whole, and positive by the check.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (ms > 0.0).then_some(Timestamp::from_ms(ms as u64))
}

/// Year, month and day of `2026-01-20`.
fn parts(day: &str) -> Option<(u32, i32, i32)> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let month = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((year, month, parts.next()?.parse().ok().filter(|day| (1..=31).contains(day))?))
}

#[cfg(test)]
mod tests {
    use studio_shared::kind::Kind;
    use studio_shared::share::Shown;

    use super::*;

    fn share() -> Share {
        Share {
            id: "s".into(),
            title: "旧".into(),
            created_at: Timestamp::from_ms(0),
            items: 1,
            kind: Kind::Image,
            shown: Shown::Result,
            password: true,
            ends_at: Some(Timestamp::from_ms(5)),
            views: Some(2),
            viewed: 1,
            download: true,
            bytes: 0,
        }
    }

    #[test]
    fn numbers_passwords_and_days_are_read_or_refused() {
        assert_eq!(
            (views(" 2 "), views(""), views("0"), views("x")),
            (Ok(Some(2)), Ok(None), Err(()), Err(()))
        );
        assert_eq!(views("1000001"), Err(()));
        assert_eq!((password(""), password("四个字啊")), (Ok(None), Ok(Some("四个字啊".into()))));
        assert_eq!((password("abc"), password(&"长".repeat(101))), (Err(()), Err(())));
        assert_eq!(parts("2026-01-20"), Some((2026, 1, 20)));
        assert_eq!((parts(""), parts("2026-13-01"), parts("0-1-1")), (None, None, None));
    }

    #[test]
    fn a_change_names_only_what_is_otherwise() {
        let owner = Owner::new();
        owner.set();
        let terms = Terms::of(&share());
        assert_eq!(terms.change(&share()), Some(ShareChange::default()));
        terms.title.set(" 新 ".into());
        terms.password_way.set("none".into());
        terms.end.set("never".into());
        terms.views.set(String::new());
        let changed = ShareChange {
            title: Some("新".into()),
            password: Some(None),
            ends_at: Some(None),
            views: Some(None),
            download: None,
        };
        assert_eq!(terms.change(&share()), Some(changed));
        terms.password_way.set("set".into());
        assert_eq!(terms.change(&share()), None, "another password has to be given");
    }
}
