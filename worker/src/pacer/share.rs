//! What the vendor's "too fast" does to a pace: halved at once, and back by itself.

use studio_shared::time::Timestamp;

/// All of the rate, in thousandths.
pub(super) const WHOLE: u32 = 1000;

/// The least that is left of it.
const LEAST: u32 = WHOLE / 8;

/// Thousandths that come back in a second.
const BACK_A_SECOND: u64 = 100;

/// Refusals within so many milliseconds are one: the calls were on their way already.
const ONE_REFUSAL: u64 = 1_000;

/// The share of its rate that a lane takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// When the vendor last refused.
    refused: Option<Timestamp>,
    /// What was left then, in thousandths.
    pub(super) left: u32,
    /// From when on it comes back.
    pub(super) since: Timestamp,
}

impl Default for Share {
    fn default() -> Self {
        Self::resumed(WHOLE, Timestamp::default())
    }
}

impl Share {
    /// As an earlier life left it.
    pub(super) fn resumed(left: u32, since: Timestamp) -> Self {
        Self { refused: None, left: left.clamp(LEAST, WHOLE), since }
    }

    /// The share at a moment, in thousandths.
    pub(super) fn at(self, now: Timestamp) -> u32 {
        let back = now.since(self.since).saturating_mul(BACK_A_SECOND) / 1000;
        self.left.saturating_add(u32::try_from(back).unwrap_or(WHOLE)).min(WHOLE)
    }

    /// The vendor said "too fast", and asked for a pause.
    pub(super) fn refuse(&mut self, now: Timestamp, pause_ms: u64) {
        let is_one = self.refused.is_some_and(|refused| now.since(refused) < ONE_REFUSAL);
        if !is_one {
            self.left = (self.at(now) / 2).max(LEAST);
            self.refused = Some(now);
        }
        self.since = self.since.max(now.after(pause_ms));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn each_refusal_halves_the_pace_and_it_comes_back_by_a_tenth_a_second() {
        let mut share = Share::default();
        assert_eq!(share.at(at(0)), 1000);
        share.refuse(at(10_000), 1_000);
        assert_eq!(
            [10_000, 11_000, 12_000, 16_000, 90_000].map(|ms| share.at(at(ms))),
            [500, 500, 600, 1000, 1000]
        );
        share.refuse(at(12_000), 0);
        assert_eq!(share.at(at(12_000)), 300);
    }

    #[test]
    fn refusals_at_once_are_one() {
        let mut share = Share::default();
        for ms in [10_000, 10_001, 10_400, 10_999] {
            share.refuse(at(ms), 1_000);
        }
        assert_eq!(share.at(at(11_999)), 500, "halved once, and not back before the last pause has ended");
    }

    proptest! {
        #[test]
        fn whatever_is_refused_an_eighth_is_left_and_in_nine_seconds_all_is_back(
            refusals in prop::collection::vec((0_u64..5_000, 0_u64..3_000), 0..60)
        ) {
            let (mut share, mut now) = (Share::default(), 100_000);
            for (later, pause) in refusals {
                now += later;
                share.refuse(at(now), pause);
                prop_assert!((LEAST..=WHOLE).contains(&share.at(at(now))));
            }
            prop_assert_eq!(share.at(share.since.after(8_750).max(at(now))), WHOLE);
        }
    }
}
