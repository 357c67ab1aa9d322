//! The token of a session: `member.code.epoch.issued.end.hash`. The code is `-` where it was the deployment's own, `epoch`
//! is the Directory's count at the login, times are in milliseconds since 1970, and `hash` signs what stands before it.

use studio_shared::time::Timestamp;

use super::mac;

/// What stands for the deployment's own code.
const NO_CODE: &str = "-";

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// The member.
    pub(super) member: String,
    /// The code they came in with.
    pub(super) code: Option<String>,
    /// The Directory's count at the login.
    pub(super) epoch: u64,
    /// When it was issued.
    pub(super) issued: Timestamp,
    /// When it ends.
    pub(super) end: Timestamp,
}

impl Session {
    /// The token.
    pub(super) fn write(&self, key: &str) -> String {
        let code = self.code.as_deref().unwrap_or(NO_CODE);
        let Self { member, epoch, issued, end, .. } = self;
        let signed = format!("{member}.{code}.{epoch}.{}.{}", issued.ms(), end.ms());
        let hash = mac::of(key, &signed);
        format!("{signed}.{hash}")
    }

    /// Whether half of its time is over.
    pub(super) const fn is_half_over(&self, now: Timestamp) -> bool {
        now.since(self.issued) > self.end.since(now)
    }
}

/// The session of a token that was signed with its member's key and has not ended.
pub(super) fn read(token: &str, key: impl Fn(&str) -> String, now: Timestamp) -> Option<Session> {
    let (signed, hash) = token.rsplit_once('.')?;
    let parts: Vec<&str> = signed.split('.').collect();
    let [member, code, epoch, issued, end] = parts.as_slice() else { return None };
    if !mac::is(&key(member), signed, hash) {
        return None;
    }
    let moment = |text: &str| text.parse().map(Timestamp::from_ms).ok();
    let session = Session {
        member: (*member).to_owned(),
        code: Some((*code).to_owned()).filter(|code| code != NO_CODE),
        epoch: epoch.parse().ok()?,
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
        Session { member: "owner".to_owned(), code, epoch: 7, issued: at(100), end: at(1000) }
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
    fn a_session_is_renewed_in_its_second_half() {
        let session = session(None);
        assert!(!session.is_half_over(at(550)) && session.is_half_over(at(551)));
    }

    #[test]
    fn a_changed_token_is_none() {
        let token = session(Some("c1")).write(&key("owner"));
        for changed in [
            token.replace("owner", "other"),
            token.replace("1000", "9999"),
            token.replace("c1", "-"),
            token.replace(".7.", ".8."),
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
