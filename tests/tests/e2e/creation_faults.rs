//! The answer to a creation is lost: the task may exist and be billed. The job says so and is never sent again.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_tests::jobs::error;
use studio_tests::{Studio, picture, unique};

tests![
    no_answer_within_the_limit_leaves_the_job_unsure,
    a_gateways_page_leaves_the_job_unsure,
    a_connection_cut_at_any_point_leaves_the_job_unsure,
    half_an_answer_leaves_the_job_unsure,
    an_answer_that_is_not_json_leaves_the_job_unsure,
];

/// Each fault, and how many tasks the vendor then has.
async fn leaves_the_job_unsure(faults: &[(Value, usize)]) {
    let studio = Studio::shared().await;
    join_all(faults.iter().map(async |(fault, created)| {
        let prompt = unique("失去答复");
        studio.vendor.fault("image.create", &prompt, fault.clone()).await;
        let job = studio.run(&picture(&prompt)).await;
        assert_eq!(job.state, State::Unsure, "{fault}: {job:?}");
        let error = error(&job);
        assert_eq!((error.code.as_str(), error.charged), ("AnswerLost", Charged::Unknown), "{fault}");
        assert!(error.advice.zh.contains("不会自动重发"), "{}", error.advice.zh);
        assert!(error.advice.en.contains("not sent again by itself"), "{}", error.advice.en);
        assert_eq!((job.cost.actual, job.cancelable, job.outputs.len()), (None, false, 0));
        let told = studio.owner.get(format!("/api/jobs/{}", job.id)).await.json();
        assert_eq!(told["error"].get("charged"), Some(&Value::Null), "{told}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, 0, "{fault} did not strike");
        studio.vendor.settled(&prompt, *created).await;
    }))
    .await;
}

async fn no_answer_within_the_limit_leaves_the_job_unsure() {
    leaves_the_job_unsure(&[(json!({"hang": true}), 0), (json!({"hang": "after"}), 1)]).await;
}

async fn a_gateways_page_leaves_the_job_unsure() {
    leaves_the_job_unsure(&[
        (json!({"html": 502}), 0),
        (json!({"html": 502, "processed": true}), 1),
        (json!({"html": 500}), 0),
    ])
    .await;
}

async fn a_connection_cut_at_any_point_leaves_the_job_unsure() {
    leaves_the_job_unsure(&[
        (json!({"cut": "before"}), 0),
        (json!({"cut": "after"}), 1),
        (json!({"cut": "inside"}), 1),
    ])
    .await;
}

async fn half_an_answer_leaves_the_job_unsure() {
    leaves_the_job_unsure(&[(json!({"half_body": true}), 1)]).await;
}

async fn an_answer_that_is_not_json_leaves_the_job_unsure() {
    leaves_the_job_unsure(&[
        (json!({"not_json": true}), 0),
        (json!({"not_json": true, "processed": true}), 1),
    ])
    .await;
}
