//! How the entries of a batch stand: counted by the book, added up here. Pure.

use serde::{Deserialize, Serialize};
use studio_shared::batch::Counts;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::money::Money;

/// Entries of one kind in one state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::member) struct Line {
    pub(in crate::member) state: State,
    pub(in crate::member) kind: Kind,
    pub(in crate::member) count: u32,
    /// Billed for them.
    pub(in crate::member) spent: Money,
    /// Billed at most, where nobody knows.
    pub(in crate::member) at_most: Money,
}

/// How the entries of a batch stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::member) struct Tally(pub(in crate::member) Vec<Line>);

impl Tally {
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.0 {
            let place = match line.state {
                State::Queued => &mut counts.waiting,
                State::Submitting | State::Running | State::Collecting => &mut counts.active,
                State::Done => &mut counts.done,
                State::Failed => &mut counts.failed,
                State::Canceled => &mut counts.canceled,
                State::Unsure => &mut counts.unsure,
            };
            *place = place.saturating_add(line.count);
            counts.total = counts.total.saturating_add(line.count);
        }
        counts
    }

    /// Entries of each kind that have not been sent.
    pub(super) fn waiting(&self) -> impl Iterator<Item = (Kind, u32)> + '_ {
        let queued = self.0.iter().filter(|line| line.state == State::Queued && line.count > 0);
        queued.map(|line| (line.kind, line.count))
    }

    pub(super) fn spent(&self) -> Money {
        self.0.iter().fold(Money::ZERO, |sum, line| sum.plus(line.spent))
    }

    pub(super) fn at_most(&self) -> Money {
        self.0.iter().fold(Money::ZERO, |sum, line| sum.plus(line.at_most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(state: State, kind: Kind, count: u32, fen: i64) -> Line {
        Line { state, kind, count, spent: Money::from_fen(fen), at_most: Money::ZERO }
    }

    #[test]
    fn every_state_is_counted_in_one_place() {
        let tally = Tally(State::ALL.map(|state| line(state, Kind::Image, 1, 1)).to_vec());
        let counts = tally.counts();
        assert_eq!((counts.total, counts.waiting, counts.active), (8, 1, 3));
        assert_eq!((counts.done, counts.failed, counts.canceled, counts.unsure), (1, 1, 1, 1));
        assert_eq!(counts.ended(), 4);
        assert_eq!(tally.spent(), Money::from_fen(8));
    }

    #[test]
    fn what_waits_is_told_by_kind() {
        let tally = Tally(vec![
            line(State::Queued, Kind::Image, 7, 0),
            line(State::Queued, Kind::Text, 2, 0),
            line(State::Running, Kind::Video, 1, 0),
        ]);
        assert_eq!(tally.waiting().collect::<Vec<_>>(), [(Kind::Image, 7), (Kind::Text, 2)]);
    }
}
