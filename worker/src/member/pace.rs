//! A member and the pace: what is expected of its jobs, and what the Pacer is told of them.

use studio_shared::catalogue;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use worker::Result;

use super::Member;
use super::entry::Entry;
use super::estimate::{self, Expected};
use crate::clock;
use crate::pacer::{self, Lane, News};

impl Member {
    /// When a job is expected to begin and to end.
    pub(super) fn expected(&self, entry: &Entry) -> Result<Expected> {
        let (now, work_ms) = (clock::now(), self.durations.borrow().of(entry));
        Ok(match entry.state {
            State::Queued if !self.book().stands_in_line(entry)? => Expected::default(),
            State::Queued => {
                let rank = self.book().rank(entry)?;
                estimate::queued(entry, rank, self.traffic.borrow().get(&entry.kind()), work_ms, now)
            }
            _ => estimate::sent(entry, work_ms, now),
        })
    }

    /// A task has just been found to have come out: `before` is its entry of before that.
    pub(super) fn learn(&self, before: &Entry) {
        if let Some(worked_ms) = before.worked_ms(clock::now()) {
            self.durations.borrow_mut().learn(before.request.model(), worked_ms);
        }
    }

    /// Tells the Pacer news of a kind, and what of it is at the vendor where that is limited.
    pub(super) async fn tell_pacer(&self, kind: Kind, news: News) -> Result<()> {
        let is_limited = catalogue::models(kind).iter().any(|model| model.limits.at_work.is_some());
        let at_vendor = if is_limited { Some(self.book().at_vendor(kind)?) } else { None };
        if at_vendor.is_none() && news.arrived.is_none() && news.refused.is_none() {
            return Ok(());
        }
        pacer::tell(&self.env, Lane::of(kind), News { member: self.id(), at_vendor, ..news }).await
    }
}
