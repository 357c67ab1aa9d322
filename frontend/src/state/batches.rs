//! Every batch the page has heard of. Lists and pages read it; the live socket and every answer write it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use studio_shared::batch::Batch;

/// A batch in a signal of its own: what shows it moves by itself.
pub type BatchSignal = ArcRwSignal<Batch>;

/// A batch, and how many times batches had been written when it was.
type Entry = (BatchSignal, u64);

/// Every batch the page has heard of.
#[derive(Clone, Copy)]
pub struct Batches {
    entries: RwSignal<BTreeMap<String, Entry>>,
    written: StoredValue<u64>,
}

impl Batches {
    pub(super) fn new() -> Self {
        Self { entries: RwSignal::new(BTreeMap::new()), written: StoredValue::new(0) }
    }

    /// The batches of the application.
    #[must_use]
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// The batch of that id. Runs again when batches come or go, not when one changes.
    #[must_use]
    pub fn find(self, id: &str) -> Option<BatchSignal> {
        self.entries.with(|entries| entries.get(id).map(|(batch, _)| batch.clone()))
    }

    /// All of them, newest first: their ids are ordered by time.
    #[must_use]
    pub fn all(self) -> Vec<(String, BatchSignal)> {
        self.entries.with(|entries| {
            entries.iter().rev().map(|(id, (batch, _))| (id.clone(), batch.clone())).collect()
        })
    }

    /// The point that has been reached. Taken before a question is sent, it lets [`Batches::merge`] see that the live
    /// socket has told something newer while the answer was on its way.
    #[must_use]
    pub fn mark(self) -> u64 {
        self.written.try_get_value().unwrap_or_default()
    }

    /// Writes a batch down as it is now.
    pub fn put(self, batch: Batch) {
        self.merge([batch], u64::MAX);
    }

    /// Writes batches down as they were at `asked`, except where something newer has been written since.
    pub fn merge(self, batches: impl IntoIterator<Item = Batch>, asked: u64) {
        let written = self.mark().saturating_add(1);
        self.written.try_set_value(written);
        let mut others = Vec::new();
        for batch in batches {
            let known = self.entries.try_update_untracked(|entries| {
                let (signal, at) = entries.get_mut(&batch.id)?;
                let due = *at <= asked;
                if due {
                    *at = written;
                }
                Some((signal.clone(), due))
            });
            match known.flatten() {
                Some((signal, true)) => {
                    if signal.with_untracked(|old| *old != batch) {
                        signal.set(batch);
                    }
                }
                Some((_, false)) => {}
                None => others.push(batch),
            }
        }
        if !others.is_empty() {
            self.entries.try_update(|entries| {
                let entry = |batch: Batch| (batch.id.clone(), (BatchSignal::new(batch), written));
                entries.extend(others.into_iter().map(entry));
            });
        }
    }

    /// A batch is no more.
    pub fn remove(self, id: &str) {
        self.entries.try_update(|entries| entries.remove(id));
    }

    /// Forgets everything: another member may log in next.
    pub fn clear(self) {
        self.entries.try_update(BTreeMap::clear);
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::batch::{BatchState, Counts};
    use studio_shared::money::Money;
    use studio_shared::quote::PriceRange;
    use studio_shared::time::Timestamp;

    use super::*;

    fn batch(id: &str, state: BatchState) -> Batch {
        Batch {
            id: id.to_owned(),
            name: id.to_owned(),
            created_at: Timestamp::from_ms(0),
            state,
            error: None,
            counts: Counts::default(),
            kinds: Vec::new(),
            price: PriceRange { currency: "CNY".to_owned(), low: None, high: None, as_of: String::new() },
            spent: Money::ZERO,
            at_most: Money::ZERO,
            eta_ms: None,
        }
    }

    #[test]
    fn an_answer_that_was_overtaken_by_the_socket_is_dropped() {
        let owner = Owner::new();
        owner.set();
        let batches = Batches::new();
        let state = || batches.find("a").map(|batch| batch.with_untracked(|batch| batch.state));
        batches.put(batch("a", BatchState::Running));
        let asked = batches.mark();
        batches.put(batch("a", BatchState::Done));
        batches.merge([batch("a", BatchState::Running), batch("b", BatchState::Running)], asked);
        assert_eq!(state(), Some(BatchState::Done));
        let ids: Vec<_> = batches.all().into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["b", "a"]);
        batches.remove("a");
        assert_eq!(state(), None);
    }
}
