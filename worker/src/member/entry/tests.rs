use serde_json::json;
use studio_shared::error::{Charged, code};
use studio_shared::money::Money;

use super::kept::Kept;
use super::*;
use crate::dashscope::{Create, Fault, Item, Poll, Task, TaskStatus};

const HOUR: u64 = 60 * 60 * 1000;

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

/// Whether the book would send it.
fn is_ready(entry: &Entry, ms: u64) -> bool {
    entry.state == State::Queued && entry.due.is_some_and(|due| due <= at(ms))
}

fn queued() -> Entry {
    let request =
        Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"可爱猫咪","n":2,"size":"512*512"}));
    Entry::new("job".to_owned(), request.unwrap(), Vec::new(), at(1000))
}

fn running() -> Entry {
    let mut entry = queued();
    entry.submitting(at(0));
    entry.submitted(
        Create::Accepted { task_id: "task".to_owned(), request_id: Some("r".to_owned()) },
        true,
        at(2000),
    );
    entry
}

fn fault(status: u16, code: &str) -> Fault {
    Fault { status, code: code.to_owned(), message: "m".to_owned(), request_id: Some("r2".to_owned()) }
}

fn task(status: TaskStatus, items: Vec<Item>) -> Poll {
    Poll::Task(Task { status, items, fault: None, usage: None, made_of: None, asked: None })
}

fn file(url: &str) -> Item {
    Item::File { url: url.to_owned(), orig_prompt: None, actual_prompt: None }
}

fn kept() -> Collected {
    Collected::Kept { bytes: 7, media_type: "image/png".to_owned() }
}

#[test]
fn a_task_ended_between_two_polls_however_late_the_second_is() {
    let mut entry = running();
    let worked = |entry: &Entry, now| entry.worked_ms(at(now)).unwrap();
    assert_eq!((worked(&entry, 3000), worked(&entry, 5000)), (500, 1500));
    entry.polled(task(TaskStatus::Pending, vec![]), true, at(3000));
    assert_eq!((worked(&entry, 4500), worked(&entry, 7000)), (1750, 3000), "not before the last poll");
    entry.polled(task(TaskStatus::Running, vec![]), true, at(4500));
    assert_eq!(worked(&entry, 6500), 1000, "it had begun by then");
}

#[test]
fn the_straight_way() {
    let mut entry = queued();
    assert!(is_ready(&entry, 1000) && entry.is_cancelable());
    entry.submitting(at(0));
    assert!(!is_ready(&entry, 9000) && !entry.is_cancelable());
    let mut entry = running();
    assert_eq!((entry.state, entry.due), (State::Running, Some(at(3000))));
    assert!(entry.is_cancelable(), "it waits in the vendor's queue");
    entry.polled(task(TaskStatus::Running, vec![]), true, at(3000));
    assert!(!entry.is_cancelable());
    assert_eq!(entry.started_at, Some(at(3000)));
    entry.polled(task(TaskStatus::Succeeded, vec![file("a"), file("b")]), true, at(5000));
    assert_eq!((entry.state, entry.actual), (State::Collecting, Some(Money::from_fen(28))));
    assert_eq!(entry.next_to_collect(), Some((0, "a".to_owned())));
    entry.collected(0, kept(), at(5100));
    assert_eq!(entry.next_to_collect(), Some((1, "b".to_owned())));
    entry.collected(1, kept(), at(5200));
    assert_eq!((entry.state, entry.finished_at, entry.due), (State::Done, Some(at(5200)), None));
    assert!(entry.outputs.iter().all(|output| output.url.is_none()), "signed addresses are forgotten");
}

#[test]
fn throttling_is_waiting_and_not_failure() {
    let mut entry = queued();
    entry.submitting(at(0));
    let later = |retry_after_ms| Create::Later { fault: fault(429, "Throttling.RateQuota"), retry_after_ms };
    entry.submitted(later(None), true, at(2000));
    assert_eq!((entry.state, entry.due), (State::Queued, Some(at(3000))));
    assert!(!is_ready(&entry, 2999) && is_ready(&entry, 3000));
    assert_eq!(entry.error.as_ref().unwrap().code, "Throttling.RateQuota");
    entry.submitting(at(0));
    assert_eq!(entry.error, None);
    entry.submitted(later(Some(7000)), true, at(4000));
    assert_eq!(entry.due, Some(at(11_000)), "the vendor's own pause holds where it is longer");
}

