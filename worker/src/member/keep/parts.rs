//! Cutting what comes into parts of one size: pure.

use crate::member::book::ROW;

/// Bytes of a part of an upload: the bucket's smallest, and all but the last must be equally long.
pub(super) const PART: usize = 5 * 1024 * 1024;

/// What has come and does not fill a part yet.
#[derive(Debug)]
pub(super) struct Parts {
    size: usize,
    waiting: Vec<u8>,
    /// The number of the next part; they count from 1.
    next: u16,
    total: u64,
}

impl Parts {
    pub(super) const fn new(size: usize) -> Self {
        Self { size, waiting: Vec::new(), next: 1, total: 0 }
    }

    /// Bytes of a part.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// Takes bytes; gives the parts that are full, with their numbers.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Vec<(u16, Vec<u8>)> {
        self.total = self.total.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.waiting.extend_from_slice(bytes);
        let mut full = Vec::new();
        // Longer than, not as long as: the last part is never empty.
        while self.waiting.len() > self.size {
            let rest = self.waiting.split_off(self.size);
            full.push((self.next, std::mem::replace(&mut self.waiting, rest)));
            self.next = self.next.saturating_add(1);
        }
        full
    }

    /// The last part with its number, and the length of all.
    pub(super) fn finish(&mut self) -> (u16, Vec<u8>, u64) {
        (self.next, std::mem::take(&mut self.waiting), self.total)
    }
}

/// A part in rows.
pub(super) fn rows(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    part.chunks(ROW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_is_lost_and_all_but_the_last_are_equally_long(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..25), 0..12),
        ) {
            let mut parts = Parts::new(8);
            let mut all: Vec<_> = pieces.iter().flat_map(|piece| parts.add(piece)).collect();
            prop_assert!(all.iter().all(|(_, part)| part.len() == 8));
            let (number, last, total) = parts.finish();
            all.push((number, last));
            let numbers: Vec<u16> = all.iter().map(|(number, _)| *number).collect();
            prop_assert_eq!(numbers, (1..=number).collect::<Vec<_>>());
            let joined: Vec<u8> = all.into_iter().flat_map(|(_, part)| part).collect();
            prop_assert_eq!(u64::try_from(joined.len()).unwrap(), total);
            prop_assert_eq!(joined, pieces.concat());
        }
    }
}
