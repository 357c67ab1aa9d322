//! The token of a session: `member.code.epoch.id.begun.issued.end.hash`. The code is `-` where it was the deployment's own,
//! `epoch` is the Directory's count at the login, `id` and `begun` stay the same when the session is renewed, times are in
//! milliseconds since 1970, and `hash` signs what stands before it.

use studio_shared::time::Timestamp;
use uuid::Uuid;

use super::mac;

/// What stands for the deployment's own code.
const NO_CODE: &str = "-";

/// For so long a session holds, and again from when it is renewed: 30 days, in milliseconds.
pub(super) const HOLDS_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// After so long it is renewed no further, and the code is asked for again: 180 days.
const LONGEST_MS: u64 = 180 * 24 * 60 * 60 * 1000;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// The member.
    pub(super) member: String,
    /// The code they came in with.
    pub(super) code: Option<String>,
    /// The Directory's count at the login.
    pub(super) epoch: u64,
    /// Random: by it the Directory knows a session that was logged out.
    pub(super) id: String,
    /// The login.
    pub(super) begun: Timestamp,
    /// When it was issued.
    pub(super) issued: Timestamp,
    /// When it ends.
    pub(super) end: Timestamp,
}

impl Session {
    /// A new session, which holds no longer than until `last`.
    pub(super) fn begin(
        member: String,
        code: Option<String>,
        epoch: u64,
        last: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let id = Uuid::new_v4().simple().to_string();
        Self { member, code, epoch, id, begun: now, issued: now, end: end(now, now, last) }
    }

    /// The same session, once half of its time is over, for as long again; absent where there is nothing to be added.
    pub(super) fn renewed(&self, last: Option<Timestamp>, now: Timestamp) -> Option<Self> {
        let end = end(now, self.begun, last);
        let is_half_over = now.since(self.issued) > self.end.since(now);
        (is_half_over && end > self.end).then(|| Self { issued: now, end, ..self.clone() })
    }

    /// The token.
    pub(super) fn write(&self, key: &str) -> String {
        let code = self.code.as_deref().unwrap_or(NO_CODE);
        let Self { member, epoch, id, begun, issued, end, .. } = self;
        let signed = format!("{member}.{code}.{epoch}.{id}.{}.{}.{}", begun.ms(), issued.ms(), end.ms());
        let hash = mac::of(key, &signed);
        format!("{signed}.{hash}")
    }
}

fn end(now: Timestamp, begun: Timestamp, last: Option<Timestamp>) -> Timestamp {
    let end = now.after(HOLDS_MS).min(begun.after(LONGEST_MS));
    last.map_or(end, |last| last.min(end))
}

/// The session of a token that was signed with its member's key and has not ended.
pub(super) fn read(token: &str, key: impl Fn(&str) -> String, now: Timestamp) -> Option<Session> {
    let (signed, hash) = token.rsplit_once('.')?;
    let parts: Vec<&str> = signed.split('.').collect();
    let [member, code, epoch, id, begun, issued, end] = parts.as_slice() else { return None };
    if !mac::is(&key(member), signed, hash) {
        return None;
    }
    let moment = |text: &str| text.parse().map(Timestamp::from_ms).ok();
    let session = Session {
        member: (*member).to_owned(),
        code: Some((*code).to_owned()).filter(|code| code != NO_CODE),
        epoch: epoch.parse().ok()?,
        id: (*id).to_owned(),
        begun: moment(begun)?,
        issued: moment(issued)?,
        end: moment(end)?,
    };
    (now < session.end).then_some(session)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn key(member: &str) -> String {
        format!("{KEY}{member}")
    }

    fn session(code: Option<&str>) -> Session {
        let code = code.map(str::to_owned);
        let id = "5e55".to_owned();
        Session {
            member: "owner".to_owned(),
            code,
            epoch: 7,
            id,
            begun: at(100),
            issued: at(100),
            end: at(1000),
        }
    }

    #[test]
    fn a_token_holds_until_its_end() {
        for session in [session(None), session(Some("c1"))] {
            let token = session.write(&key("owner"));
            assert_eq!(read(&token, key, at(999)), Some(session.clone()));
            assert_eq!(read(&token, key, at(1000)), None);
            assert_eq!(read(&token, |_| "another key".to_owned(), at(1)), None);
            assert_eq!(read(&session.write(&key("other")), key, at(1)), None, "another member's key");
        }
    }

    #[test]
    fn a_session_is_renewed_in_its_second_half_and_not_for_ever() {
        let day = |days: u64| at(days * 24 * 60 * 60 * 1000);
        let first = Session::begin("owner".to_owned(), None, 7, None, day(0));
        assert_eq!((first.end, first.renewed(None, day(15))), (day(30), None));
        let mut session = first.clone();
        let mut days = Vec::new();
        for today in 0..400 {
            if let Some(renewed) = session.renewed(None, day(today)) {
                assert_eq!((renewed.id.as_str(), renewed.begun), (first.id.as_str(), day(0)));
                (session, days) = (renewed, [days, vec![today]].concat());
            }
        }
        assert_eq!((session.end, days.first(), days.last()), (day(180), Some(&16), Some(&160)));
    }

    #[test]
    fn a_session_ends_with_the_last_day_and_is_another_each_time() {
        let begin = |last| Session::begin("m".to_owned(), Some("c1".to_owned()), 7, last, at(50));
        let session = begin(Some(at(1000)));
        assert_eq!((session.end, session.renewed(Some(at(1000)), at(999))), (at(1000), None));
        assert_ne!(session.id, begin(Some(at(1000))).id);
        assert_eq!(session.id.len(), 32);
    }

    #[test]
    fn a_changed_token_is_none() {
        let token = session(Some("c1")).write(&key("owner"));
        for changed in [
            token.replace("owner", "other"),
            token.replace("1000", "9999"),
            token.replace("c1", "-"),
            token.replace(".7.", ".8."),
            token.replace("5e55", "5e56"),
            token.to_uppercase(),
            token.trim_end_matches(|c: char| c.is_ascii_hexdigit()).to_owned(),
            String::new(),
            ".".to_owned(),
            ".....".to_owned(),
        ] {
            assert_eq!(read(&changed, key, at(1)), None, "{changed}");
        }
    }

    proptest! {
        #[test]
        fn no_token_makes_the_reader_panic_or_pass(token in any::<String>()) {
            prop_assert_eq!(read(&token, key, at(0)), None);
        }
    }
}
