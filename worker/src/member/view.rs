//! An entry as others see it: without task ids and signed addresses.

use studio_shared::job::{Cost, Job, Output};
use studio_shared::money::Money;
use studio_shared::time::Timestamp;

use super::entry::{Entry, Stored};
use crate::pacer::Traffic;

/// Where a queued job stands among all that wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Jobs of the same member and kind before it.
    pub(super) rank: u32,
    /// What the Pacer last said of the lane.
    pub(super) traffic: Option<Traffic>,
}

/// The job that an entry stands for, less its answer. `standing` is given while it is queued.
pub(super) fn job(entry: &Entry, standing: Option<Standing>, now: Timestamp) -> Job {
    let spent = entry.billed.spent.plus(entry.actual.unwrap_or(Money::ZERO));
    let waiting = standing.map(|standing| wait(entry, standing, now));
    Job {
        id: entry.id.clone(),
        kind: entry.kind(),
        state: entry.state,
        request: entry.request.clone(),
        notes: entry.notes.clone(),
        created_at: entry.created_at,
        started_at: entry.started_at,
        finished_at: entry.finished_at,
        place: waiting.map(|(place, _)| place),
        eta_ms: waiting.map(|(_, eta_ms)| eta_ms),
        finish_ms: None,
        cancelable: entry.is_cancelable(),
        outputs: (0..).zip(&entry.outputs).map(|(n, stored)| output(n, stored)).collect(),
        text: None,
        batch: entry.batch.clone(),
        conversation: entry.turn.as_ref().map(|turn| turn.conversation.clone()),
        after: entry.turn.as_ref().and_then(|turn| turn.after.clone()),
        usage: entry.usage,
        cost: Cost {
            currency: "CNY".to_owned(),
            estimate: entry.estimate.or_else(|| entry.request.price()),
            actual: (entry.actual.is_some() || spent > Money::ZERO).then_some(spent),
            at_most: Some(entry.charges().at_most).filter(|at_most| *at_most > Money::ZERO),
        },
        error: entry.error.clone(),
        request_id: entry.request_id.clone(),
    }
}

/// Place in the line over all members, and milliseconds until the job is expected to be sent.
fn wait(entry: &Entry, standing: Standing, now: Timestamp) -> (u32, u64) {
    let not_before = entry.due.unwrap_or(now).since(now);
    let Some(traffic) = standing.traffic else {
        return (standing.rank.saturating_add(1), not_before);
    };
    let eta = traffic.expected(standing.rank).since(now).max(not_before);
    let before = eta.checked_div(traffic.interval_ms).unwrap_or(0);
    (u32::try_from(before).unwrap_or(u32::MAX).max(standing.rank).saturating_add(1), eta)
}

fn output(n: u32, stored: &Stored) -> Output {
    let there = stored.kept || stored.here || stored.url.is_some();
    Output {
        n,
        media_type: stored.media_type.clone().filter(|_| there),
        bytes: stored.bytes,
        expires_at: stored.expires_at,
        orig_prompt: stored.orig_prompt.clone(),
        actual_prompt: stored.actual_prompt.clone(),
        error: stored.error.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::request::Request;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn entry() -> Entry {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).unwrap();
        Entry::new("job".to_owned(), request, Vec::new(), at(0))
    }

    #[test]
    fn a_queued_job_knows_its_place_over_all_members() {
        let traffic = Traffic { next_free: at(1000), interval_ms: 510, members: 2 };
        let place = |rank| wait(&entry(), Standing { rank, traffic: Some(traffic) }, at(900));
        assert_eq!(place(0), (1, 100));
        assert_eq!(place(3), (7, 100 + 3 * 2 * 510));
        assert_eq!(wait(&entry(), Standing { rank: 4, traffic: None }, at(900)), (5, 0));
    }

    #[test]
    fn signed_addresses_and_task_ids_are_not_shown() {
        let mut entry = entry();
        entry.task_id = Some("vendor-task".to_owned());
        let url = Some("https://signed.example/?Signature=x".to_owned());
        entry.outputs.push(Stored { url, media_type: Some("image/png".to_owned()), ..Stored::default() });
        let shown = serde_json::to_string(&job(&entry, None, at(0))).unwrap();
        assert!(!shown.contains("Signature") && !shown.contains("vendor-task"), "{shown}");
        assert!(shown.contains("image/png"));
    }
}
