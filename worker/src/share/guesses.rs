//! Wrong passwords, and how long the next one has to wait: pure.

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;

/// So many wrong passwords are free: a person who mistypes is not made to wait.
const FREE: u32 = 5;

/// The first wait, in milliseconds; each further wrong password doubles it.
const FIRST_WAIT_MS: u64 = 1000;

/// The longest wait. With it somebody tries fewer than three hundred passwords a day, and a reader who knows the right one is
/// kept out for five minutes at most.
const LONGEST_WAIT_MS: u64 = 5 * 60 * 1000;

/// After every quarter of an hour without a wrong one, one is forgotten. A right password forgets nothing: each reader who
/// has it would otherwise give somebody who has not five free ones.
const FORGOTTEN_MS: u64 = 15 * 60 * 1000;

/// What is remembered of wrong passwords.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Guesses {
    /// How many, less those that are forgotten.
    wrong: u32,
    /// When the last one was.
    last: Timestamp,
}

impl Guesses {
    /// Milliseconds until the next password is looked at; 0 where it is at once.
    pub(super) fn wait_ms(&self, now: Timestamp) -> u64 {
        let Some(doublings) = self.wrong.checked_sub(FREE) else { return 0 };
        let wait = FIRST_WAIT_MS.checked_shl(doublings).filter(|_| doublings < 32).unwrap_or(LONGEST_WAIT_MS);
        self.last.after(wait.min(LONGEST_WAIT_MS)).since(now)
    }

    /// Another wrong one.
    pub(super) fn wrong(&mut self, now: Timestamp) {
        let quarters = now.since(self.last).checked_div(FORGOTTEN_MS).unwrap_or(0);
        let left = self.wrong.saturating_sub(u32::try_from(quarters).unwrap_or(u32::MAX));
        *self = Self { wrong: left.saturating_add(1), last: now };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn waits_begin_late_double_and_have_an_end() {
        let mut guesses = Guesses::default();
        let mut waits = Vec::new();
        let mut now = at(1_768_874_400_000);
        for _ in 0..16 {
            waits.push(guesses.wait_ms(now) / 1000);
            now = now.after(guesses.wait_ms(now));
            assert_eq!(guesses.wait_ms(now), 0);
            guesses.wrong(now);
        }
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(guesses.wait_ms(now.after(1)), 299_999);
    }

    #[test]
    fn ten_thousand_tries_in_a_day_are_fewer_than_three_hundred_guesses() {
        let mut guesses = Guesses::default();
        let looked_at = (0..10_000_u64).filter(|n| {
            let now = at(1_768_874_400_000 + n * 8_640);
            let looked_at = guesses.wait_ms(now) == 0;
            if looked_at {
                guesses.wrong(now);
            }
            looked_at
        });
        let looked_at = looked_at.count();
        assert!((250..300).contains(&looked_at), "{looked_at}");
    }

    #[test]
    fn quiet_forgets() {
        let mut guesses = Guesses::default();
        (0..8).for_each(|_| guesses.wrong(at(1_000_000)));
        assert_eq!(guesses.wait_ms(at(1_000_000)), 8000);
        let later = at(1_000_000 + 4 * FORGOTTEN_MS);
        guesses.wrong(later);
        assert_eq!((guesses.wrong, guesses.wait_ms(later)), (5, 1000));
        guesses.wrong = u32::MAX;
        guesses.wrong(later);
        assert_eq!(guesses.wait_ms(later), LONGEST_WAIT_MS);
    }
}
