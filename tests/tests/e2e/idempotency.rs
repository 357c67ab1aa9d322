//! `Idempotency-Key`: a repeat buys nothing.

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::job::State;
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::{Studio, picture, unique};

tests![
    a_repeat_is_answered_with_the_first_job,
    twenty_repeats_at_once_are_one_creation,
    the_same_key_with_another_body_is_a_conflict,
    a_key_that_is_no_key_is_refused,
    without_a_key_each_call_is_a_job_of_its_own,
    a_key_outlives_its_deleted_job,
];

/// A key that no other test uses.
fn key() -> String {
    unique("key").replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

async fn a_repeat_is_answered_with_the_first_job() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), unique("重复"));
    let first = studio.submit_once(&key, &picture(&prompt)).await.with(202).job();
    let again = studio.submit_once(&key, &picture(&prompt)).await.with(200).job();
    assert_eq!(again.id, first.id);
    let done = studio.ended(&first.id).await;
    assert_eq!(done.state, State::Done);
    let late = studio.submit_once(&key, &picture(&prompt)).await.with(200).job();
    assert_eq!(late, done);
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1);
}

async fn twenty_repeats_at_once_are_one_creation() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), unique("二十次"));
    let request = picture(&prompt);
    let answers = join_all((0..20).map(|_| studio.submit_once(&key, &request))).await;
    let first = answers[0].job().id;
    assert!(answers.iter().all(|answer| answer.job().id == first));
    assert_eq!(answers.iter().filter(|answer| answer.status == 202).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 19);
    studio.ended(&first).await;
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1);
}

async fn the_same_key_with_another_body_is_a_conflict() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), unique("换内容"));
    let first = studio.submit_once(&key, &picture(&prompt)).await.with(202).job();
    let other = with(picture(&prompt), &json!({"n": 2}));
    studio.submit_once(&key, &other).await.refused(409, "IdempotencyConflict");
    // Another way to write the same request is no other request.
    let same = json!({"model": "wan2.2-t2i-flash", "input": {"prompt": prompt},
        "parameters": {"size": "512x512", "n": 1}});
    assert_eq!(studio.submit_once(&key, &same).await.with(200).job().id, first.id);
    studio.ended(&first.id).await;
    assert_eq!(studio.vendor.sent(&prompt).await["parameters"]["n"], 1);
}

async fn a_key_that_is_no_key_is_refused() {
    let studio = Studio::shared().await;
    let prompt = unique("坏键");
    let long = "k".repeat(201);
    for key in ["", "two words", long.as_str(), "\u{e9}"] {
        let reply = studio.submit_once(key, &picture(&prompt)).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some("idempotency-key"), "{key}");
    }
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 0);
    let request = studio.owner.request("POST", "/api/jobs").header("Idempotency-Key", "k".repeat(200));
    let _ = send(request.json(&picture(&prompt))).await.with(202);
}

async fn without_a_key_each_call_is_a_job_of_its_own() {
    let studio = Studio::shared().await;
    let request = picture(&unique("无键"));
    let (one, other) = (studio.submit(&request).await, studio.submit(&request).await);
    assert_ne!(one.id, other.id);
}

async fn a_key_outlives_its_deleted_job() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), unique("已删"));
    let id = studio.submit_once(&key, &picture(&prompt)).await.with(202).job().id;
    studio.ended(&id).await;
    let _ = studio.owner.delete(format!("/api/jobs/{id}")).await.with(204);
    studio.submit_once(&key, &picture(&prompt)).await.refused(404, "NotFound");
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1);
}
