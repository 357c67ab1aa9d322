//! How long to wait.

use studio_shared::kind::Kind;

/// Milliseconds before the next try after so many failed ones: 1 s, doubling to 60 s.
pub(super) fn after_failure(failures: u32) -> u64 {
    1000_u64.saturating_mul(1 << failures.saturating_sub(1).min(6)).min(60_000)
}

/// Milliseconds before the next poll after so many. Pictures and transcripts take seconds to minutes: the first polls
/// come quickly, later ones every 8 s, as the vendor's own client does. A film takes minutes, and the vendor asks for
/// 15 s between polls; a film that is refused ends within a second, which the first ones find out
/// (`dashscope-api.md` §2.5, §4.2).
pub(super) fn before_poll(kind: Kind, polls: u32) -> u64 {
    let pauses = match kind {
        Kind::Video => [2000, 4000, 8000, 12_000, 15_000, 15_000],
        _ => [1000, 1500, 2000, 3000, 5000, 8000],
    };
    let [.., last] = pauses;
    usize::try_from(polls).ok().and_then(|polls| pauses.get(polls).copied()).unwrap_or(last)
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

    #[test]
    fn films_are_asked_about_less_often_than_pictures() {
        let pauses = |kind| [0, 1, 5, 6, u32::MAX].map(|polls| before_poll(kind, polls));
        assert_eq!(pauses(Kind::Image), [1000, 1500, 8000, 8000, 8000]);
        assert_eq!(pauses(Kind::Video), [2000, 4000, 15_000, 15_000, 15_000]);
    }
}
