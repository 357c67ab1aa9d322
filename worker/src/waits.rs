//! How long things are waited for here: pure.

use studio_shared::storage;

const HOUR_MS: u64 = 60 * 60 * 1000;

/// How long things are waited for. In development all of it can be made so many times shorter, by the variable `HURRY`:
/// nobody can test a day by waiting for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waits {
    hurry: u64,
}

impl Default for Waits {
    fn default() -> Self {
        Self { hurry: 1 }
    }
}

impl Waits {
    /// Reads the variable.
    ///
    /// # Errors
    /// What to set, in one sentence.
    pub(crate) fn read(hurry: &str) -> Result<Self, String> {
        if hurry.is_empty() {
            return Ok(Self::default());
        }
        let hurry = hurry.parse().ok().filter(|hurry| (1..=1_000_000).contains(hurry));
        hurry
            .map(|hurry| Self { hurry })
            .ok_or_else(|| "HURRY takes a whole number from 1 to 1000000".to_owned())
    }

    const fn shortened(self, ms: u64) -> u64 {
        match ms.checked_div(self.hurry) {
            Some(ms) => ms,
            None => ms,
        }
    }

    /// For so many milliseconds a deleted job can be brought back.
    pub(crate) const fn undo_ms(self) -> u64 {
        self.shortened(storage::UNDO_MS)
    }

    /// A result that could not be kept for so long is at risk: the vendor deletes it after 24 hours
    /// (`dashscope-api.md` §2.2).
    pub(crate) const fn risk_ms(self) -> u64 {
        self.shortened(20 * HOUR_MS)
    }

    /// After so long it is looked whether what was begun was given up, and what was refused is tried again.
    pub(crate) const fn again_ms(self) -> u64 {
        self.shortened(60_000)
    }

    /// A day of retention.
    pub(crate) const fn day_ms(self) -> u64 {
        self.shortened(24 * HOUR_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hurries_unless_it_is_told_to() {
        let waits = Waits::read("").unwrap();
        assert_eq!((waits.undo_ms(), waits.risk_ms(), waits.day_ms()), (600_000, 72_000_000, 86_400_000));
        let waits = Waits::read("200").unwrap();
        assert_eq!((waits.undo_ms(), waits.risk_ms(), waits.day_ms()), (3000, 360_000, 432_000));
        assert_eq!((waits.again_ms(), Waits::default().again_ms()), (300, 60_000));
        for wrong in ["0", "-1", "1.5", "fast", "1000001"] {
            assert!(Waits::read(wrong).unwrap_err().contains("HURRY"), "{wrong}");
        }
    }
}
