//! The token of a session: `member.end.hash`, where `end` is in milliseconds since 1970 and `hash` signs what
//! stands before it.

use studio_shared::time::Timestamp;

use super::mac;

/// A token that ends at `end`.
pub(super) fn write(member: &str, key: &str, end: Timestamp) -> String {
    let signed = format!("{member}.{}", end.ms());
    let hash = mac::of(key, &signed);
    format!("{signed}.{hash}")
}

/// The member of a token that was signed with `key` and has not ended.
pub(super) fn read(token: &str, key: &str, now: Timestamp) -> Option<String> {
    let (signed, hash) = token.rsplit_once('.')?;
    if !mac::is(key, signed, hash) {
        return None;
    }
    let (member, end) = signed.rsplit_once('.')?;
    let end = end.parse().map(Timestamp::from_ms).ok()?;
    (now < end).then(|| member.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn a_token_holds_until_its_end() {
        let token = write("owner", KEY, at(1000));
        assert_eq!(read(&token, KEY, at(999)).as_deref(), Some("owner"));
        assert_eq!(read(&token, KEY, at(1000)), None);
        assert_eq!(read(&token, "another key", at(1)), None);
    }

    #[test]
    fn a_changed_token_is_none() {
        let token = write("owner", KEY, at(1000));
        for changed in [
            token.replace("owner", "other"),
            token.replace("1000", "9999"),
            token.to_uppercase(),
            token.trim_end_matches(|c: char| c.is_ascii_hexdigit()).to_owned(),
            String::new(),
            ".".to_owned(),
            "..".to_owned(),
        ] {
            assert_eq!(read(&changed, KEY, at(1)), None, "{changed}");
        }
    }

    proptest! {
        #[test]
        fn no_token_makes_the_reader_panic_or_pass(token in any::<String>()) {
            prop_assert_eq!(read(&token, KEY, at(0)), None);
        }
    }
}
