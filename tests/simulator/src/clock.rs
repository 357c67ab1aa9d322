//! Two clocks: the real one, by which rate limits are counted, and the simulated one, by which tasks live
//! and links expire. The simulated one runs `scale` times as fast and can be moved forward.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// One reading of both clocks, in Unix milliseconds. Everything that decides takes one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// What the caller's own clock shows.
    pub real_ms: u64,
    /// What the simulated service's clock shows.
    pub sim_ms: u64,
}

/// Simulated milliseconds for real ones since the start.
pub fn simulated_ms(start_ms: u64, elapsed_ms: f64, scale: f64, advanced_ms: u64) -> u64 {
    let passed = (elapsed_ms * scale).clamp(0.0, 9e15);
    start_ms.saturating_add(passed as u64).saturating_add(advanced_ms)
}

/// The only place where the machine's time is read.
#[derive(Debug)]
pub struct Clock {
    started: Instant,
    started_unix_ms: u64,
    scale: f64,
}

impl Clock {
    /// Starts both clocks at the machine's present time.
    pub fn start(scale: f64) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let started_unix_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        Self { started: Instant::now(), started_unix_ms, scale }
    }

    /// Simulated seconds per real second.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Real milliseconds that so many simulated ones take.
    pub fn real_ms(&self, simulated_ms: u64) -> u64 {
        (simulated_ms as f64 / self.scale) as u64
    }

    /// Reads both clocks; `advanced_ms` is how far the simulated one was moved by hand.
    pub fn now(&self, advanced_ms: u64) -> Now {
        let elapsed_ms = self.started.elapsed().as_secs_f64() * 1000.0;
        Now {
            real_ms: simulated_ms(self.started_unix_ms, elapsed_ms, 1.0, 0),
            sim_ms: simulated_ms(self.started_unix_ms, elapsed_ms, self.scale, advanced_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simulated_time_is_scaled_and_moved_forward() {
        assert_eq!(simulated_ms(1_000, 500.0, 1.0, 0), 1_500);
        assert_eq!(simulated_ms(1_000, 500.0, 60.0, 7), 31_007);
        assert_eq!(simulated_ms(u64::MAX, f64::INFINITY, 2.0, u64::MAX), u64::MAX);
    }
}
