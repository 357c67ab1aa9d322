//! Deleting a job with its results.

use studio_shared::event::LiveEvent;
use studio_shared::job::State;
use studio_tests::live::Socket;
use studio_tests::{Setup, Studio, picture, unique};

tests![a_deleted_job_is_gone_with_its_bytes, a_job_under_way_is_not_deleted];

async fn a_deleted_job_is_gone_with_its_bytes() {
    let studio = Studio::shared().await;
    let prompt = unique("删除");
    let job = studio.run(&picture(&prompt)).await;
    let _ = studio.output(&job.id, 0).await.with(200);
    let code = format!("Bearer {}", Setup::default().owner_code);
    let mut socket = Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap();
    let path = format!("/api/jobs/{}", job.id);
    let answer = studio.owner.delete(&path).await.with(204);
    assert_eq!(answer.bytes, b"");
    while !matches!(socket.event().await, LiveEvent::Deleted { id } if id == job.id) {}
    studio.owner.get(&path).await.refused(404, "NotFound");
    studio.output(&job.id, 0).await.refused(404, "NotFound");
    studio.owner.delete(&path).await.refused(404, "NotFound");
    let number = prompt.rsplit('№').next().unwrap();
    let found = studio.owner.get(format!("/api/jobs?q=%E2%84%96{number}")).await.with(200).json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(0), "{found}");
}

async fn a_job_under_way_is_not_deleted() {
    let studio = Studio::shared().await;
    let job = studio.submit(&picture(&unique("[[sim:run 300]]"))).await;
    studio.in_state(&job.id, State::Running).await;
    studio.owner.delete(format!("/api/jobs/{}", job.id)).await.refused(409, "WrongState");
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
}
