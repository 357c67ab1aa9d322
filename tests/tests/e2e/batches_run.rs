//! Batches on their way: stopped and gone on with, called back, among others, through crashes, out of money.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use studio_shared::batch::BatchState;
use studio_tests::client::send;
use studio_tests::vendor::asked;
use studio_tests::wait::until;
use studio_tests::{Setup, Studio, picture, unique};

use crate::batches::{in_order, texts};

tests![
    a_batch_goes_on_through_two_crashes_with_no_page_open,
    a_spent_budget_pauses_a_batch_until_it_is_raised,
    a_paused_batch_sends_nothing_until_it_goes_on,
    a_canceled_batch_keeps_what_it_had,
    a_single_job_goes_before_two_batches,
];

/// The prompts of all creations that the vendor accepted, in order, of those that are looked for.
async fn sent(studio: &Studio, prompts: &[String]) -> Vec<String> {
    let figures = studio.vendor.figures().await;
    let all =
        figures["creations"].as_array().unwrap().iter().map(|creation| asked(&creation["body"]).clone());
    let found = all.filter_map(|prompt| prompt.as_str().map(str::to_owned));
    found.filter(|prompt| prompts.contains(prompt)).collect()
}

async fn a_batch_goes_on_through_two_crashes_with_no_page_open() {
    let studio = Studio::start(Setup::default()).await;
    let prompts: Vec<String> = (0..24).map(|_| unique("两次断电")).collect();
    let tasks: Vec<Value> = prompts.iter().map(|prompt| picture(prompt)).collect();
    let tasks: Vec<Value> = tasks
        .into_iter()
        .map(|mut task| {
            task.as_object_mut().unwrap().remove("kind");
            task
        })
        .collect();
    let batch = studio.owner.submit_batch(&json!({ "image_tasks": tasks })).await;
    let start = Instant::now();
    for killed_at in [6, 14] {
        // Only the vendor is asked: nobody is connected to the worker.
        let reached = async || (sent(&studio, &prompts).await.len() >= killed_at).then_some(());
        until("the batch to go on", reached).await;
        studio.kill_worker().await;
        studio.start_worker().await; // asks for /api/health, which wakes no object
    }
    until("the rest to be sent", async || (sent(&studio, &prompts).await.len() >= 22).then_some(())).await;
    println!("24 entries sent in {:?}, through two crashes", start.elapsed());
    let done = studio.owner.batch_ended(&batch.id).await;
    let entries = studio.owner.entries(&batch.id, "").await;
    in_order(&done, &entries);
    assert_eq!((done.state, done.counts.done), (BatchState::Done, 24), "{entries:?}");
    let mut creations = sent(&studio, &prompts).await;
    creations.sort();
    creations.dedup();
    let all = sent(&studio, &prompts).await.len();
    assert_eq!((creations.len(), all), (24, 24), "one creation of each: {creations:?}");
}

async fn a_spent_budget_pauses_a_batch_until_it_is_raised() {
    let studio = Studio::start(Setup::default()).await;
    let budget = async |day: &str| {
        let change = json!({"member": {"day": day, "month": null}});
        let _ = send(studio.owner.request("PATCH", "/api/budget").json(&change)).await.with(200);
    };
    budget("0.75").await; // five pictures at 0.14
    let prompts: Vec<String> = (0..9).map(|_| unique("预算")).collect();
    let tasks: Vec<Value> =
        prompts.iter().map(|prompt| json!({"model": "wan2.2-t2i-flash", "prompt": prompt})).collect();
    let batch = studio.owner.submit_batch(&json!({ "image_tasks": tasks })).await;
    let paused = studio
        .owner
        .batch_once(&batch.id, |batch| batch.state == BatchState::Paused && batch.counts.done == 5)
        .await;
    let why = paused.error.clone().unwrap();
    assert_eq!((why.code.as_str(), paused.counts.waiting, paused.eta_ms), ("BudgetExceeded", 4, None));
    assert!(!why.advice.zh.is_empty() && why.message.contains("0.75"), "{why:?}");
    assert_eq!(sent(&studio, &prompts).await, prompts[..5]);
    let held = studio.owner.entries(&batch.id, "state=queued").await;
    assert!(held.len() == 4 && held.iter().all(|job| job.place.is_none() && job.eta_ms.is_none()));
    // As long as nothing changes, going on leads nowhere.
    let _ = studio.owner.act(&batch.id, "resume").await.with(200);
    studio.owner.batch_once(&batch.id, |batch| batch.state == BatchState::Paused).await;
    budget("2").await;
    let resumed = studio.owner.act(&batch.id, "resume").await.with(200).batch();
    assert_eq!((resumed.state, resumed.error), (BatchState::Running, None));
    let done = studio.owner.batch_ended(&batch.id).await;
    assert_eq!((done.counts.done, done.spent.to_string().as_str()), (9, "1.26"));
    assert_eq!(sent(&studio, &prompts).await, prompts);
}

