//! Moments, passed in from outside: this crate knows no clock.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 in UTC, such as
/// `2026-01-20T02:00:00.101Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

/// The last moment that RFC 3339 can write: the end of the year 9999.
const LAST: u64 = 253_402_300_799_999;

/// Beijing is eight hours ahead of UTC all year.
const BEIJING_MS: u64 = 8 * 60 * 60 * 1000;

impl Timestamp {
    /// A moment by its milliseconds since 1970; later than the year 9999 is taken as its end.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(if ms > LAST { LAST } else { ms })
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn ms(self) -> u64 {
        self.0
    }

    /// The moment `ms` milliseconds later.
    #[must_use]
    pub const fn after(self, ms: u64) -> Self {
        Self::from_ms(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; 0 where it is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads the vendor's times: Beijing wall time without a zone, `2026-01-20 10:00:00.101`
    /// (`dashscope-api.md` §1.4).
    #[must_use]
    pub fn from_beijing(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(' ')?;
        let beijing: Self = parse(&format!("{date}T{time}Z"))?;
        beijing.0.checked_sub(BEIJING_MS).map(Self)
    }

    /// Wall time in Beijing, to the minute, for people to read: `2026-01-20 10:00`.
    #[must_use]
    pub fn in_beijing(self) -> String {
        let text = self.after(BEIJING_MS).to_string();
        text.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    let moment = humantime::parse_rfc3339_weak(text).ok()?;
    let since = moment.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok().map(Timestamp::from_ms)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(self.0)) {
            Some(moment) => write!(f, "{}", humantime::format_rfc3339_millis(moment)),
            None => Err(fmt::Error),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| de::Error::custom("expected a time such as 2026-01-20T02:00:00.101Z"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vendors_wall_time_is_eight_hours_ahead() {
        let moment = Timestamp::from_beijing("2025-08-13 18:04:35.703").unwrap();
        assert_eq!(moment.to_string(), "2025-08-13T10:04:35.703Z");
        assert_eq!(moment.in_beijing(), "2025-08-13 18:04");
        assert_eq!(Timestamp::from_beijing("yesterday"), None);
        assert_eq!(Timestamp::from_beijing("1970-01-01 00:00:00.000"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(ms in 0..=LAST) {
            let moment = Timestamp::from_ms(ms);
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), moment);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>()) {
            let _ = Timestamp::from_beijing(&text);
        }
    }
}
