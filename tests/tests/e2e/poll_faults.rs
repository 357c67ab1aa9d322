//! A poll goes wrong: the job finishes all the same.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::State;
use studio_tests::{Studio, picture, png, unique};

tests![
    errors_of_the_vendor_do_not_end_a_job,
    what_is_no_answer_does_not_end_a_job,
    cut_connections_do_not_end_a_job,
    several_failed_polls_in_a_row_do_not_end_a_job,
];

async fn finishes(times: u32, faults: &[Value]) {
    let studio = Studio::shared().await;
    join_all(faults.iter().map(async |fault| {
        let prompt = unique("查询");
        studio.vendor.faults("task.get", &prompt, times, fault.clone()).await;
        let job = studio.run(&picture(&prompt)).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{fault}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, 0, "{fault} did not strike");
        assert_eq!(png::size(&studio.output(&job.id, 0).await.with(200).bytes), (512, 512));
        studio.vendor.settled(&prompt, 1).await;
    }))
    .await;
}

async fn errors_of_the_vendor_do_not_end_a_job() {
    finishes(
        1,
        &[
            json!({"status": 500, "code": "InternalError"}),
            json!({"status": 429, "code": "Throttling.RateQuota"}),
            json!({"status": 401, "code": "InvalidApiKey"}),
        ],
    )
    .await;
}

async fn what_is_no_answer_does_not_end_a_job() {
    finishes(1, &[json!({"html": 502}), json!({"not_json": true}), json!({"half_body": true})]).await;
}

async fn cut_connections_do_not_end_a_job() {
    finishes(1, &[json!({"cut": "before"}), json!({"cut": "after"}), json!({"cut": "inside"})]).await;
}

async fn several_failed_polls_in_a_row_do_not_end_a_job() {
    finishes(3, &[json!({"status": 503, "code": "ModelUnavailable"})]).await;
}
