//! Members take turns: what one has waiting does not keep another's single picture waiting. Run alone, as `pace` is.

use serde_json::json;
use studio_shared::job::State;
use studio_shared::time::Timestamp;
use studio_tests::{Setup, Studio, picture, unique};

use crate::pace::{arrivals, submit};

tests![a_neighbours_single_picture_starts_within_two_permits_of_a_batch_of_500];

async fn a_neighbours_single_picture_starts_within_two_permits_of_a_batch_of_500() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"rate_slack_ms": 0})).await;
    let requests: Vec<_> = (0..500).map(|_| picture(&unique("五百张"))).collect();
    let jobs = submit(&studio.owner, &requests).await;
    let neighbour = studio.member("neighbour");
    let mut seen = Vec::new();
    for _ in 0..3 {
        let prompt = unique("邻居的一张");
        let job = neighbour.post("/api/jobs", &picture(&prompt)).await.with(202).job();
        let asked = studio_tests::wait::until("the neighbour's picture", async || {
            let job = neighbour.get(format!("/api/jobs/{}", job.id)).await.with(200).job();
            job.state.is_final().then_some(job)
        })
        .await;
        assert_eq!(asked.state, State::Done, "{asked:?}");
        let arrivals = arrivals(&studio.vendor.figures().await);
        let between = |at: u64| Timestamp::from_ms(at) >= job.created_at;
        let mut since = arrivals.iter().filter(|(at, _)| between(*at));
        let permits = since.position(|(_, asked)| *asked == prompt).unwrap() + 1;
        let own = arrivals.iter().find(|(_, asked)| *asked == prompt).unwrap().0;
        seen.push((permits, Timestamp::from_ms(own).since(job.created_at)));
    }
    let waiting = studio.job(&jobs.last().unwrap().id).await;
    println!(
        "fairness: beside 500 pictures of another member, single ones started with permit and after ms {seen:?}; \
         the last of the 500 was told place {:?}, in {:?} ms, done in {:?} ms",
        waiting.place, waiting.eta_ms, waiting.finish_ms
    );
    assert!(seen.iter().all(|(permits, _)| *permits <= 2), "{seen:?}");
    let (place, eta_ms) = (waiting.place.unwrap(), waiting.eta_ms.unwrap());
    assert!((400..=510).contains(&place), "{waiting:?}");
    let pace_ms = u64::from(place) * 500;
    assert!(
        (pace_ms - 3_000..pace_ms * 3 / 2).contains(&eta_ms),
        "the vendor's work may take longer: {waiting:?}"
    );
    assert!(waiting.finish_ms.unwrap() > eta_ms, "{waiting:?}");
}
