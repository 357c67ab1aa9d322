//! Copying a result goes wrong: it is copied again, and what is kept is whole.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_tests::jobs::error;
use studio_tests::{Studio, picture, unique};

tests![
    a_download_that_breaks_off_is_repeated,
    a_download_that_is_refused_for_the_moment_is_repeated,
    a_result_that_is_gone_before_it_is_copied_was_billed,
];

async fn keeps_the_vendors_bytes(faults: &[Value]) {
    let studio = Studio::shared().await;
    join_all(faults.iter().map(async |fault| {
        let prompt = unique("下载");
        studio.vendor.fault("result.get", &prompt, fault.clone()).await;
        let job = studio.run(&picture(&prompt)).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{fault}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, 0, "{fault} did not strike");
        let creation = &studio.vendor.creations(&prompt).await[0];
        let task = studio.vendor.task(creation["task_id"].as_str().unwrap()).await;
        let link = task["output"]["results"][0]["url"].as_str().unwrap();
        let (status, original) = studio.vendor.fetch(link).await;
        assert_eq!((status, studio.output(&job.id, 0).await.with(200).bytes), (200, original), "{fault}");
    }))
    .await;
}

async fn a_download_that_breaks_off_is_repeated() {
    let faults = [
        json!({"cut": "before"}),
        json!({"cut": "after"}),
        json!({"cut": "inside"}),
        json!({"half_body": true}),
    ];
    keeps_the_vendors_bytes(&faults).await;
}

async fn a_download_that_is_refused_for_the_moment_is_repeated() {
    let faults =
        [json!({"status": 500, "code": "InternalError"}), json!({"html": 502}), json!({"html": 503})];
    keeps_the_vendors_bytes(&faults).await;
}

async fn a_result_that_is_gone_before_it_is_copied_was_billed() {
    let studio = Studio::shared().await;
    let prompt = unique("已过期");
    studio.vendor.fault("result.get", &prompt, json!({"html": 403})).await;
    let job = studio.run(&picture(&prompt)).await;
    assert_eq!(job.state, State::Failed);
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("ResultExpired", Charged::Yes));
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.14");
    studio.output(&job.id, 0).await.refused(410, "ResultExpired");
}
