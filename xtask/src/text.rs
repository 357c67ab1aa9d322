//! Small words and figures for people.

mod gist;

use std::time::Duration;

use sha2::{Digest, Sha256};

pub use self::gist::{first_error, gist};

/// `0.4 s`, `83.2 s`, `12 min 5 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 120 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// Bytes in kB, as networks count: `229.9 kB`.
pub fn size(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

/// A SHA-256 as hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(duration(Duration::from_millis(83_240)), "83.2 s");
        assert_eq!(duration(Duration::from_secs(725)), "12 min 5 s");
        assert_eq!(size(229_922), "229.9 kB");
        assert_eq!(size(0), "0.0 kB");
    }
}