#[test]
fn a_refusal_ends_the_job_uncharged() {
    let mut entry = queued();
    entry.submitting(at(0));
    entry.submitted(Create::Refused(fault(401, "InvalidApiKey")), true, at(2000));
    let error = entry.error.clone().unwrap();
    assert_eq!((entry.state, error.charged, entry.actual), (State::Failed, Charged::No, Some(Money::ZERO)));
    assert_eq!(entry.request_id.as_deref(), Some("r2"));
    assert!(error.advice.en.contains("region"));
}

#[test]
fn a_failed_task_keeps_its_code_and_costs_nothing() {
    let mut entry = running();
    let poll = Poll::Task(Task {
        status: TaskStatus::Failed,
        items: vec![],
        fault: Some(fault(0, "DataInspectionFailed")),
        usage: None,
        made_of: None,
        asked: None,
    });
    entry.polled(poll, true, at(3000));
    let error = entry.error.unwrap();
    assert_eq!((entry.state, error.charged), (State::Failed, Charged::No));
    assert_eq!((error.code.as_str(), entry.actual), ("DataInspectionFailed", Some(Money::ZERO)));
}

#[test]
fn lost_pictures_are_not_billed_and_keep_their_place() {
    let mut entry = running();
    let items = vec![Item::Lost(fault(0, "InternalError.Timeout")), file("b")];
    entry.polled(task(TaskStatus::Succeeded, items), true, at(3000));
    assert_eq!(entry.actual, Some(Money::from_fen(14)));
    assert_eq!(entry.next_to_collect(), Some((1, "b".to_owned())));
    entry.collected(1, kept(), at(3100));
    assert_eq!(entry.state, State::Done);
    assert_eq!(entry.outputs[0].error.as_ref().unwrap().code, "InternalError.Timeout");
}

#[test]
fn a_poll_without_an_answer_is_tried_again_until_the_vendor_forgets() {
    let mut entry = running();
    entry.polled(Poll::Later, true, at(3000));
    entry.polled(Poll::Later, true, at(4000));
    assert_eq!((entry.state, entry.due), (State::Running, Some(at(6000))));
    entry.polled(task(TaskStatus::Pending, vec![]), true, at(6000));
    assert_eq!(entry.failures, 0);
    entry.polled(Poll::Later, true, at(2001 + VENDOR_KEEPS_MS));
    assert_eq!(entry.state, State::Failed);
    assert_eq!(entry.error.unwrap().charged, Charged::Unknown);
}

#[test]
fn a_task_that_the_vendor_does_not_know_ends_the_polling() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Unknown, vec![]), true, at(3000));
    assert_eq!((entry.state, entry.due), (State::Failed, None));
    assert_eq!(entry.error.unwrap().code, code::TASK_UNKNOWN);
}

#[test]
fn a_task_cancelled_at_the_vendor_is_cancelled_here() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Canceled, vec![]), true, at(3000));
    assert_eq!((entry.state, entry.actual), (State::Canceled, Some(Money::ZERO)));
}

#[test]
fn a_result_is_tried_for_until_its_link_dies() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a")]), true, at(3000));
    entry.collected(0, Collected::Later, at(3000));
    assert_eq!((entry.state, entry.due), (State::Collecting, Some(at(4000))));
    entry.collected(0, Collected::Later, at(3000 + VENDOR_KEEPS_MS));
    assert_eq!(entry.state, State::Failed);
    assert_eq!(entry.error.unwrap().charged, Charged::Yes);
    assert_eq!(entry.actual, Some(Money::from_fen(14)), "what was billed stays booked");
}

#[test]
fn while_the_bucket_refuses_a_result_waits_and_says_why() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a"), file("b")]), true, at(3000));
    entry.collected(0, Collected::Refused, at(3000));
    entry.weigh_risk(20 * HOUR, at(3000));
    assert_eq!((entry.state, entry.due), (State::Collecting, Some(at(4000))));
    let error = entry.error.clone().unwrap();
    assert_eq!((error.code.as_str(), error.charged), (code::STORAGE_REFUSED, Charged::Yes));
    assert!(
        error.advice.zh.contains("北京时间 1970-01-02 08:00"),
        "how long it can wait: {}",
        error.advice.zh
    );
    assert!(error.advice.en.contains("R2 bucket"), "what the owner can do");
    entry.collected(0, kept(), at(5000));
    entry.collected(1, kept(), at(5000));
    assert_eq!((entry.state, &entry.error), (State::Done, &None), "it went on by itself");
}

