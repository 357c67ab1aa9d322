//! A dry run: everything that is wrong with a batch, and what it would cost.

use serde_json::{Map, Value};

use super::reading::{Format, Placed, entries};
use super::{BatchNote, BatchQuote, KindCount};
use crate::catalogue::PRICES_AS_OF;
use crate::kind::Kind;
use crate::live;
use crate::money::Money;
use crate::quote::PriceRange;
use crate::request::Request;

/// What a batch is.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// What is told. Its `send_ms` is 0: the pace is not known here.
    pub quote: BatchQuote,
    /// The right entries, in the order of the file: all of them where the quote holds no problem.
    pub entries: Vec<Placed<Request>>,
}

/// Looks at the file of a batch: reads it, checks every entry against its model and the region, and adds its prices up.
#[must_use]
pub fn look(bytes: &[u8], format: Format, shared: &Map<String, Value>, settings: live::Settings) -> Looked {
    let mut reading = entries(bytes, format, shared);
    let mut notes: Vec<BatchNote> = Vec::new();
    let mut right = Vec::new();
    for entry in std::mem::take(&mut reading.entries) {
        match live::call(&entry.value, settings) {
            Ok((_, differences)) => {
                for note in differences {
                    match notes.iter_mut().find(|known| known.note == note) {
                        Some(known) => known.entries = known.entries.saturating_add(1),
                        None => notes.push(BatchNote { note, entries: 1, first: entry.n }),
                    }
                }
                right.push(entry);
            }
            Err(problems) => {
                for problem in problems {
                    reading.add(entry.problem(problem));
                }
            }
        }
    }
    reading.settle();
    let (price, unpriced) = price(&right);
    let quote = BatchQuote {
        entries: reading.found,
        kinds: kinds(&right),
        problems: reading.problems,
        wrong: reading.wrong,
        notes,
        price,
        unpriced,
        send_ms: 0,
    };
    Looked { quote, entries: right }
}

fn kinds(entries: &[Placed<Request>]) -> Vec<KindCount> {
    let count = |kind| entries.iter().filter(|entry| entry.value.kind() == kind).count();
    let counts =
        Kind::ALL.map(|kind| KindCount { kind, count: u32::try_from(count(kind)).unwrap_or(u32::MAX) });
    counts.into_iter().filter(|counted| counted.count > 0).collect()
}

/// The sums, and how many entries are in neither because nobody knows what they can cost.
fn price(entries: &[Placed<Request>]) -> (PriceRange, u32) {
    let (mut low, mut high, mut unpriced) = (Money::ZERO, Money::ZERO, 0_u32);
    for entry in entries {
        match entry.value.price() {
            Some(most) => {
                high = high.plus(most);
                low = low.plus(entry.value.least_price().unwrap_or(most));
            }
            None => unpriced = unpriced.saturating_add(1),
        }
    }
    let range = PriceRange {
        currency: "CNY".to_owned(),
        low: Some(low),
        high: Some(high),
        as_of: PRICES_AS_OF.to_owned(),
    };
    (range, unpriced)
}
