//! Which batches have changed since their pages were last told. Pure.

use std::collections::HashMap;

use studio_shared::time::Timestamp;

/// A batch is told at most so often, in milliseconds.
const EVERY_MS: u64 = 1000;

/// What is known of a batch.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    changed: bool,
    told: Timestamp,
}

/// Which batches have changed since their pages were last told.
#[derive(Debug, Default)]
pub(in crate::member) struct News(HashMap<String, Known>);

impl News {
    /// Something about a batch has changed.
    pub(in crate::member) fn changed(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_default().changed = true;
    }

    /// Takes those that are to be told now.
    pub(in crate::member) fn take(&mut self, now: Timestamp) -> Vec<String> {
        self.0.retain(|_, known| known.changed || now.since(known.told) < EVERY_MS);
        let mut due = Vec::new();
        for (id, known) in &mut self.0 {
            if known.changed && now.since(known.told) >= EVERY_MS {
                *known = Known { changed: false, told: now };
                due.push(id.clone());
            }
        }
        due
    }

    /// Whether any is still to be told.
    pub(in crate::member) fn is_pending(&self) -> bool {
        self.0.values().any(|known| known.changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_told_at_most_once_a_second_and_at_the_end_for_sure() {
        let mut news = News::default();
        let mut told = Vec::new();
        for ms in (10_000..12_345).step_by(5) {
            if ms < 12_100 {
                news.changed("a");
            }
            if !news.take(Timestamp::from_ms(ms)).is_empty() {
                told.push(ms);
            }
        }
        assert_eq!(told, [10_000, 11_000, 12_000]);
        assert!(news.is_pending(), "the last change is not forgotten");
        assert_eq!(news.take(Timestamp::from_ms(13_000)), ["a"]);
        assert!(!news.is_pending());
        assert!(news.take(Timestamp::from_ms(20_000)).is_empty());
        assert!(news.0.is_empty(), "nothing is kept of what is quiet");
    }
}
