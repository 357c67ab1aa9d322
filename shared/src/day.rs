//! Days and months of the bill: Beijing's, since the vendor's account is kept there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::Timestamp;

/// A day in Beijing. On the wire `2026-11-22`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

/// A month in Beijing. On the wire `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Beijing is eight hours ahead of UTC all year.
const BEIJING_MS: u64 = 8 * 60 * 60 * 1000;

/// The last day of the year 9999.
const LAST: u32 = 2_932_896;

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(moment: Timestamp) -> Self {
        Self::nth(moment.ms().saturating_add(BEIJING_MS) / DAY_MS)
    }

    /// The day so many days after 1970-01-01; later than the year 9999 is taken as its end.
    #[must_use]
    pub fn nth(days: u64) -> Self {
        Self(u32::try_from(days).unwrap_or(LAST).min(LAST))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The moment it begins.
    #[must_use]
    pub fn begins(self) -> Timestamp {
        Timestamp::from_ms(u64::from(self.0).saturating_mul(DAY_MS).saturating_sub(BEIJING_MS))
    }

    /// The day after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1).min(LAST))
    }

    /// The month it is in.
    #[must_use]
    pub fn month(self) -> Month {
        let text = self.to_string();
        let mut parts = text.split('-');
        let year = parts.next().and_then(|year| year.parse().ok()).unwrap_or(1970);
        let month = parts.next().and_then(|month| month.parse().ok()).unwrap_or(1);
        Month { year, month }
    }
}

impl Month {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        format!("{self}-01").parse().unwrap_or_default()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let midnight = Timestamp::from_ms(u64::from(self.0).saturating_mul(DAY_MS)).to_string();
        f.write_str(midnight.get(..10).unwrap_or_default())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The text is not a day such as 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        if text.len() != 10 {
            return Err(NotADay);
        }
        let midnight: Timestamp =
            serde_json::from_value(format!("{text}T00:00:00Z").into()).map_err(|_| NotADay)?;
        Ok(Self::nth(midnight.ms() / DAY_MS))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom("expected a day such as 2026-11-22"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_beijing() {
        let day: Day = "2026-11-22".parse().unwrap();
        assert_eq!(day.begins().to_string(), "2026-11-21T16:00:00.000Z");
        assert_eq!(Day::of(day.begins()), day);
        assert_eq!(Day::of(Timestamp::from_ms(day.begins().ms() - 1)).next(), day);
        assert_eq!(
            (day.month().to_string(), day.month().first().to_string()),
            ("2026-11".into(), "2026-11-01".into())
        );
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["", "2026-11", "2026-13-01", "2026-11-31", "22.11.2026", "2026-11-22T00:00:00Z", "２０２６-11-2"]
        {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_reads_back(number in 0..=LAST) {
            let day = Day::nth(number.into());
            prop_assert_eq!(day.to_string().parse(), Ok(day));
            prop_assert!(day.month().first() <= day);
        }
    }
}
