//! Many entries at once. How quick a member with many jobs is, the bench measures.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::batch::BatchState;
use studio_tests::client::send;
use studio_tests::{Studio, unique};

use crate::batches::texts;

tests![
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
