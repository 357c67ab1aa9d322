//! A job that ended in another studio and was taken in here: history. It is billed nothing, since it was billed there.

use studio_shared::job::{Job, Output};
use studio_shared::money::Money;

use super::{Charge, Entry, Stored, Turn};

impl Entry {
    /// A job as it was exported; its results are there once their bytes have come.
    pub(in crate::member) fn imported(job: Job) -> Self {
        let turn =
            job.conversation.map(|conversation| Turn { conversation, after: job.after, begins: false });
        let billed = Charge {
            spent: job.cost.actual.unwrap_or(Money::ZERO),
            at_most: job.cost.at_most.unwrap_or(Money::ZERO),
        };
        Self {
            state: job.state,
            started_at: job.started_at,
            finished_at: job.finished_at,
            due: None,
            request_id: job.request_id,
            actual: job.cost.actual.map(|_| Money::ZERO), // all of it is in `billed`
            usage: job.usage,
            error: job.error,
            outputs: job.outputs.into_iter().map(stored).collect(),
            finish: job.text.and_then(|text| text.finish),
            turn,
            estimate: job.cost.estimate,
            batch: job.batch,
            billed,
            imported: true,
            ..Self::new(job.id, job.request, job.notes, job.created_at)
        }
    }

    /// The results whose bytes are still to come.
    pub(in crate::member) fn awaited(&self) -> impl Iterator<Item = (u32, &Stored)> {
        (0..).zip(&self.outputs).filter(|(_, stored)| self.imported && stored.is_awaited())
    }

    /// The bytes of a result have come, and are in the bucket.
    pub(in crate::member) fn arrived(&mut self, n: u32) {
        let stored = usize::try_from(n).ok().and_then(|n| self.outputs.get_mut(n));
        if let Some(stored) = stored.filter(|stored| stored.is_awaited()) {
            stored.kept = true;
        }
    }
}

impl Stored {
    fn is_awaited(&self) -> bool {
        !self.kept && !self.here && self.url.is_none() && self.error.is_none() && self.media_type.is_some()
    }
}

fn stored(output: Output) -> Stored {
    Stored {
        media_type: output.media_type,
        bytes: output.bytes,
        orig_prompt: output.orig_prompt,
        actual_prompt: output.actual_prompt,
        error: output.error,
        ..Stored::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::job::State;
    use studio_shared::request::Request;
    use studio_shared::time::Timestamp;

    use super::*;
    use crate::member::estimate::Expected;
    use crate::member::view;

    fn job(state: &str) -> Job {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).unwrap();
        serde_json::from_value(json!({
            "id": "j", "kind": "image", "state": state, "request": request, "notes": [],
            "created_at": "2026-01-20T02:00:00Z", "started_at": "2026-01-20T02:00:01Z",
            "finished_at": "2026-01-20T02:00:02Z", "cancelable": false, "request_id": "r",
            "outputs": [{"n": 0, "type": "image/png", "bytes": 7, "actual_prompt": "b"}],
            "cost": {"currency": "CNY", "estimate": "0.14", "actual": "0.28", "at_most": "0.14"},
        }))
        .unwrap()
    }

    #[test]
    fn once_its_bytes_have_come_it_is_what_it_was() {
        let mut entry = Entry::imported(job("done"));
        assert_eq!(entry.awaited().map(|(n, _)| n).collect::<Vec<_>>(), [0]);
        assert_eq!(view::job(&entry, Expected::default()).outputs[0].media_type, None);
        entry.arrived(0);
        entry.arrived(7);
        assert_eq!((view::job(&entry, Expected::default()), entry.awaited().count()), (job("done"), 0));
        assert_eq!(entry.kept().bytes, 7);
    }

    #[test]
    fn it_is_billed_nothing_until_it_is_tried_again_here() {
        for state in ["done", "failed", "canceled", "unsure"] {
            let mut entry = Entry::imported(job(state));
            assert_eq!(entry.charge(), None, "{state}");
            let history = Charge { spent: Money::from_fen(28), at_most: Money::from_fen(14) };
            assert_eq!(entry.charges(), history);
            assert!(!entry.can_be_looked_for(entry.created_at), "its task is on another account");
            entry.retry(Timestamp::from_ms(1_768_900_000_000));
            assert_eq!((entry.imported, entry.state, entry.charges()), (false, State::Queued, history));
            entry.cancel(Timestamp::from_ms(1_768_900_000_001));
            assert_eq!(entry.charge(), Some(Charge::default()));
        }
    }
}
