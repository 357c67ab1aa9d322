//! The vendor's limit of two creations a second. Runs alone: a machine that is busy with other tests blurs the moments
//! of sending more than any network does.

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::job::State;
use studio_tests::{Setup, Studio, picture, unique};

tests![eight_jobs_at_once_never_exceed_the_vendors_limit];

async fn eight_jobs_at_once_never_exceed_the_vendors_limit() {
    let studio = Studio::start(Setup::default()).await;
    let requests: Vec<_> = (0..8).map(|_| picture(&unique("配速"))).collect();
    let jobs = join_all(requests.iter().map(|request| studio.submit(request))).await;
    let ended = join_all(jobs.iter().map(|job| studio.ended(&job.id))).await;
    assert!(ended.iter().all(|job| job.state == State::Done));
    let figures = studio.vendor.figures().await;
    let accepted = figures["creations"].as_array().unwrap().iter();
    let moments: Vec<u64> = accepted.map(|creation| creation["at_ms"].as_u64().unwrap()).collect();
    let pauses: Vec<u64> = moments.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let requests = &figures["requests"]["image.create"];
    assert_eq!(*requests, json!({"total": 8, "by_status": {"200": 8}}), "pauses: {pauses:?}");
    assert!(pauses.iter().sum::<u64>() >= 7 * 500, "eight in less than their time: {pauses:?}");
    let mut places: Vec<_> = jobs.iter().filter_map(|job| job.place).collect();
    places.sort_unstable();
    assert!(places.last().is_some_and(|last| *last >= 4), "places in the queue: {places:?}");
}
