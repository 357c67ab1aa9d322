//! How quickly an answer comes. Pure.

use std::collections::VecDeque;

/// Over how long it is measured.
const WINDOW_MS: u64 = 3_000;
/// What is shorter says nothing.
const LEAST_MS: u64 = 400;

/// How quickly tokens come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    seen: VecDeque<(u64, u32)>,
}

impl Pace {
    /// So many tokens have come by now.
    pub(super) fn note(&mut self, now_ms: u64, tokens: u32) {
        self.seen.push_back((now_ms, tokens));
        while self.seen.len() > 2
            && self.seen.front().is_some_and(|(ms, _)| now_ms.saturating_sub(*ms) > WINDOW_MS)
        {
            self.seen.pop_front();
        }
    }

    /// What came while nobody looked is no pace.
    pub(super) fn restart(&mut self) {
        self.seen.clear();
    }

    /// Tokens that have come in all.
    #[must_use]
    pub fn tokens(&self) -> Option<u32> {
        self.seen.back().map(|(_, tokens)| *tokens)
    }

    /// Tokens a second, over the last seconds.
    #[must_use]
    pub fn per_second(&self) -> Option<u32> {
        let ((from, first), (to, last)) = (self.seen.front()?, self.seen.back()?);
        per_second(last.checked_sub(*first)?, to.checked_sub(*from)?)
    }
}

/// Tokens a second, where it is worth telling.
#[must_use]
pub fn per_second(tokens: u32, ms: u64) -> Option<u32> {
    if ms < LEAST_MS || tokens == 0 {
        return None;
    }
    u32::try_from(u64::from(tokens).saturating_mul(1000).checked_div(ms)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_seconds_count() {
        let mut pace = Pace::default();
        pace.note(0, 0);
        assert_eq!(pace.per_second(), None);
        for second in 1..=10_u32 {
            pace.note(u64::from(second) * 1000, second * second);
        }
        // From second 7 to second 10: 49 to 100.
        assert_eq!(pace.per_second(), Some(17));
        assert_eq!(pace.tokens(), Some(100));
        pace.restart();
        assert_eq!(pace.per_second(), None);
    }

    #[test]
    fn moments_say_nothing() {
        assert_eq!(per_second(4, 10), None);
        assert_eq!(per_second(0, 4_000), None);
        assert_eq!(per_second(30, 1_500), Some(20));
    }
}
