//! Amounts of money, exact.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount in CNY, counted in billionths of a yuan, so that a single token's price
/// (0.3 CNY per million) is a whole number. On the wire a decimal string such as `"0.14"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Billionths in one yuan.
const UNIT: i64 = 1_000_000_000;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in billionths of a yuan.
    #[must_use]
    pub const fn from_nano(nano: i64) -> Self {
        Self(nano)
    }

    /// An amount in hundredths of a yuan, 分.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen.saturating_mul(UNIT / 100))
    }

    /// The amount in billionths of a yuan.
    #[must_use]
    pub const fn nano(self) -> i64 {
        self.0
    }

    /// So many times the amount; stays at the largest amount rather than overflow.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count as i64))
    }

    /// A share of the amount, rounded to the nearest billionth; nothing is nothing divided.
    #[must_use]
    pub const fn divided_by(self, parts: u32) -> Self {
        let half = (parts / 2) as i64;
        match self.0.saturating_add(half).checked_div(parts as i64) {
            Some(share) => Self(share),
            None => Self::ZERO,
        }
    }

    /// The difference; stays at the smallest amount rather than overflow.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The sum; stays at the largest amount rather than overflow.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Money {
    /// At least two decimals, more where they are not zero: `0.14`, `1.00`, `0.00008`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        const UNIT: u64 = self::UNIT.unsigned_abs();
        let nano = self.0.unsigned_abs();
        let digits = format!("{:09}", nano % UNIT);
        let kept = digits.trim_end_matches('0').len().max(2);
        write!(f, "{sign}{}.{}", nano / UNIT, digits.get(..kept).unwrap_or(&digits))
    }
}

/// The text is not a decimal number with at most nine decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotMoney;

impl fmt::Display for NotMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a decimal number such as 0.14")
    }
}

impl FromStr for Money {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !numeric(whole) || !numeric(part) || part.len() > 9 {
            return Err(NotMoney);
        }
        let whole: i64 = whole.parse().map_err(|_| NotMoney)?;
        let part: i64 = format!("{part:0<9}").parse().map_err(|_| NotMoney)?;
        let nano = whole.checked_mul(UNIT).and_then(|nano| nano.checked_add(part)).ok_or(NotMoney)?;
        Ok(Self(if negative { nano.saturating_neg() } else { nano }))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_written_with_at_least_two_decimals() {
        assert_eq!(Money::from_fen(14).to_string(), "0.14");
        assert_eq!(Money::from_fen(100).to_string(), "1.00");
        assert_eq!(Money::from_nano(80_000).to_string(), "0.00008");
        assert_eq!(Money::from_nano(-250_000_000).to_string(), "-0.25");
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for text in ["", ".", "1.", ".5", "1,5", "0x1", "1e3", "1.0000000001", "--1", "99999999999999"] {
            assert_eq!(text.parse::<Money>(), Err(NotMoney), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(nano in -i64::MAX..=i64::MAX) {
            let money = Money::from_nano(nano);
            prop_assert_eq!(money.to_string().parse(), Ok(money));
        }
    }
}
