//! Once more, by the person's own decision.

use serde_json::json;
use studio_shared::job::{Job, State};
use studio_tests::{Answer, Studio, picture, unique};

tests![
    a_failed_job_is_made_after_all,
    a_canceled_job_is_made_after_all,
    an_unsure_job_is_sent_again_by_hand_only,
    a_done_job_is_not_made_twice,
    a_job_under_way_is_not_made_twice,
];

async fn retry(studio: &Studio, id: &str) -> Answer {
    studio.owner.post(format!("/api/jobs/{id}/retry"), &json!({})).await
}

/// Retries a job, which is then queued as if it were new, and ends well.
async fn is_made_after_all(studio: &Studio, first: &Job) {
    let queued = retry(studio, &first.id).await.with(200).job();
    assert_eq!(
        (&queued.id, &queued.request, queued.created_at),
        (&first.id, &first.request, first.created_at)
    );
    assert_eq!((queued.state, &queued.error, queued.cost.actual), (State::Queued, &None, None));
    let done = studio.ended(&first.id).await;
    assert_eq!((done.state, done.outputs.len(), &done.error), (State::Done, 1, &None));
}

async fn a_failed_job_is_made_after_all() {
    let studio = Studio::shared().await;
    let prompt = unique("失败");
    studio.vendor.fault("image.create", &prompt, json!({"status": 500, "code": "InternalError"})).await;
    let failed = studio.run(&picture(&prompt)).await;
    assert_eq!(failed.state, State::Failed);
    is_made_after_all(&studio, &failed).await;
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_canceled_job_is_made_after_all() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:pending 250]]");
    let job = studio.submit(&picture(&prompt)).await;
    studio.in_state(&job.id, State::Running).await;
    let canceled =
        studio.owner.post(format!("/api/jobs/{}/cancel", job.id), &json!({})).await.with(200).job();
    is_made_after_all(&studio, &canceled).await;
    studio.vendor.settled(&prompt, 2).await;
}

async fn an_unsure_job_is_sent_again_by_hand_only() {
    let studio = Studio::shared().await;
    let prompt = unique("不确定");
    // Pictures that come with the answer have no task that could be looked for.
    studio.vendor.fault("image.message.create", &prompt, json!({"cut": "after"})).await;
    let unsure = studio.run(&json!({"model": "qwen-image-plus", "prompt": prompt})).await;
    assert_eq!((unsure.state, studio.vendor.creations(&prompt).await.len()), (State::Unsure, 1));
    is_made_after_all(&studio, &unsure).await;
    studio.vendor.settled(&prompt, 2).await;
}

async fn a_done_job_is_not_made_twice() {
    let studio = Studio::shared().await;
    let prompt = unique("完成");
    let done = studio.run(&picture(&prompt)).await;
    let error = retry(&studio, &done.id).await.refused(409, "WrongState").error;
    assert!(error.advice.contains("新建任务"), "{}", error.advice);
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_job_under_way_is_not_made_twice() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:run 300]]");
    let job = studio.submit(&picture(&prompt)).await;
    studio.in_state(&job.id, State::Running).await;
    retry(&studio, &job.id).await.refused(409, "WrongState");
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
    studio.vendor.settled(&prompt, 1).await;
}
