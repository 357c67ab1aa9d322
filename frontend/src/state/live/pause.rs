//! How long to wait before a broken socket is opened again.

use std::time::Duration;

/// The longest pause.
const LONGEST_MS: u32 = 30_000;

/// The pause after so many failures in a row: one second, doubled each time, half a minute at most; up to half
/// of it left to `chance` (0 to 1), so that after an outage not all pages come back in the same instant.
#[must_use]
pub(crate) fn pause(failures: u32, chance: f64) -> Duration {
    let doubled = 1000_u32.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    let whole = Duration::from_millis(u64::from(doubled.min(LONGEST_MS)));
    whole.mul_f64(1.0 - chance.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let waits: Vec<_> = (1..=7).map(|failures| pause(failures, 0.0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(pause(u32::MAX, 0.0).as_secs(), 30);
    }

    #[test]
    fn chance_takes_up_to_half_away() {
        assert_eq!(pause(1, 1.0).as_millis(), 500);
        assert_eq!(pause(1, f64::NAN.max(0.0)).as_millis(), 1000);
    }
}
