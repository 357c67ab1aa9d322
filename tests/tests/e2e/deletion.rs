//! Deleting a job with its results, bringing it back, and what is left once it cannot come back.

use serde_json::json;
use studio_shared::event::LiveEvent;
use studio_shared::job::State;
use studio_tests::live::Socket;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Answer, Setup, Studio, picture, png, unique};

tests![
    a_deleted_job_can_be_brought_back_whole_and_is_really_gone_afterwards,
    a_deleted_job_is_gone_with_its_bytes,
    a_job_under_way_is_not_deleted,
    what_was_deleted_before_a_crash_is_deleted_after_it,
];

/// Ten minutes are six seconds here.
fn hurry() -> Setup {
    Setup { vars: &[("HURRY", "100")], ..Setup::default() }
}

async fn restore(studio: &Studio, id: &str) -> Answer {
    studio.owner.post(format!("/api/jobs/{id}/restore"), &json!({})).await
}

/// Waits until the bucket holds so many files; the studio must say the same.
async fn left(studio: &Studio, files: u64) {
    until(&format!("{files} files left"), async || (studio.in_bucket().1 == files).then_some(())).await;
    // The row goes right after the bytes.
    until("the same total", async || {
        let storage = studio.storage().await;
        ((storage.bytes, storage.files) == studio.in_bucket()).then_some(())
    })
    .await;
}

async fn a_deleted_job_can_be_brought_back_whole_and_is_really_gone_afterwards() {
    let studio = Studio::start(hurry()).await;
    let (prompt, key) = (unique("删除后恢复"), "deleted-but-paid");
    let request = with(picture(&prompt), &json!({"n": 2}));
    let stays = studio.run(&picture(&unique("留下"))).await;
    let job = studio.submit_once(key, &request).await.with(202).job();
    let job = studio.ended(&job.id).await;
    let bytes = studio.output(&job.id, 1).await.with(200).bytes;
    let total = studio.storage().await;
    assert_eq!((total.bytes, total.files), studio.in_bucket());
    assert_eq!(total.files, 3);

    let code = format!("Bearer {}", Setup::default().owner_code);
    let mut socket = Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap();
    let path = format!("/api/jobs/{}", job.id);
    let _ = studio.owner.delete(&path).await.with(204);
    while !matches!(socket.event().await, LiveEvent::Deleted { id } if id == job.id) {}
    studio.owner.get(&path).await.refused(404, "NotFound");
    studio.output(&job.id, 1).await.refused(404, "NotFound");
    assert_eq!(studio.storage().await, total, "it may still come back");
    let back = restore(&studio, &job.id).await.with(200).job();
    assert_eq!(back, job);
    while !matches!(socket.event().await, LiveEvent::Job { job: told } if told.id == job.id) {}
    assert_eq!((studio.job(&job.id).await, studio.output(&job.id, 1).await.bytes), (job.clone(), bytes));
    assert_eq!(
        restore(&studio, &stays.id).await.with(200).job(),
        stays,
        "what was never deleted stays as it is"
    );

    let _ = studio.owner.delete(&path).await.with(204);
    left(&studio, 1).await;
    restore(&studio, &job.id).await.refused(404, "NotFound");
    studio.owner.get(&path).await.refused(404, "NotFound");
    assert_eq!(png::size(&studio.output(&stays.id, 0).await.with(200).bytes), (512, 512));
    studio.submit_once(key, &request).await.refused(404, "NotFound");
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1, "its key still stands for it");
}

async fn what_was_deleted_before_a_crash_is_deleted_after_it() {
    let studio = Studio::start(hurry()).await;
    let jobs = [studio.run(&picture(&unique("崩溃前"))).await, studio.run(&picture(&unique("崩溃前"))).await];
    assert_eq!(studio.in_bucket().1, 2);
    let _ = studio.owner.delete(format!("/api/jobs/{}", jobs[0].id)).await.with(204);
    studio.kill_worker().await;
    studio.start_worker().await;
    left(&studio, 1).await;
    let _ = studio.output(&jobs[1].id, 0).await.with(200);
    // A bucket that refuses is asked again later.
    studio.obstruct_bucket();
    let _ = studio.owner.delete(format!("/api/jobs/{}", jobs[1].id)).await.with(204);
    studio.owner.get(format!("/api/jobs/{}", jobs[1].id)).await.refused(404, "NotFound");
    studio.mend_bucket();
    left(&studio, 0).await;
}

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
