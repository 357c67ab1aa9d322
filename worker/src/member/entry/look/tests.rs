use proptest::prelude::*;
use serde_json::json;

use super::decide::TOLERANCE_MS;
use super::*;
use crate::dashscope::{Create, Poll, Task, TaskStatus};

const SENT: u64 = 1_000_000;
const LOST: u64 = SENT + 1_000;
const CLOSED: u64 = LOST + CLOSES_MS;

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn request(prompt: &str, seed: u32) -> Request {
    let request = json!({"model":"wan2.2-t2i-flash","prompt":prompt,"n":1,"size":"512*512","seed":seed});
    Request::from_value(request).unwrap()
}

/// Sent `after` milliseconds after the first.
fn lost(job: &str, prompt: &str, after: u64) -> Sought {
    Sought {
        job: job.to_owned(),
        request: request(prompt, 1),
        sent: prompt.to_owned(),
        asked: Some(1),
        sent_at: at(SENT + after),
        lost_at: at(LOST + after),
        since: at(LOST + after),
        absent_since: None,
    }
}

fn other_seed(sought: Sought, seed: u32) -> Sought {
    Sought { request: request(&sought.sent, seed), ..sought }
}

fn told(ended: bool, billed: bool, made_of: Option<&str>) -> Option<Told> {
    Some(Told { ended, billed, made_of: made_of.map(str::to_owned), asked: Some(1) })
}

fn task(name: &str, after: u64, told: Option<Told>) -> Candidate {
    Candidate { task: name.to_owned(), at: Some(at(SENT + after)), told }
}

fn made(name: &str, after: u64, of: &str) -> Candidate {
    task(name, after, told(true, true, Some(of)))
}

fn going(name: &str, after: u64) -> Candidate {
    task(name, after, told(false, true, None))
}

fn failed(name: &str, after: u64) -> Candidate {
    task(name, after, told(true, false, None))
}

fn scene(sought: &[Sought], candidates: &[Candidate], read_ms: u64) -> Scene {
    let (sought, candidates) = (sought.to_vec(), candidates.to_vec());
    Scene { sought, candidates, read_at: at(read_ms), ..Scene::default() }
}

/// What is decided, by job: the task, with `?` where it is not sure; or a word.
fn steps(scene: &Scene) -> Vec<(String, String)> {
    let mut steps: Vec<(String, String)> = decide(scene)
        .0
        .into_iter()
        .map(|(job, step)| {
            let step = match step {
                Step::Adopt { task, sure: true, .. } => task,
                Step::Adopt { task, .. } => format!("{task}?"),
                Step::Wait { absent: true } => "absent".to_owned(),
                Step::Wait { absent: false } => "wait".to_owned(),
                Step::SendAgain => "send".to_owned(),
                Step::NotBilled => "unbilled".to_owned(),
                Step::Unsure(tasks) => format!("unsure {tasks}"),
            };
            (job, step)
        })
        .collect();
    steps.sort();
    steps
}

fn one(candidates: &[Candidate], read_ms: u64) -> String {
    let steps = steps(&scene(&[lost("a", "猫", 0)], candidates, read_ms));
    assert_eq!(steps.len(), 1);
    steps[0].1.clone()
}