async fn a_paused_batch_sends_nothing_until_it_goes_on() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-pause");
    let (prompts, file) = texts(200); // twenty seconds: time enough to pause it, also on a busy machine
    let id = member.submit_batch(&file).await.id;
    member.batch_once(&id, |batch| batch.counts.done >= 5).await;
    let paused = member.act(&id, "pause").await.with(200).batch();
    assert_eq!((paused.state, paused.eta_ms, &paused.error), (BatchState::Paused, None, &None));
    member.act(&id, "pause").await.refused(409, "WrongState");
    let quiet = member.batch_once(&id, |batch| batch.counts.active == 0).await;
    let before = sent(&studio, &prompts).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(sent(&studio, &prompts).await, before, "thirty could have been sent meanwhile");
    assert!(quiet.counts.waiting >= 20 && quiet.counts.done as usize == before.len(), "{quiet:?}");
    assert_eq!(member.batch(&id).await.counts, quiet.counts);
    assert!(before.iter().all(|prompt| prompts[..before.len()].contains(prompt)), "in the order of the file");
    let resumed = member.act(&id, "resume").await.with(200).batch();
    assert!(resumed.state == BatchState::Running && resumed.eta_ms.is_some(), "{resumed:?}");
    member.act(&id, "resume").await.refused(409, "WrongState");
    let done = member.batch_ended(&id).await;
    assert_eq!((done.state, done.counts.done), (BatchState::Done, 200));
    assert_eq!(sent(&studio, &prompts).await.len(), 200);
}

async fn a_canceled_batch_keeps_what_it_had() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-cancel");
    let (prompts, file) = texts(200);
    let id = member.submit_batch(&file).await.id;
    member.batch_once(&id, |batch| batch.counts.done >= 5).await;
    let canceled = member.act(&id, "cancel").await.with(200).batch();
    assert_eq!((canceled.state, canceled.counts.waiting), (BatchState::Canceled, 0));
    let ended = member.batch_ended(&id).await;
    assert_eq!(ended.state, BatchState::Canceled);
    assert_eq!(ended.counts.done + ended.counts.canceled, 200, "{ended:?}");
    assert!(ended.counts.canceled >= 20, "{ended:?}");
    let sent_first = sent(&studio, &prompts).await.len();
    assert_eq!(sent_first, ended.counts.done as usize, "what was called back was not sent");
    let one = member.entries(&id, "state=canceled").await.remove(0);
    assert_eq!((one.cost.actual.unwrap().to_string().as_str(), one.cancelable), ("0.00", false));
    for what in ["pause", "resume", "cancel"] {
        member.act(&id, what).await.refused(409, "WrongState");
    }
    // One of them after all; then all of them.
    let path = format!("/api/jobs/{}/retry", one.id);
    let _ = member.post(&path, &json!({})).await.with(200);
    let done = member.batch_ended(&id).await;
    assert_eq!((done.state, done.counts.done), (BatchState::Done, ended.counts.done + 1));
    let _ = member.act(&id, "retry").await.with(200);
    let done = member.batch_ended(&id).await;
    assert_eq!((done.state, done.counts.done), (BatchState::Done, 200));
    assert_eq!(sent(&studio, &prompts).await.len(), 200);
}

async fn a_single_job_goes_before_two_batches() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-two");
    let ((first, file), (second, other)) = (texts(30), texts(30));
    let (a, b) = (member.submit_batch(&file).await, member.submit_batch(&other).await);
    assert!(a.eta_ms.is_some() && b.eta_ms.is_some(), "{a:?} {b:?}");
    member.batch_once(&a.id, |batch| batch.counts.done >= 3).await;
    let single = unique("单个");
    let all = [first.as_slice(), second.as_slice(), std::slice::from_ref(&single)].concat();
    let before = sent(&studio, &all).await.len();
    let job = member.post("/api/jobs", &studio_tests::text(&single)).await.with(202).job();
    // Before both batches, though one call of every other member may come first.
    assert!(job.place.unwrap() <= 12, "{job:?}");
    for id in [&a.id, &b.id] {
        assert_eq!(member.batch_ended(id).await.counts.done, 30);
    }
    let order = sent(&studio, &all).await;
    let place = order.iter().position(|prompt| *prompt == single).unwrap();
    println!("the single job was number {place} of 61, submitted after {before}");
    assert!(place < before + 20, "{place} after {before}");
    // Sixteen answers are asked for at once, so neighbours may overtake each other on the way; batches do not.
    let rest = order.iter().filter(|prompt| **prompt != single);
    let expected: Vec<&String> = first.iter().chain(&second).collect();
    for (place, prompt) in rest.enumerate() {
        let wanted = expected.iter().position(|one| *one == prompt).unwrap();
        assert!(place.abs_diff(wanted) < 16, "{wanted} was sent as {place}");
    }
}