#[test]
fn a_result_that_is_not_kept_after_twenty_hours_is_at_risk() {
    let code = |entry: &Entry| entry.error.as_ref().map(|error| error.code.clone());
    for (result, why) in
        [(Collected::Refused, "the bucket takes nothing"), (Collected::Later, "the vendor does not")]
    {
        let mut entry = running();
        entry.polled(task(TaskStatus::Succeeded, vec![file("a")]), true, at(3000));
        let mut tried = |result: Collected, ms| {
            entry.collected(0, result, at(ms));
            entry.weigh_risk(20 * HOUR, at(ms));
            (entry.state, code(&entry))
        };
        let before = tried(result.clone(), 3000 + 20 * HOUR - 1);
        assert_ne!(before.1.as_deref(), Some(code::RESULT_AT_RISK));
        let after = tried(result, 3000 + 20 * HOUR);
        assert_eq!(after, (State::Collecting, Some(code::RESULT_AT_RISK.to_owned())));
        let advice = entry.error.clone().unwrap().advice;
        assert!(advice.en.contains(why) && advice.en.contains("1970-01-02 08:00"), "{}", advice.en);
        entry.collected(0, kept(), at(3000 + 21 * HOUR));
        entry.weigh_risk(20 * HOUR, at(3000 + 21 * HOUR));
        assert_eq!((entry.state, entry.error), (State::Done, None));
    }
}

#[test]
fn what_the_bucket_refuses_until_the_link_dies_was_billed() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a")]), true, at(3000));
    entry.collected(0, Collected::Refused, at(3000 + VENDOR_KEEPS_MS));
    entry.weigh_risk(20 * HOUR, at(3000 + VENDOR_KEEPS_MS));
    let error = entry.error.unwrap();
    assert_eq!((entry.state, error.code.as_str()), (State::Failed, code::RESULT_EXPIRED));
    assert_eq!((error.charged, entry.actual), (Charged::Yes, Some(Money::from_fen(14))));
}

#[test]
fn what_is_in_the_bucket_is_counted_until_its_retention_ends() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a"), file("b"), file("c")]), true, at(3000));
    assert_eq!(entry.kept(), Kept::default());
    entry.collected(0, kept(), at(4000));
    assert_eq!(entry.kept(), Kept { bytes: 7, files: 1, since: None }, "more may come");
    entry.collected(1, kept(), at(5000));
    entry.collected(2, Collected::Gone, at(6000));
    assert_eq!(entry.kept(), Kept { bytes: 14, files: 2, since: Some(at(6000)) });
    let cost = entry.actual;
    entry.retention_ended(30);
    assert_eq!((entry.kept(), entry.state, entry.actual), (Kept::default(), State::Done, cost));
    let codes: Vec<_> =
        entry.outputs.iter().map(|output| output.error.as_ref().unwrap().code.as_str()).collect();
    assert_eq!(codes, [code::RETENTION_ENDED, code::RETENTION_ENDED, code::RESULT_EXPIRED]);
    assert!(entry.outputs[0].error.as_ref().unwrap().advice.zh.contains("30 天"));
    assert_eq!(
        entry.numbers().collect::<Vec<_>>(),
        [0, 1, 2],
        "their keys are deleted with the job all the same"
    );
}

#[test]
fn a_dead_link_takes_only_its_own_place() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a"), file("b")]), true, at(3000));
    entry.collected(0, Collected::Gone, at(3000));
    entry.collected(1, kept(), at(3000));
    assert_eq!(entry.state, State::Done);
    assert_eq!(entry.outputs[0].error.as_ref().unwrap().code, code::RESULT_EXPIRED);
    entry.collected(9, kept(), at(3000));
    assert_eq!(entry.outputs.len(), 2);
}

#[test]
fn without_a_bucket_a_job_is_done_at_once_and_its_results_expire() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a")]), false, at(3000));
    assert_eq!((entry.state, entry.due), (State::Done, None));
    assert_eq!(entry.outputs[0].expires_at, Some(at(3000 + VENDOR_KEEPS_MS)));
    assert_eq!(entry.outputs[0].url.as_deref(), Some("a"));
}

