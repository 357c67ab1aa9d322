//! How busy a lane is, as a member is told: what expected times are computed from.

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;

/// How busy a lane is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Traffic {
    /// When the next call can be made.
    pub(crate) next_free: Timestamp,
    /// Milliseconds between two calls.
    pub(crate) interval_ms: u64,
    /// What waits of the member who asks.
    pub(crate) own: u32,
    /// What waits of every other member.
    pub(crate) others: Vec<u32>,
    /// The models that were asked about.
    pub(crate) models: Vec<ModelTraffic>,
}

/// How busy a model is, over all members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ModelTraffic {
    /// Its name.
    pub(crate) model: String,
    /// When its next call can be made by its own rate.
    pub(crate) next_free: Timestamp,
    /// Milliseconds between two of its calls; 0 where its kind's pace is the limit.
    pub(crate) interval_ms: u64,
    /// Its tasks that have not ended.
    pub(crate) at_vendor: u32,
    /// Tasks that are worked on at once, where that is limited.
    pub(crate) at_work: Option<u32>,
}

impl Traffic {
    /// How many calls are made before the one that has `rank` others of the same member before it: members take
    /// turns, and whoever waits already is first.
    pub(crate) fn before(&self, rank: u32) -> u32 {
        let turns = rank.saturating_add(1);
        self.others.iter().fold(rank, |before, waiting| before.saturating_add((*waiting).min(turns)))
    }

    /// When the call with so many before it is expected.
    pub(crate) fn moment(&self, before: u32) -> Timestamp {
        self.next_free.after(u64::from(before).saturating_mul(self.interval_ms))
    }

    /// A model that was asked about.
    pub(crate) fn model(&self, name: &str) -> Option<&ModelTraffic> {
        self.models.iter().find(|model| model.model == name)
    }
}

/// Most tasks of a model that are given to the vendor before some have ended: those at work, and as many again and two
/// that wait there, so that it has work between our polls. A batch would otherwise stand in the vendor's own queue, before
/// every neighbour.
pub(crate) const fn room(at_work: u32) -> u32 {
    at_work.saturating_mul(2).saturating_add(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_take_turns() {
        let traffic = |others: &[u32]| Traffic {
            next_free: Timestamp::from_ms(1000),
            interval_ms: 500,
            own: 0,
            others: others.to_vec(),
            models: Vec::new(),
        };
        assert_eq!(traffic(&[]).before(4), 4);
        assert_eq!(traffic(&[500]).before(0), 1);
        assert_eq!(traffic(&[500]).before(4), 9);
        assert_eq!(traffic(&[500, 2]).before(4), 11, "who has little to do is soon done");
        assert_eq!(traffic(&[]).moment(3).ms(), 2500);
    }
}
