//! "Not now": the job waits in the queue with the vendor's words, then is sent once.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_tests::live::Socket;
use studio_tests::{Setup, Studio, picture, unique};

tests![
    too_fast_is_waited_out,
    the_pause_that_the_vendor_asks_for_is_kept,
    a_model_that_is_away_is_waited_for,
    waiting_takes_as_long_as_it_takes,
];

/// What a socket heard of a job with this fault, and how long it was between the refusal and the accepted
/// creation, in milliseconds.
async fn waits(times: u32, fault: Value) -> (Vec<Job>, u64) {
    let studio = Studio::shared().await;
    let prompt = unique("稍候");
    studio.vendor.faults("image.create", &prompt, times, fault).await;
    let code = format!("Bearer {}", Setup::default().owner_code);
    let mut socket = Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap();
    let job = studio.submit(&picture(&prompt)).await;
    let refused = studio.once(&job.id, |job| job.state == State::Queued && job.error.is_some()).await;
    assert!(refused.cancelable && refused.finished_at.is_none());
    let refused_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let story = socket.story(&job.id).await;
    assert_eq!(story.last().map(|job| (job.state, job.error.clone())), Some((State::Done, None)));
    assert_eq!(studio.vendor.faults_left(&prompt).await, 0);
    studio.vendor.settled(&prompt, 1).await;
    let accepted_ms = studio.vendor.creations(&prompt).await[0]["at_ms"].as_u64().unwrap();
    (story, accepted_ms.saturating_sub(u64::try_from(refused_ms).unwrap()))
}

/// The errors that a job waited with: code and English advice.
fn waited_with(story: &[Job]) -> Vec<(&str, &str)> {
    let waiting = story.iter().filter(|job| job.state == State::Queued);
    let errors = waiting.filter_map(|job| job.error.as_ref()).inspect(|e| assert_eq!(e.charged, Charged::No));
    errors.map(|error| (error.code.as_str(), &*error.advice.en)).collect()
}

async fn too_fast_is_waited_out() {
    let (story, _) = waits(1, json!({"status": 429, "code": "Throttling.RateQuota"})).await;
    let advice = "Over requests per second or minute; wait, retry.";
    assert_eq!(waited_with(&story), [("Throttling.RateQuota", advice)]);
}

async fn the_pause_that_the_vendor_asks_for_is_kept() {
    let fault = json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 6});
    let (story, waited_ms) = waits(1, fault).await;
    assert_eq!(waited_with(&story).len(), 1);
    // The refusal was noticed a little after it was made.
    assert!((2500..).contains(&waited_ms), "waited {waited_ms} ms");
}

async fn a_model_that_is_away_is_waited_for() {
    let (story, _) = waits(1, json!({"status": 503, "code": "ModelUnavailable"})).await;
    assert_eq!(waited_with(&story), [("ModelUnavailable", "Model is out for now; wait or change model.")]);
}

async fn waiting_takes_as_long_as_it_takes() {
    let (story, _) = waits(3, json!({"status": 429, "code": "Throttling"})).await;
    assert_eq!(waited_with(&story), [("Throttling", "Slow down and retry with back-off."); 3]);
}