#[test]
fn a_retry_starts_from_nothing_but_what_was_billed() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Unknown, vec![]), true, at(3000));
    entry.retry(at(9000));
    let billed = Charge { at_most: Money::from_fen(28), ..Charge::default() };
    assert_eq!(entry, Entry { due: None, attempt: 1, billed, ..queued() });
}

#[test]
fn an_entry_reads_back_from_the_book() {
    let mut entry = running();
    entry.polled(task(TaskStatus::Succeeded, vec![file("a")]), true, at(3000));
    let text = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
}

#[test]
fn pictures_that_come_with_the_answer_are_collected_like_others() {
    let finished = || {
        let usage = Usage { image_count: Some(2), ..Usage::default() };
        let items = vec![file("a"), file("b")];
        let task = Task {
            status: TaskStatus::Succeeded,
            items,
            fault: None,
            usage: Some(usage),
            made_of: None,
            asked: None,
        };
        Create::Finished { task, request_id: Some("r".to_owned()) }
    };
    let mut entry = queued();
    entry.submitting(at(0));
    entry.submitted(finished(), true, at(2000));
    assert_eq!((entry.state, entry.due), (State::Collecting, Some(at(2000))));
    assert_eq!((entry.actual, entry.task_id.as_deref()), (Some(Money::from_fen(28)), None));
    assert_eq!((entry.started_at, entry.request_id.as_deref()), (Some(at(2000)), Some("r")));
    assert_eq!(entry.next_to_collect(), Some((0, "a".to_owned())));
    let mut entry = queued();
    entry.submitting(at(0));
    entry.submitted(finished(), false, at(2000));
    assert_eq!(entry.state, State::Done, "without a bucket they stay at the vendor");
}

#[test]
fn a_film_is_one_file_of_so_many_seconds() {
    let request = json!({"model":"wan2.1-t2v-turbo","prompt":"海浪","duration":10});
    let mut entry = Entry::new("job".to_owned(), Request::from_value(request).unwrap(), Vec::new(), at(0));
    entry.submitting(at(0));
    let accepted = Create::Accepted { task_id: "t".to_owned(), request_id: None };
    entry.submitted(accepted, true, at(1000));
    assert_eq!(entry.due, Some(at(3000)));
    entry.polled(task(TaskStatus::Running, vec![]), true, at(3000));
    assert_eq!(entry.due, Some(at(7000)));
    entry.polled(task(TaskStatus::Succeeded, vec![file("v")]), true, at(7000));
    // The vendor said nothing of its use: this model makes films of five seconds only, at 0.24 a second.
    assert_eq!((entry.usage.unwrap().video_seconds, entry.actual), (Some(5), Some(Money::from_fen(120))));
    assert_eq!(entry.outputs[0].media_type.as_deref(), Some("video/mp4"));
}

#[test]
fn a_document_that_cannot_be_read_is_fetched_again_a_few_times() {
    let request = json!({"model":"paraformer-v2","url":"https://example.com/a.mp3"});
    let mut entry = Entry::new("job".to_owned(), Request::from_value(request).unwrap(), Vec::new(), at(0));
    entry.submitting(at(0));
    entry.submitted(Create::Accepted { task_id: "t".to_owned(), request_id: None }, true, at(1000));
    let usage = Usage { audio_seconds: Some(60), ..Usage::default() };
    let status = TaskStatus::Succeeded;
    let done = Poll::Task(Task {
        status,
        items: vec![file("t")],
        fault: None,
        usage: Some(usage),
        made_of: None,
        asked: None,
    });
    entry.polled(done, true, at(2000));
    assert_eq!(entry.actual, Some(Money::from_nano(4_800_000)));
    for _ in 0..4 {
        entry.collected(0, Collected::Unreadable, at(3000));
        assert_eq!(entry.state, State::Collecting);
    }
    entry.collected(0, Collected::Unreadable, at(4000));
    let error = entry.error.as_ref().unwrap();
    assert_eq!((entry.state, error.code.as_str()), (State::Failed, code::RESULT_UNREADABLE));
    assert_eq!(error.charged, Charged::Yes);
}
