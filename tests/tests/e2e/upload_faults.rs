//! Bringing a recording to the vendor goes wrong: it is brought again from the bucket, the person's upload is never
//! needed again, and nothing is created twice.

use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_tests::jobs::error;
use studio_tests::recording::wav;
use studio_tests::wait::until;
use studio_tests::{Setup, Studio};

tests![
    an_upload_that_fails_is_repeated_from_the_bucket,
    a_policy_that_expired_is_replaced,
    a_file_larger_than_the_store_takes_fails_before_any_creation,
    an_upload_that_never_works_fails_after_a_few_tries,
    a_crash_during_an_upload_and_while_running_makes_one_creation,
];

fn recognise(file: &str) -> Value {
    json!({"kind": "transcription", "model": "paraformer-v2", "file": file})
}

/// Uploads a recording and asks for its transcript.
async fn submit(studio: &Studio, ms: u32) -> (String, Job) {
    let file = studio.uploaded("a.wav", wav(ms, ms)).await;
    let job = studio.submit(&recognise(&file.id)).await;
    (file.id, job)
}

async fn an_upload_that_fails_is_repeated_from_the_bucket() {
    let studio = Studio::start(Setup::default()).await;
    let faults = [
        ("upload.policy", json!({"status": 500, "code": "InternalError"})),
        ("upload.policy", json!({"status": 429, "code": "Throttling.RateQuota"})),
        ("upload.policy", json!({"cut": "after"})),
        ("upload.policy", json!({"html": 502})),
        ("upload.policy", json!({"not_json": true})),
        ("upload.store", json!({"status": 403, "code": "AccessDenied"})),
        ("upload.store", json!({"html": 503})),
        ("upload.store", json!({"cut": "before"})),
        ("upload.store", json!({"cut": "after"})),
    ];
    for (endpoint, fault) in faults {
        studio.vendor.plant(&json!({"endpoint": endpoint, "fault": fault})).await;
        let (file, job) = submit(&studio, 2_000).await;
        let waiting = until("the reason of its wait", async || {
            let job = studio.job(&job.id).await;
            (job.error.is_some() || job.state == State::Done).then_some(job)
        })
        .await;
        if let Some(error) = &waiting.error {
            assert_eq!((waiting.state, error.charged), (State::Queued, Charged::No), "{fault}");
        }
        let job = studio.ended(&job.id).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{endpoint} {fault}");
        assert_eq!(studio.creations_of(&file).await.len(), 1, "{endpoint} {fault}");
        let requests = &studio.vendor.figures().await["requests"]["upload.policy"];
        assert!(requests["total"].as_u64().unwrap() >= 2, "{requests}");
    }
}

async fn a_policy_that_expired_is_replaced() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"policy_s": 0})).await;
    // Small, so that it has left when the refusal comes: of a larger one the connection may be closed under the bytes,
    // which says less and is tried again all the same.
    let (file, job) = submit(&studio, 400).await;
    let refused = |job: &Job| job.error.as_ref().is_some_and(|error| error.code == "AccessDenied");
    let waiting = studio.once(&job.id, refused).await;
    let said = error(&waiting);
    assert_eq!(waiting.state, State::Queued);
    assert_eq!(said.message, "Invalid according to Policy: Policy expired.");
    studio.vendor.settings(&json!({"policy_s": 3000})).await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, &job.error), (State::Done, &None));
    assert_eq!(studio.creations_of(&file).await.len(), 1);
    assert_eq!(studio.stored_at_the_vendor(&file).await.len(), 1);
}

async fn a_file_larger_than_the_store_takes_fails_before_any_creation() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"max_upload_mb": 1})).await;
    let (file, job) = submit(&studio, 40_000).await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "BadRequest.TooLarge"));
    assert_eq!(error(&job).charged, Charged::No);
    assert!(error(&job).message.contains("1 MB") && error(&job).advice.zh.contains("拆分"), "{job:?}");
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.00");
    assert_eq!(studio.creations_of(&file).await.len(), 0);
    assert_eq!(studio.stored_at_the_vendor(&file).await.len(), 0);
    // The same recording can be tried again once the vendor takes it.
    studio.vendor.settings(&json!({"max_upload_mb": 1024})).await;
    let path = format!("/api/jobs/{}/retry", job.id);
    let job = studio.owner.post(&path, &json!({})).await.with(200).job();
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
}

async fn an_upload_that_never_works_fails_after_a_few_tries() {
    let studio = Studio::start(Setup::default()).await;
    let fault = json!({"status": 500, "code": "InternalError"});
    studio.vendor.plant(&json!({"endpoint": "upload.store", "times": 0, "fault": fault})).await;
    let (file, job) = submit(&studio, 2_000).await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, error(&job).charged), (State::Failed, Charged::No), "{job:?}");
    assert_eq!(studio.creations_of(&file).await.len(), 0);
    let figures = studio.vendor.figures().await;
    assert_eq!(figures["requests"]["upload.store"]["total"], 5);
}

async fn a_crash_during_an_upload_and_while_running_makes_one_creation() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.plant(&json!({"endpoint": "upload.store", "fault": {"hang": true}})).await;
    let (file, job) = submit(&studio, 60_000).await;
    studio.in_state(&job.id, State::Submitting).await;
    until("the upload to begin", async || {
        let figures = studio.vendor.figures().await;
        figures["requests"]["upload.store"]["total"].as_u64().filter(|total| *total > 0)
    })
    .await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let done = studio.ended(&job.id).await;
    assert_eq!((done.state, &done.error), (State::Done, &None));
    assert_eq!(studio.creations_of(&file).await.len(), 1);
}
