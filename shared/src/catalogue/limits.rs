//! What the vendor allows of one model, for the whole account (`dashscope-api.md` §9.1).

use super::Region;

/// What the vendor allows of one model, beside its kind's own pace (`dashscope-api.md` §9.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Creating calls in any second.
    pub per_second: Option<u32>,
    /// Creating calls in any minute.
    pub per_minute: Option<u32>,
    /// The same outside of Beijing, where it is known to differ.
    pub(super) per_minute_abroad: Option<u32>,
    /// Tasks that are worked on at once. More are accepted and wait at the vendor.
    pub at_work: Option<u32>,
}

impl Limits {
    /// Nothing is known beside the kind's own pace, or "–" in the table.
    pub(super) const NONE: Self =
        Self { per_second: None, per_minute: None, per_minute_abroad: None, at_work: None };

    /// So many calls a second.
    pub(super) const fn second(calls: u32) -> Self {
        Self { per_second: Some(calls), ..Self::NONE }
    }

    /// So many calls a minute.
    pub(super) const fn minute(calls: u32) -> Self {
        Self { per_minute: Some(calls), ..Self::NONE }
    }

    /// So many tasks at once.
    pub(super) const fn at_work(self, tasks: u32) -> Self {
        Self { at_work: Some(tasks), ..self }
    }

    /// So many calls a minute outside of Beijing.
    pub(super) const fn abroad(self, calls_a_minute: u32) -> Self {
        Self { per_minute_abroad: Some(calls_a_minute), ..self }
    }

    /// Most creating calls, each with the milliseconds it is counted over.
    pub fn rates(self, region: Region) -> impl Iterator<Item = (u32, u64)> {
        let per_minute = match region {
            Region::Beijing => self.per_minute,
            _ => self.per_minute_abroad.or(self.per_minute),
        };
        [self.per_second.map(|calls| (calls, 1000)), per_minute.map(|calls| (calls, 60_000))]
            .into_iter()
            .flatten()
    }
}
