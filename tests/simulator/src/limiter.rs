//! Rate limits: so many in any second, on the real clock (dashscope-api.md §9.1).

use std::collections::{HashMap, VecDeque};

/// What is admitted in each second, counted by a name of the caller's choice (an endpoint, or an endpoint
/// and a model).
#[derive(Debug, Default)]
pub struct Limiter {
    admitted: HashMap<String, VecDeque<u64>>,
}

impl Limiter {
    /// Whether one more of `key` fits into the second that ends now; if so it is counted.
    ///
    /// The window is `1000 - slack_ms` long: a caller who sends at exactly the allowed rate is not refused
    /// because one of its packets was quicker than the one before. What is refused is not counted (`inf`).
    pub fn admit(&mut self, key: &str, now_ms: u64, per_second: u32, slack_ms: u64) -> bool {
        self.admit_within(key, now_ms, per_second, 1000_u64.saturating_sub(slack_ms))
    }

    /// The same for a window of another length.
    pub fn admit_within(&mut self, key: &str, now_ms: u64, most: u32, length: u64) -> bool {
        let window = self.admitted.entry(key.to_owned()).or_default();
        while window.front().is_some_and(|&at| at.saturating_add(length) <= now_ms) {
            window.pop_front();
        }
        let fits = window.len() < usize::try_from(most).unwrap_or(usize::MAX);
        if fits {
            window.push_back(now_ms);
        }
        fits
    }
}

/// The busiest second so far: every arrival, admitted or not, in any 1,000 ms.
#[derive(Debug, Default)]
pub struct Peak {
    arrivals: VecDeque<u64>,
    highest: usize,
}

impl Peak {
    /// Counts one arrival.
    pub fn arrive(&mut self, now_ms: u64) {
        while self.arrivals.front().is_some_and(|&at| at.saturating_add(1000) <= now_ms) {
            self.arrivals.pop_front();
        }
        self.arrivals.push_back(now_ms);
        self.highest = self.highest.max(self.arrivals.len());
    }

    /// The most that arrived within one second.
    pub fn highest(&self) -> usize {
        self.highest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_third_within_a_second_is_refused_and_the_next_second_is_free() {
        let mut limiter = Limiter::default();
        let times =
            [(0, true), (10, true), (20, false), (999, false), (1000, true), (1009, false), (1010, true)];
        for (at, fits) in times {
            assert_eq!(limiter.admit("a", at, 2, 0), fits, "at {at}");
        }
        assert!(limiter.admit("b", 20, 2, 0), "another model has its own second");
    }

    #[test]
    fn the_slack_forgives_jitter_at_the_exact_rate_but_not_a_faster_rate() {
        let mut limiter = Limiter::default();
        assert!([40, 500, 960, 1540, 1999].iter().all(|&at| limiter.admit("jitter", at, 2, 100)));
        let fast: Vec<bool> =
            [0, 400, 800, 1200].iter().map(|&at| limiter.admit("fast", at, 2, 100)).collect();
        assert_eq!(fast, [true, true, false, true]);
    }

    #[test]
    fn a_limit_of_nothing_admits_nothing() {
        assert!(!Limiter::default().admit("a", 5, 0, 0));
    }

    #[test]
    fn the_peak_is_the_busiest_second() {
        let mut peak = Peak::default();
        for at in [0, 600, 1100, 1200, 1599, 1600, 5000] {
            peak.arrive(at);
        }
        assert_eq!(peak.highest(), 4, "600 has left the window when 1600 arrives");
    }

    proptest! {
        #[test]
        fn never_more_than_the_limit_in_one_second(gaps in prop::collection::vec(0_u64..700, 1..80), limit in 1_u32..6) {
            let (mut limiter, mut peak, mut at) = (Limiter::default(), Peak::default(), 0);
            for gap in gaps {
                at += gap;
                if limiter.admit("k", at, limit, 0) {
                    peak.arrive(at);
                }
            }
            prop_assert!(peak.highest() <= limit as usize);
        }
    }
}
