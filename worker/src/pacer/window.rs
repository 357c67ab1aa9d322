//! One limit: so many calls in any window of time, as the vendor sees them arrive.
//!
//! Calls leave evenly, and none leaves before the window behind it has room: the call that is as many calls back as the
//! limit allows must have arrived a whole window ago. When it arrived is not known, but it was before it was answered.

use std::collections::VecDeque;

use studio_shared::time::Timestamp;

/// How late a call may reach the vendor that has not been answered yet, in milliseconds: 2 % of a second.
const BLUR: u64 = 20;

/// The same for the first call after a pause, which opens its connection: two round trips around the world.
const COLD_CALL: u64 = 500;

/// After so many milliseconds without a call the next one is cold.
const COLD_AFTER: u64 = 5_000;

/// How much earlier than its moment a call may leave, in milliseconds: timers may ring one early, and the vendor's
/// clock cuts its own milliseconds.
const EARLY: u64 = 2;

/// So many calls in any window of so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) calls: u32,
    pub(super) window_ms: u64,
}

impl Rate {
    /// So many calls a second.
    pub(super) const fn second(calls: u32) -> Self {
        Self { calls, window_ms: 1000 }
    }

    /// Milliseconds from one call to the next.
    pub(super) const fn interval_ms(self) -> u64 {
        let calls = if self.calls == 0 { 1 } else { self.calls as u64 };
        self.window_ms.div_ceil(calls)
    }

    fn calls(self) -> usize {
        usize::try_from(self.calls).unwrap_or(usize::MAX).max(1)
    }
}

/// The last calls that a limit counts.
#[derive(Debug)]
pub(super) struct Window {
    rate: Rate,
    made: VecDeque<Made>,
}

#[derive(Clone, Copy, Debug)]
struct Made {
    /// The moment it was for.
    at: Timestamp,
    /// When it can at latest have reached the vendor.
    by: Timestamp,
}

impl Window {
    /// No calls so far.
    pub(super) const fn new(rate: Rate) -> Self {
        Self { rate, made: VecDeque::new() }
    }

    /// As full as it can be: after a restart nobody knows what came before the last call.
    pub(super) fn full(rate: Rate, last: Timestamp) -> Self {
        let made = std::iter::repeat_n(Made { at: last, by: last.after(BLUR) }, rate.calls());
        Self { rate, made: made.collect() }
    }

    /// The limit.
    pub(super) const fn rate(&self) -> Rate {
        self.rate
    }

    /// The last call.
    pub(super) fn last(&self) -> Timestamp {
        self.made.back().map(|made| made.at).unwrap_or_default()
    }

    /// From when on the next call may be made, at this share of the rate in thousandths.
    pub(super) fn next(&self, permille: u32) -> Timestamp {
        let Some(last) = self.made.back() else { return Timestamp::default() };
        let even = last.at.after(self.interval_ms(permille));
        let first = self.made.len().checked_sub(self.rate.calls()).and_then(|first| self.made.get(first));
        first.map_or(even, |first| even.max(first.by.after(self.rate.window_ms).after(EARLY)))
    }

    /// Milliseconds between two calls at a share of the rate.
    pub(super) fn interval_ms(&self, permille: u32) -> u64 {
        self.rate.interval_ms().saturating_mul(1000).div_ceil(u64::from(permille.max(1)))
    }

    /// Counts a call.
    pub(super) fn call(&mut self, at: Timestamp) {
        let is_cold = self.made.back().is_none_or(|last| at.since(last.at) > COLD_AFTER);
        let by = at.after(if is_cold { COLD_CALL } else { BLUR });
        self.made.push_back(Made { at, by });
        while self.made.len() > self.rate.calls() {
            self.made.pop_front();
        }
    }

    /// The call of that moment had reached the vendor within so many milliseconds.
    pub(super) fn arrived(&mut self, at: Timestamp, within_ms: u64) {
        if let Some(made) = self.made.iter_mut().rev().find(|made| made.at == at) {
            made.by = at.after(within_ms.min(COLD_CALL));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    /// Moments of calls made as early as possible, each of which arrives within the time told.
    fn moments(window: &mut Window, within_ms: &[u64]) -> Vec<u64> {
        let make = |within: &u64| {
            let moment = window.next(1000).max(at(100_000));
            window.call(moment);
            window.arrived(moment, *within);
            moment.ms()
        };
        within_ms.iter().map(make).collect()
    }

    #[test]
    fn two_a_second_are_500_ms_apart_and_two_more_in_a_second() {
        let calls = moments(&mut Window::new(Rate::second(2)), &[4; 7]);
        assert_eq!(calls, [100_000, 100_500, 101_006, 101_506, 102_012, 102_512, 103_018]);
    }

    #[test]
    fn a_late_call_holds_back_only_what_would_come_too_soon_after_it() {
        let calls = moments(&mut Window::new(Rate::second(2)), &[4, 90, 4, 4, 4]);
        assert_eq!(calls, [100_000, 100_500, 101_006, 101_592, 102_092]);
    }

    #[test]
    fn of_a_call_that_is_not_answered_the_worst_is_taken() {
        let mut window = Window::new(Rate::second(1));
        window.call(at(60_000));
        assert_eq!(window.next(1000), at(61_502), "it opens its connection");
        window.call(at(61_502));
        assert_eq!(window.next(1000), at(62_524));
        window.arrived(at(61_502), 3);
        assert_eq!(window.next(1000), at(62_507));
        window.arrived(at(61_502), 90_000);
        assert_eq!(window.next(1000), at(63_004), "no answer is taken to have been under way for longer");
    }

    #[test]
    fn two_a_minute_are_half_a_minute_apart() {
        let calls = moments(&mut Window::new(Rate { calls: 2, window_ms: 60_000 }), &[0; 4]);
        assert_eq!(calls, [100_000, 130_000, 160_002, 190_002]);
    }

    #[test]
    fn after_a_restart_nothing_is_known_but_the_last_call() {
        let window = Window::full(Rate::second(20), at(5_000));
        assert_eq!((window.next(1000), window.last()), (at(6_022), at(5_000)));
    }

    proptest! {
        #[test]
        fn the_vendor_never_sees_more_than_the_limit_in_any_window(
            calls in 1_u32..21, ways in prop::collection::vec((0_u64..80, 0_u64..1500), 2..120)
        ) {
            let mut window = Window::new(Rate::second(calls));
            let mut now = 0;
            let mut arrivals = Vec::new();
            for (way, idle) in ways {
                now = window.next(1000).ms().max(now + if idle > 1400 { idle } else { 0 });
                window.call(at(now));
                // Sometimes the answer is known before the next call, which then relies on it.
                if idle % 2 == 0 || way > BLUR {
                    window.arrived(at(now), way);
                }
                arrivals.push(now + way);
            }
            for (first, last) in arrivals.iter().zip(arrivals.iter().skip(calls as usize)) {
                prop_assert!(last - first >= 1000, "{calls} a second: {arrivals:?}");
            }
        }
    }
}
