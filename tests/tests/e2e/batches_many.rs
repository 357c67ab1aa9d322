//! Many entries, many jobs: as quick as few.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::batch::{Batch, BatchState};
use studio_tests::client::send;
use studio_tests::{Client, Setup, Studio, unique};

use crate::batches::texts;

tests![
    a_member_with_a_hundred_thousand_jobs_is_as_quick_as_one_with_a_hundred,
    two_thousand_entries_are_taken_at_once_and_one_more_is_not,
    twenty_equal_submissions_at_once_are_one_batch,
];

/// A key that no other test uses.
fn key() -> String {
    unique("key").replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

async fn two_thousand_entries_are_taken_at_once_and_one_more_is_not() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-many");
    let (_, mut file) = texts(2000);
    let size = file.to_string().len();
    let start = Instant::now();
    let batch = member.submit_batch(&file).await;
    let took = start.elapsed();
    println!("2,000 entries of {size} bytes written down in {took:?}");
    assert_eq!((batch.state, batch.counts.total), (BatchState::Running, 2000));
    assert!(took < Duration::from_secs(20), "{took:?}");
    let start = Instant::now();
    let canceled = member.act(&batch.id, "cancel").await.with(200).batch();
    println!("and called back in {:?}: {:?}", start.elapsed(), canceled.counts);
    assert_eq!(canceled.counts.waiting, 0);
    file["text_tasks"].as_array_mut().unwrap().push(json!({"model": "qwen-turbo", "prompt": "a"}));
    let refused = member.send_batch("", "application/json", file.to_string()).await;
    let refused = refused.refused(400, "InvalidParameter");
    assert!(refused.error.message.contains("2001"), "{refused:?}");
    assert_eq!(member.batches("").await.items.len(), 1);
}

async fn twenty_equal_submissions_at_once_are_one_batch() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-key");
    let (key, (prompts, file)) = (key(), texts(3));
    let again = async |query: &str, body: &Value| {
        let request = member.request("POST", format!("/api/batches?{query}"));
        send(request.header("idempotency-key", &key).json(body)).await
    };
    let answers = join_all((0..20).map(|_| again("", &file))).await;
    let first = answers[0].batch().id;
    assert!(answers.iter().all(|answer| answer.batch().id == first));
    let taken = answers.iter().filter(|answer| answer.status == 202).count();
    assert_eq!((taken, answers.iter().filter(|answer| answer.status == 200).count()), (1, 19));
    member.batch_ended(&first).await;
    assert_eq!(again("", &file).await.with(200).batch().counts.done, 3);
    let (_, other) = texts(3);
    again("", &other).await.refused(409, "IdempotencyConflict");
    again("name=other", &file).await.refused(409, "IdempotencyConflict");
    // The key of a batch is none of a job, and the other way round.
    let request = member.request("POST", "/api/jobs").header("idempotency-key", &key);
    send(request.json(&studio_tests::text("a"))).await.refused(409, "IdempotencyConflict");
    assert_eq!((member.batches("").await.items.len(), member.page_of_jobs("").await.items.len()), (1, 3));
    for prompt in &prompts {
        studio.vendor.settled(prompt, 1).await;
    }
}

/// What is measured, each the quickest of some tries.
async fn measured(member: &Client, first: &Batch, batch: &Batch) -> Vec<(&'static str, Duration)> {
    let oldest = member.page_of_jobs(&format!("batch={}&limit=31", first.id)).await.items.pop().unwrap().id;
    let job = member.page_of_jobs("").await.items.remove(0).id;
    let wanted = [
        ("first page", "/api/jobs".to_owned()),
        ("last page", format!("/api/jobs?cursor={oldest}")),
        ("done", "/api/jobs?state=done".to_owned()),
        ("failed", "/api/jobs?state=failed".to_owned()),
        ("running", "/api/jobs?state=running".to_owned()),
        ("queued", "/api/jobs?state=queued".to_owned()),
        ("speech", "/api/jobs?kind=speech".to_owned()),
        ("a model", "/api/jobs?model=qwen-max".to_owned()),
        ("a span of time", "/api/jobs?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z".to_owned()),
        ("entries of a batch", format!("/api/jobs?batch={}", batch.id)),
        ("its failed ones", format!("/api/jobs?batch={}&state=failed", batch.id)),
        ("a job", format!("/api/jobs/{job}")),
        ("a batch", format!("/api/batches/{}", batch.id)),
        ("batches", "/api/batches?limit=100".to_owned()),
    ];
    let mut times = Vec::new();
    for (name, path) in wanted {
        let mut best = Duration::MAX;
        for _ in 0..4 {
            let start = Instant::now();
            let _ = member.get(&path).await.with(200);
            best = best.min(start.elapsed());
        }
        times.push((name, best));
    }
    let mut best = Duration::MAX;
    for _ in 0..4 {
        let request = studio_tests::order::with(studio_tests::text("a"), &json!({"prompt": unique("快")}));
        let start = Instant::now();
        let _ = member.post("/api/jobs", &request).await.with(202);
        best = best.min(start.elapsed());
    }
    times.push(("submitting a job", best));
    times
}

async fn a_member_with_a_hundred_thousand_jobs_is_as_quick_as_one_with_a_hundred() {
    const BATCHES: usize = 50;
    let studio = Studio::start(Setup::default()).await;
    let (few, many) = (studio.member("few"), studio.member("many"));
    let settings = form_urlencoded::byte_serialize(br#"{"model":"qwen-turbo"}"#).collect::<String>();
    let submit = async |member: &Client, entries: usize| {
        let lines: String = (0..entries).map(|n| format!("第 {n} 行\n")).collect();
        member.send_batch(&format!("settings={settings}"), "text/plain", lines).await.with(202).batch()
    };
    let start = Instant::now();
    let mut batches = Vec::new();
    for n in 0..BATCHES {
        let batch = submit(&many, 2000).await;
        // Half of them stay, paused; the others have ended.
        let _ = many.act(&batch.id, if n % 2 == 0 { "pause" } else { "cancel" }).await.with(200);
        batches.push(batch);
    }
    println!("{} jobs written down in {:?}", BATCHES * 2000, start.elapsed());
    let small = submit(&few, 100).await;
    let _ = few.act(&small.id, "pause").await.with(200);
    let before = measured(&few, &small, &small).await;
    let after = measured(&many, &batches[0], &batches[BATCHES - 1]).await;
    let mut slow = Vec::new();
    for ((name, few), (_, many)) in before.into_iter().zip(after) {
        println!("{name:>20}: {few:>12?} of 100, {many:>12?} of 100,000");
        if many > few * 5 + Duration::from_millis(50) {
            slow.push((name, few, many));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
