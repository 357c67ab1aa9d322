//! An entry as others see it: without task ids and signed addresses.

use studio_shared::job::{Cost, Job, Output};
use studio_shared::money::Money;

use super::entry::{Entry, Stored};
use super::estimate::Expected;

/// The job that an entry stands for, less its answer.
pub(super) fn job(entry: &Entry, expected: Expected) -> Job {
    let spent = entry.billed.spent.plus(entry.actual.unwrap_or(Money::ZERO));
    Job {
        id: entry.id.clone(),
        kind: entry.kind(),
        state: entry.state,
        request: entry.request.clone(),
        notes: entry.notes.clone(),
        created_at: entry.created_at,
        started_at: entry.started_at,
        finished_at: entry.finished_at,
        place: expected.place,
        eta_ms: expected.eta_ms,
        finish_ms: expected.finish_ms,
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
    use studio_shared::time::Timestamp;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn entry() -> Entry {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).unwrap();
        Entry::new("job".to_owned(), request, Vec::new(), at(0))
    }

    #[test]
    fn signed_addresses_and_task_ids_are_not_shown() {
        let mut entry = entry();
        entry.task_id = Some("vendor-task".to_owned());
        let url = Some("https://signed.example/?Signature=x".to_owned());
        entry.outputs.push(Stored { url, media_type: Some("image/png".to_owned()), ..Stored::default() });
        let shown = serde_json::to_string(&job(&entry, Expected::default())).unwrap();
        assert!(!shown.contains("Signature") && !shown.contains("vendor-task"), "{shown}");
        assert!(shown.contains("image/png"));
    }
}
