//! Calling a job back.

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_tests::{Answer, Studio, picture, unique};

tests![
    a_job_in_the_queue_is_called_back_and_never_sent,
    a_job_in_the_vendors_queue_is_called_back_there,
    a_job_that_has_begun_goes_on,
    a_job_that_has_ended_cannot_be_called_back,
    a_cancel_that_cannot_reach_the_vendor_changes_nothing,
    a_cancel_whose_answer_is_lost_is_noticed_by_the_next_poll,
];

async fn cancel(studio: &Studio, id: &str) -> Answer {
    studio.owner.post(format!("/api/jobs/{id}/cancel"), &json!({})).await
}

async fn a_job_in_the_queue_is_called_back_and_never_sent() {
    let studio = Studio::shared().await;
    let prompts: Vec<String> = (0..6).map(|_| unique("[[sim:fail InternalError]]")).collect();
    let requests: Vec<_> = prompts.iter().map(|prompt| picture(prompt)).collect();
    let jobs = join_all(requests.iter().map(|request| studio.submit(request))).await;
    // At most two a second are sent: the one that came last waits longest.
    let last = jobs.iter().max_by(|one, other| one.id.cmp(&other.id)).unwrap();
    let canceled = cancel(&studio, &last.id).await.with(200).job();
    assert_eq!((canceled.state, canceled.cancelable), (State::Canceled, false));
    assert_eq!((canceled.cost.actual, canceled.place), (Some(Money::ZERO), None));
    for job in jobs.iter().filter(|job| job.id != last.id) {
        assert_eq!(studio.ended(&job.id).await.state, State::Failed);
    }
    studio.vendor.settled(last.request.prompt(), 0).await;
}

async fn a_job_in_the_vendors_queue_is_called_back_there() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:pending 6000]]");
    let job = studio.submit(&picture(&prompt)).await;
    assert!(studio.in_state(&job.id, State::Running).await.cancelable);
    let canceled = cancel(&studio, &job.id).await.with(200).job();
    assert_eq!((canceled.state, canceled.cost.actual), (State::Canceled, Some(Money::ZERO)));
    assert_eq!(studio.vendor.creations(&prompt).await[0]["task_status"], "CANCELED");
}

async fn a_job_that_has_begun_goes_on() {
    let studio = Studio::shared().await;
    let job = studio.submit(&picture(&unique("[[sim:run 500]]"))).await;
    studio.once(&job.id, |job| job.state == State::Running && !job.cancelable).await;
    let error = cancel(&studio, &job.id).await.refused(409, "WrongState").error;
    assert_eq!(error.advice, "只有排队中的任务可取消。");
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
}

async fn a_job_that_has_ended_cannot_be_called_back() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("完成"))).await;
    cancel(&studio, &job.id).await.refused(409, "WrongState");
    assert_eq!(studio.job(&job.id).await, job);
}

async fn a_cancel_that_cannot_reach_the_vendor_changes_nothing() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:pending 300]]");
    studio.vendor.fault("task.cancel", &prompt, json!({"cut": "before"})).await;
    let job = studio.submit(&picture(&prompt)).await;
    studio.in_state(&job.id, State::Running).await;
    cancel(&studio, &job.id).await.refused(502, "UpstreamUnreachable");
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
}

async fn a_cancel_whose_answer_is_lost_is_noticed_by_the_next_poll() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:pending 6000]]");
    studio.vendor.fault("task.cancel", &prompt, json!({"cut": "after"})).await;
    let job = studio.submit(&picture(&prompt)).await;
    studio.in_state(&job.id, State::Running).await;
    cancel(&studio, &job.id).await.refused(502, "UpstreamUnreachable");
    let ended = studio.ended(&job.id).await;
    assert_eq!((ended.state, ended.cost.actual), (State::Canceled, Some(Money::ZERO)));
}
