//! The periods to choose from. Pure.

use studio_shared::day::Day;

/// A period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Period {
    /// From the first of the running month until today.
    #[default]
    ThisMonth,
    /// The whole month before.
    LastMonth,
    /// The last seven days, today included.
    Week,
    /// The last thirty days, today included.
    Thirty,
}

impl Period {
    /// All of them, in the order of their texts.
    pub(super) const ALL: [Self; 4] = [Self::ThisMonth, Self::LastMonth, Self::Week, Self::Thirty];

    /// Its name in the address.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::ThisMonth => "month",
            Self::LastMonth => "last-month",
            Self::Week => "7",
            Self::Thirty => "30",
        }
    }

    /// The period of that name; the usual one where there is none.
    pub(super) fn of_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.name() == name).unwrap_or_default()
    }

    /// Its first and last day.
    pub(super) fn days(self, today: Day) -> (Day, Day) {
        let first = today.month().first();
        let back = |day: Day, days: u64| Day::nth(u64::from(day.number()).saturating_sub(days));
        match self {
            Self::ThisMonth => (first, today),
            Self::LastMonth => (back(first, 1).month().first(), back(first, 1)),
            Self::Week => (back(today, 6), today),
            Self::Thirty => (back(today, 29), today),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_today_or_with_the_last_month() {
        let days = |period: Period| {
            let (from, to) = period.days("2026-03-05".parse().unwrap());
            (from.to_string(), to.to_string())
        };
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(days(Period::ThisMonth), pair("2026-03-01", "2026-03-05"));
        assert_eq!(days(Period::LastMonth), pair("2026-02-01", "2026-02-28"));
        assert_eq!(days(Period::Week), pair("2026-02-27", "2026-03-05"));
        assert_eq!(days(Period::Thirty), pair("2026-02-04", "2026-03-05"));
        assert_eq!(Period::of_name("30"), Period::Thirty);
        assert_eq!(Period::of_name("x"), Period::ThisMonth);
    }
}