fn pairs(scene: &Scene) -> String {
    steps(scene).iter().map(|(job, step)| format!("{job}={step}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_list_never_shows_is_sent_again_after_two_reads_at_the_windows_end() {
    let sought = |first: Option<u64>| Sought { absent_since: first.map(at), ..lost("a", "猫", 0) };
    let step = |first, read_ms| pairs(&scene(&[sought(first)], &[], read_ms));
    assert_eq!(step(None, LOST), "a=absent");
    assert_eq!(step(None, CLOSED), "a=absent", "one read is no answer");
    assert_eq!(step(Some(CLOSED - 5_000), CLOSED - 1), "a=absent", "the window is open");
    assert_eq!(step(Some(CLOSED - 4_999), CLOSED), "a=absent", "the reads are too near to each other");
    assert_eq!(step(Some(CLOSED - 5_000), CLOSED), "a=send");
}

#[test]
fn a_task_that_names_the_prompt_is_adopted_and_any_other_is_not() {
    assert_eq!(one(&[made("t", 100, "猫")], LOST), "t");
    assert_eq!(one(&[made("t", 100, "狗")], LOST), "absent");
    assert_eq!(one(&[made("s", 50, "狗"), made("t", 100, "猫"), going("r", 150)], LOST), "t");
    let other_n = Some(Told { asked: Some(2), ..told(true, true, Some("猫")).unwrap() });
    assert_eq!(one(&[task("t", 100, other_n)], LOST), "absent", "another number of pictures");
}

#[test]
fn the_window_allows_for_the_vendors_clock_and_no_more() {
    let by = |ms: u64| Candidate { at: Some(at(ms)), ..made("t", 0, "猫") };
    for (ms, found) in [
        (SENT - TOLERANCE_MS - 1, "absent"),
        (SENT - TOLERANCE_MS, "t"),
        (CLOSED, "t"),
        (CLOSED + 1, "absent"),
    ] {
        assert_eq!(one(&[by(ms)], LOST), found, "{ms}");
    }
    assert_eq!(one(&[Candidate { at: None, ..made("t", 0, "猫") }], LOST), "t", "no moment is told");
}

#[test]
fn the_only_task_is_adopted_at_once_and_looked_at_again_when_it_tells() {
    assert_eq!(one(&[going("t", 100)], LOST), "t?");
    let unasked = scene(&[lost("a", "猫", 0)], &[task("t", 100, None)], LOST);
    assert_eq!((pairs(&unasked), decide(&unasked).1), ("a=wait".to_owned(), vec!["t".to_owned()]));
    let two = scene(&[lost("a", "猫", 0)], &[going("s", 50), going("t", 100)], CLOSED);
    assert_eq!((pairs(&two), decide(&two).1.len()), ("a=wait".to_owned(), 2));
    let alone = scene(&[lost("a", "猫", 0)], &[going("t", 100)], CLOSED);
    assert_eq!(pairs(&Scene { in_flight: true, ..alone.clone() }), "a=wait", "it may be what is being sent");
    let rivals = vec![lost("z", "狗", 0)];
    assert_eq!(pairs(&Scene { rivals, ..alone.clone() }), "a=wait", "it may be what another one lost");
    let rivals = vec![lost("z", "狗", 3_600_000)];
    assert_eq!(pairs(&Scene { rivals, ..alone }), "a=t?", "that was lost an hour later");
}

#[test]
fn lost_jobs_are_matched_together() {
    let sought = [lost("a", "猫", 0), lost("b", "狗", 500), lost("c", "鸟", 1000)];
    let tasks = [made("s", 900, "狗"), made("t", 100, "猫"), going("u", 1100)];
    assert_eq!(pairs(&scene(&sought, &tasks, LOST)), "a=t b=s c=u?");
    assert_eq!(pairs(&scene(&sought, &tasks[..2], CLOSED + 9_000)), "a=t b=s c=absent");
    let waiting = scene(&sought, &[made("s", 900, "狗"), going("u", 1100), going("v", 1200)], LOST);
    assert_eq!(pairs(&waiting), "a=wait b=s c=wait");
    assert_eq!(decide(&waiting).1, ["u", "v"]);
}

#[test]
fn of_equal_requests_each_gets_one_and_who_gets_none_is_absent() {
    let sought = [lost("a", "猫", 0), lost("b", "猫", 500), lost("c", "猫", 1000)];
    let tasks = [made("s", 100, "猫"), made("t", 600, "猫")];
    assert_eq!(pairs(&scene(&sought, &tasks, LOST)), "a=s b=t c=absent");
    // The first task is in both windows, the second in the first one's only: nobody is left without one.
    let sought = [lost("a", "猫", 0), lost("b", "猫", 30_000)];
    let tasks = [made("s", 25_000, "猫"), made("t", 10_000, "猫")];
    assert_eq!(pairs(&scene(&sought, &tasks, CLOSED)), "a=t b=s");
}

#[test]
fn equal_prompts_of_other_requests_are_told_apart_by_time_or_not_at_all() {
    let sought = [lost("a", "猫", 0), other_seed(lost("b", "猫", 500), 2)];
    let in_step = [made("s", 80, "猫"), made("t", 610, "猫")];
    assert_eq!(pairs(&scene(&sought, &in_step, LOST)), "a=s b=t");
    let together = [made("s", 80, "猫"), made("t", 120, "猫")];
    assert_eq!(pairs(&scene(&sought, &together, CLOSED)), "a=wait b=wait", "the second one's window is open");
    assert_eq!(pairs(&scene(&sought, &together, CLOSED + 500)), "a=unsure 2 b=unsure 2");
    assert_eq!(
        pairs(&scene(&sought, &together[..1], CLOSED + 500)),
        "a=unsure 1 b=unsure 1",
        "never sent again"
    );
    let with_rival = Scene { rivals: vec![lost("z", "猫", 0)], ..scene(&sought, &in_step, CLOSED + 500) };
    assert_eq!(pairs(&with_rival), "a=wait b=wait");
    let read_at = at(CLOSED + 500 + PATIENCE_MS);
    assert_eq!(pairs(&Scene { read_at, ..with_rival }), "a=unsure 2 b=unsure 2");
}

#[test]
fn an_equal_request_of_another_member_is_as_good() {
    let alone = scene(&[lost("a", "猫", 0)], &[made("t", 100, "猫")], LOST);
    assert_eq!(pairs(&Scene { rivals: vec![lost("z", "猫", 0)], ..alone.clone() }), "a=t");
    let rivals = vec![other_seed(lost("z", "猫", 0), 2)];
    assert_eq!(pairs(&Scene { rivals: rivals.clone(), ..alone.clone() }), "a=wait");
    assert_eq!(pairs(&Scene { rivals, read_at: at(CLOSED + PATIENCE_MS), ..alone }), "a=unsure 1");
}

#[test]
fn a_failed_task_that_may_be_it_is_never_replaced_by_a_second_creation() {
    assert_eq!(one(&[failed("t", 100)], CLOSED - 1), "wait", "its own may still show up");
    assert_eq!(one(&[failed("t", 100)], CLOSED), "t");
    assert_eq!(one(&[failed("s", 100), failed("t", 200)], CLOSED), "unbilled");
    let sought = [lost("a", "猫", 0), lost("b", "狗", 500)];
    assert_eq!(pairs(&scene(&sought, &[failed("t", 100)], CLOSED + 500)), "a=unbilled b=unbilled");
    assert_eq!(pairs(&scene(&sought, &[failed("s", 100), failed("t", 600)], CLOSED + 500)), "a=s b=t");
    let named = task("t", 100, told(true, false, Some("猫")));
    assert_eq!(one(std::slice::from_ref(&named), LOST), "t", "a recording's failed task names it");
    assert_eq!(one(&[failed("s", 50), named], LOST), "t");
}

#[test]
fn tasks_that_never_tell_are_adopted_only_where_they_are_the_only_ones() {
    let silent = |name: &str, after| task(name, after, told(true, true, None));
    assert_eq!(one(&[silent("t", 100)], CLOSED - 1), "wait");
    assert_eq!(one(&[silent("t", 100)], CLOSED), "t");
    assert_eq!(one(&[silent("s", 100), silent("t", 200)], CLOSED), "unsure 2");
    assert_eq!(one(&[silent("s", 100), failed("t", 200)], CLOSED), "unsure 2");
    let equal = [lost("a", "猫", 0), lost("b", "猫", 500)];
    assert_eq!(pairs(&scene(&equal, &[silent("s", 100), silent("t", 600)], CLOSED + 500)), "a=s b=t");
    let others = [lost("a", "猫", 0), lost("b", "狗", 500)];
    let both = [silent("s", 100), silent("t", 600)];
    assert_eq!(pairs(&scene(&others, &both, CLOSED + 500)), "a=unsure 2 b=unsure 2");
}

fn looked_for() -> Entry {
    let mut entry = Entry::new("job".to_owned(), request("猫", 1), Vec::new(), at(0));
    entry.submitting(at(SENT));
    entry.submitted(Create::Lost("cut".to_owned()), true, at(LOST));
    entry
}

#[test]
fn a_lost_creation_is_looked_for_and_not_sent_meanwhile() {
    let mut entry = looked_for();
    let error = entry.error.clone().unwrap();
    assert_eq!((entry.state, entry.due), (State::Submitting, Some(at(LOST + 1000))));
    assert_eq!((error.code.as_str(), error.charged), (code::LOOKING, Charged::Unknown));
    assert!(!entry.is_cancelable() && entry.is_looked_for());
    let before = entry.clone();
    entry.interrupted(at(LOST + 500));
    assert_eq!(entry, before, "a further crash changes nothing");
    let text = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
}

#[test]
fn reads_come_quickly_at_first_and_at_both_ends_of_the_last_five_seconds() {
    let mut entry = looked_for();
    let mut moments = Vec::new();
    while let Some(due) = entry.due.filter(|_| entry.is_looked_for() && moments.len() < 20) {
        moments.push(due.ms() - LOST);
        let scene = scene(&[entry.sought().unwrap()], &[], due.ms());
        match decide(&scene).0.pop().unwrap().1 {
            Step::SendAgain => entry.send_again(due),
            step => entry.not_found_yet(step == Step::Wait { absent: true }, due, due),
        }
    }
    assert_eq!(moments, [1000, 2000, 4000, 8000, 16_000, 25_000, 30_000]);
    assert_eq!((entry.state, entry.due, entry.error), (State::Queued, Some(at(CLOSED)), None));
    assert_eq!((entry.attempt, entry.look), (0, None), "with the money that is reserved for this try");
}

#[test]
fn a_list_that_cannot_be_read_for_ten_minutes_leaves_it_unsure() {
    let mut entry = looked_for();
    let mut now = LOST + 1000;
    let mut reads = 0;
    while entry.is_looked_for() {
        entry.not_read("HTTP 500", at(now));
        reads += 1;
        now = entry.due.map_or(now, Timestamp::ms);
    }
    assert_eq!((entry.state, entry.due), (State::Unsure, None));
    assert!((PATIENCE_MS..PATIENCE_MS + 15_000).contains(&(now - LOST - 1000)), "{now}");
    assert!(reads < 80, "{reads}");
    let error = entry.error.clone().unwrap();
    assert_eq!((error.code.as_str(), error.charged), (code::ANSWER_LOST, Charged::Unknown));
    assert!(
        error.message.contains("sent at 1970-01-01T00:16:40") && error.message.contains("HTTP 500"),
        "{error:?}"
    );
    assert!(entry.can_be_looked_for(at(now)) && !entry.can_be_looked_for(at(now + VENDOR_KEEPS_MS)));
    entry.look_again(at(now));
    assert_eq!((entry.state, entry.due, entry.finished_at), (State::Submitting, Some(at(now)), None));
    entry.not_read("HTTP 500", at(now + 1));
    assert!(entry.is_looked_for(), "it has its ten minutes again");
}

fn poll(status: TaskStatus, made_of: Option<&str>) -> Poll {
    let made_of = made_of.map(str::to_owned);
    Poll::Task(Task { status, items: Vec::new(), fault: None, usage: None, made_of, asked: Some(1) })
}

fn unconfirmed() -> Entry {
    let mut entry = looked_for();
    entry.found("t".to_owned(), Some(at(SENT + 100)), false, at(LOST + 1000));
    entry.polled(poll(TaskStatus::Running, None), true, at(LOST + 2000));
    entry
}

#[test]
fn what_was_adopted_unseen_is_kept_only_if_it_names_the_prompt() {
    let entry = unconfirmed();
    assert_eq!((entry.state, entry.is_unconfirmed(), entry.is_cancelable()), (State::Running, true, false));
    let mut own = entry.clone();
    own.polled(poll(TaskStatus::Succeeded, Some("猫")), true, at(LOST + 9000));
    assert!(!own.is_looked_for() && own.look.is_none() && own.task_id.is_some());
    for (status, made_of) in [
        (TaskStatus::Succeeded, Some("狗")),
        (TaskStatus::Succeeded, None),
        (TaskStatus::Failed, None),
        (TaskStatus::Canceled, None),
    ] {
        let mut entry = entry.clone();
        entry.polled(poll(status, made_of), true, at(LOST + 9000));
        assert!(entry.is_looked_for(), "{status:?} {made_of:?}");
        assert_eq!(
            (entry.task_id, entry.accepted_at, entry.started_at, entry.actual),
            (None, None, None, None)
        );
        assert_eq!(entry.due, Some(at(LOST + 9000)));
    }
}

#[test]
fn what_makes_no_task_stays_unsure_at_once() {
    for request in
        [json!({"model":"qwen-image-plus","prompt":"猫"}), json!({"model":"cosyvoice-v2","text":"猫"})]
    {
        let request = Request::from_value(request).unwrap();
        let mut entry = Entry::new("job".to_owned(), request, Vec::new(), at(0));
        entry.submitting(at(SENT));
        entry.interrupted(at(LOST));
        assert_eq!((entry.state, entry.look.clone()), (State::Unsure, None));
        assert_eq!(entry.error.as_ref().unwrap().code, code::ANSWER_LOST);
        assert!(!entry.can_be_looked_for(at(LOST)));
    }
}

fn any_told() -> impl Strategy<Value = Option<Told>> {
    let made_of = prop_oneof![Just(None), Just(Some("猫".to_owned())), Just(Some("狗".to_owned()))];
    let told = (any::<bool>(), any::<bool>(), made_of, prop_oneof![Just(None), Just(Some(1)), Just(Some(2))]);
    prop::option::of(told.prop_map(|(ended, billed, made_of, asked)| Told { ended, billed, made_of, asked }))
}

proptest! {
    #[test]
    fn nothing_is_sent_again_while_a_task_could_be_it_and_no_task_is_given_twice(
        jobs in prop::collection::vec((any::<bool>(), 0_u32..2, 0_u64..4_000), 1..5),
        tasks in prop::collection::vec((0_u64..40_000, any_told()), 0..6),
        others in (any::<bool>(), any::<bool>()),
        read_ms in LOST..CLOSED + 2 * PATIENCE_MS,
    ) {
        let sought: Vec<Sought> = jobs.iter().enumerate().map(|(n, (is_cat, seed, after))| {
            let one = other_seed(lost(&format!("j{n}"), if *is_cat { "猫" } else { "狗" }, *after), *seed);
            Sought { absent_since: Some(at(LOST)), ..one }
        }).collect();
        let candidates: Vec<Candidate> =
            tasks.iter().enumerate().map(|(n, (after, told))| task(&format!("t{n}"), *after, told.clone())).collect();
        let rivals = if others.0 { vec![lost("z", "猫", 0)] } else { Vec::new() };
        let scene = Scene { rivals, in_flight: others.1, ..scene(&sought, &candidates, read_ms) };
        let (steps, ask) = decide(&scene);
        prop_assert_eq!(steps.len(), sought.len());
        let mut given = std::collections::HashSet::new();
        for (job, step) in &steps {
            let sought = sought.iter().find(|sought| sought.job == *job).unwrap();
            match step {
                Step::Adopt { task, sure, .. } => {
                    prop_assert!(given.insert(task.clone()), "{} is given twice", task);
                    let task = candidates.iter().find(|candidate| candidate.task == *task).unwrap();
                    prop_assert!(sought.may_be(task));
                    prop_assert!(*sure || !others.1, "somebody's creation is being sent");
                }
                Step::SendAgain => {
                    // Every task that could be it is surely another lost job's of the same request.
                    prop_assert!(read_ms >= sought.to().ms());
                    for task in candidates.iter().filter(|task| sought.may_be(task)) {
                        let owner = steps.iter().find(|(_, step)| {
                            matches!(step, Step::Adopt { task: given, .. } if *given == task.task)
                        });
                        prop_assert!(owner.is_some(), "{} may be {}", &task.task, job);
                    }
                }
                _ => {}
            }
        }
        for task in ask {
            prop_assert!(!given.contains(&task));
        }
    }
}
