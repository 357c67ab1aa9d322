//! How long to wait.

/// Milliseconds before the next try after so many failed ones: 1 s, doubling to 60 s.
pub(super) fn after_failure(failures: u32) -> u64 {
    1000_u64.saturating_mul(1 << failures.saturating_sub(1).min(6)).min(60_000)
}

/// Milliseconds before the next poll after so many. Pictures take seconds to minutes: the first polls come
/// quickly, later ones every 8 s, as the vendor's own client does (`dashscope-api.md` §2.5).
pub(super) fn before_poll(polls: u32) -> u64 {
    match polls {
        0 => 1000,
        1 => 1500,
        2 => 2000,
        3 => 3000,
        4 => 5000,
        _ => 8000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute() {
        let pauses: Vec<_> = (1..=8).map(after_failure).collect();
        assert_eq!(pauses, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
        assert_eq!(after_failure(0), 1000);
        assert_eq!(after_failure(u32::MAX), 60_000);
    }
}
