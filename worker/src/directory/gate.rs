//! How many wrong codes are looked at: pure.
//!
//! Codes that were made here have 140 random bits: a right one always passes, and nothing of this is asked. The owner's
//! code of the deployment was chosen by a person, so it is compared only while all of this allows it:
//!
//! - each source has a count of its own: [`FREE`] wrong codes, then a wait that doubles with each further one;
//! - all strangers together have [`SPARE`] wrong codes, and one more every ten seconds. Once those are used up, a source is
//!   told when to come again, and is looked at then whatever others try; that wait doubles with its wrong codes too. So
//!   a crowd of addresses gets no further than each of them would alone, and the owner, at a new place, waits seconds;
//! - browsers and addresses that the right code has come from before have only the count of their own.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;

/// Wrong codes of a source until it has to wait.
const FREE: u32 = 10;

/// Wrong codes of all strangers together until they have to wait.
pub(super) const SPARE: u32 = 50;

/// One more of those after so many milliseconds.
const SPARE_MS: u64 = 10_000;

/// The first wait of a source that has tried too often.
const WAIT_MS: u64 = 1_000;

/// The first wait of a source when all strangers have tried too often.
const CROWD_MS: u64 = 3_000;

/// The longest wait.
const LONGEST_MS: u64 = 15 * 60 * 1000;

/// A source that was quiet for so long starts anew.
const FORGOTTEN_MS: u64 = 24 * 60 * 60 * 1000;

/// Most sources that are remembered; then those are forgotten that were quiet longest, strangers first.
const MOST: usize = 10_000;

/// How many are forgotten at a time.
const FORGOTTEN: usize = 1_000;

/// From where a code is tried.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Source {
    /// An address.
    Address(String),
    /// A browser that the owner has logged in with.
    Device(String),
}

impl Source {
    /// The name in the rows.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Address(address) => format!("address {address}"),
            Self::Device(id) => format!("device {id}"),
        }
    }
}

/// What is remembered of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Count {
    /// Wrong codes in a row.
    pub(super) wrong: u32,
    /// Not looked at before this moment.
    pub(super) next: Timestamp,
    /// Looked at from this moment on, though strangers have tried too often.
    pub(super) promised: Option<Timestamp>,
    /// Whether the right code has come from there.
    pub(super) known: bool,
    /// When it last tried.
    pub(super) seen: Timestamp,
}

/// All counts.
#[derive(Debug, Default)]
pub(super) struct Gate {
    counts: HashMap<String, Count>,
    crowd: Crowd,
}

/// What all strangers have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Crowd {
    /// So many wrong codes,
    spare: u32,
    /// since this moment.
    since: Timestamp,
}

impl Default for Crowd {
    fn default() -> Self {
        Self { spare: SPARE, since: Timestamp::default() }
    }
}

impl Crowd {
    fn at(self, now: Timestamp) -> Self {
        let more = now.since(self.since).checked_div(SPARE_MS).unwrap_or(0);
        let spare = u64::from(self.spare).saturating_add(more);
        if spare >= u64::from(SPARE) {
            return Self { spare: SPARE, since: now };
        }
        let since = self.since.after(more.saturating_mul(SPARE_MS));
        Self { spare: u32::try_from(spare).unwrap_or(SPARE), since }
    }
}

/// What has changed and is to be written down.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// The source, where it has.
    pub(super) source: Option<(String, Count)>,
    /// Sources that are forgotten.
    pub(super) forgotten: Vec<String>,
    /// What all strangers have left, where it has.
    pub(super) crowd: Option<Crowd>,
}

impl Gate {
    /// Takes up what was stored.
    pub(super) fn resume(counts: HashMap<String, Count>, crowd: Crowd) -> Self {
        Self { counts, crowd }
    }

    /// Whether a source is to wait by its own count alone, and for how many milliseconds.
    pub(super) fn wait(&self, source: &Source, now: Timestamp) -> Option<u64> {
        let count = self.count(source, now);
        (now < count.next).then(|| count.next.since(now))
    }

    /// Whether the owner's code may be compared with what a source has given; else how long it is to wait.
    pub(super) fn may_compare(&mut self, source: &Source, now: Timestamp) -> (Option<u64>, Changed) {
        if let Some(wait) = self.wait(source, now) {
            return (Some(wait), Changed::default());
        }
        let mut count = self.count(source, now);
        if is_known(source, &count) || self.crowd.at(now).spare > 0 {
            return (None, Changed::default());
        }
        match count.promised {
            Some(moment) if moment <= now => (None, Changed::default()),
            Some(moment) => (Some(moment.since(now)), Changed::default()),
            None => {
                let wait = doubled(CROWD_MS, count.wrong);
                count.promised = Some(now.after(wait));
                (Some(wait), self.put(source, count, now))
            }
        }
    }

    /// A source has given a wrong code, which was looked at. `for_all` says whether it counts for all strangers too.
    pub(super) fn wrong(&mut self, source: &Source, for_all: bool, now: Timestamp) -> Changed {
        let mut count = self.count(source, now);
        count.wrong = count.wrong.saturating_add(1);
        count.next = match count.wrong.checked_sub(FREE) {
            None | Some(0) => count.next,
            Some(over) => now.after(doubled(WAIT_MS, over.saturating_sub(1))),
        };
        let mut crowd = None;
        if for_all && !is_known(source, &count) && count.promised.take().is_none() {
            let left = self.crowd.at(now);
            self.crowd = Crowd { spare: left.spare.saturating_sub(1), ..left };
            crowd = Some(self.crowd);
        }
        Changed { crowd, ..self.put(source, count, now) }
    }

    /// A source has given the right code.
    pub(super) fn right(&mut self, source: &Source, now: Timestamp) -> Changed {
        let before = self.count(source, now);
        if before.known && before.wrong == 0 {
            return Changed::default();
        }
        self.put(source, Count { known: true, ..Count::default() }, now)
    }

    fn count(&self, source: &Source, now: Timestamp) -> Count {
        match self.counts.get(&source.name()) {
            Some(count) if now.since(count.seen) < FORGOTTEN_MS => count.clone(),
            Some(count) => Count { known: count.known, ..Count::default() },
            None => Count::default(),
        }
    }

    fn put(&mut self, source: &Source, mut count: Count, now: Timestamp) -> Changed {
        let name = source.name();
        count.seen = now;
        let is_full = self.counts.len() >= MOST && !self.counts.contains_key(&name);
        let forgotten = if is_full { self.forget() } else { Vec::new() };
        self.counts.insert(name.clone(), count.clone());
        Changed { source: Some((name, count)), forgotten, crowd: None }
    }

    fn forget(&mut self) -> Vec<String> {
        let mut all: Vec<(bool, Timestamp, String)> =
            self.counts.iter().map(|(name, count)| (count.known, count.seen, name.clone())).collect();
        all.sort_unstable();
        let names: Vec<String> = all.into_iter().take(FORGOTTEN).map(|(.., name)| name).collect();
        for name in &names {
            self.counts.remove(name);
        }
        names
    }
}

fn is_known(source: &Source, count: &Count) -> bool {
    count.known || matches!(source, Source::Device(_))
}

/// `first`, doubled so many times.
fn doubled(first: u64, times: u32) -> u64 {
    let factor = 1_u64.checked_shl(times.min(32)).unwrap_or(u64::MAX);
    first.saturating_mul(factor).min(LONGEST_MS)
}

#[cfg(test)]
mod tests;
