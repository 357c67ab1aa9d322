//! The copies that shares hold: they outlive their jobs, end with their share, and come whole or not at all.

use std::time::{Duration, SystemTime};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::{Job, State};
use studio_shared::route::Path;
use studio_shared::time::Timestamp;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Setup, Studio, picture, unique};

tests![
    a_share_outlives_its_job_and_ends_when_it_is_taken_back,
    a_share_is_gone_from_the_moment_of_its_end_and_so_are_its_bytes,
    what_the_bucket_does_not_take_is_not_shared,
    a_share_is_taken_back_also_while_the_bucket_refuses,
    what_was_being_copied_when_the_worker_was_killed_is_gone,
];

fn of(jobs: &[&Job]) -> Value {
    let items: Vec<Value> = jobs.iter().map(|job| json!({"job": job.id})).collect();
    json!({ "items": items })
}

async fn a_share_outlives_its_job_and_ends_when_it_is_taken_back() {
    // Ten minutes to bring a job back are three seconds here.
    let studio = Studio::start(Setup { vars: &[("HURRY", "200")], ..Setup::default() }).await;
    let job = studio.run(&with(picture(&unique("留下")), &json!({"n": 2}))).await;
    let bytes = studio.output(&job.id, 1).await.with(200).bytes;
    let share = studio.owner.share(&of(&[&job])).await;
    assert_eq!(studio.in_bucket(), (2 * share.bytes, 4));
    let _ = studio.owner.delete(Path::Job(&job.id)).await.with(204);
    until("the job's bytes to be gone", async || (studio.in_bucket().1 == 2).then_some(())).await;

    studio.kill_worker().await;
    studio.start_worker().await;
    let shared = studio.open(&share.id).await.with(200).shared();
    assert_eq!(studio.shared_output(&share.id, 1, &shared.view).await.with(200).bytes, bytes);
    let _ = studio.owner.delete(Path::Share(&share.id)).await.with(204);
    assert_eq!(studio.in_bucket(), (0, 0));
    studio.shared_output(&share.id, 1, &shared.view).await.refused(404, "NotFound");
}

async fn a_share_is_gone_from_the_moment_of_its_end_and_so_are_its_bytes() {
    let studio = Studio::start(Setup::default()).await;
    let job = studio.run(&picture(&unique("到期"))).await;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let end = Timestamp::from_ms((now + Duration::from_secs(6)).as_millis().try_into().unwrap());
    let share = studio.owner.share(&with(of(&[&job]), &json!({"ends_at": end}))).await;
    let view = studio.open(&share.id).await.with(200).shared().view;
    assert_eq!(studio.in_bucket().1, 2);
    until("its bytes to be gone", async || (studio.in_bucket().1 == 1).then_some(())).await; // nobody asked for it
    studio.open(&share.id).await.refused(404, "NotFound");
    studio.shared_output(&share.id, 0, &view).await.refused(404, "NotFound");
    let listed = studio.owner.shares("").await.items;
    assert_eq!(
        (listed.len(), listed[0].viewed, listed[0].bytes),
        (1, 1, 0),
        "its maker sees that it was there"
    );
    studio.owner.patch(Path::Share(&share.id), &json!({"ends_at": null})).await.refused(404, "NotFound");
    let _ = studio.owner.delete(Path::Share(&share.id)).await.with(204);
    assert!(studio.owner.shares("").await.items.is_empty());
}

async fn what_the_bucket_does_not_take_is_not_shared() {
    let studio = Studio::start(Setup::default()).await;
    let job = studio.run(&picture(&unique("写不进去"))).await;
    studio.obstruct_bucket();
    let refused = studio.owner.post(Path::Shares, &of(&[&job])).await.refused(503, "StorageRefused");
    assert!(refused.error.advice.contains("存储桶"), "{}", refused.error.advice);
    assert!(studio.owner.shares("").await.items.is_empty());
    studio.mend_bucket();
    assert_eq!(studio.in_bucket().1, 1);
    let _ = studio.owner.share(&of(&[&job])).await;
    assert_eq!(studio.in_bucket().1, 2);
}

async fn a_share_is_taken_back_also_while_the_bucket_refuses() {
    let studio = Studio::start(Setup::default()).await;
    let job = studio.run(&picture(&unique("撤回"))).await;
    let share = studio.owner.share(&of(&[&job])).await;
    let view = studio.open(&share.id).await.with(200).shared().view;
    studio.obstruct_bucket();
    let _ = studio.owner.delete(Path::Share(&share.id)).await.with(204);
    studio.open(&share.id).await.refused(404, "NotFound");
    studio.shared_output(&share.id, 0, &view).await.refused(404, "NotFound");
    assert!(studio.owner.shares("").await.items.is_empty());
}

async fn what_was_being_copied_when_the_worker_was_killed_is_gone() {
    // The guard that cleans up is a second away here.
    let studio = Studio::start(Setup { vars: &[("HURRY", "60")], ..Setup::default() }).await;
    let request = || with(picture(&unique("被打断")), &json!({"n": 4}));
    let mut jobs = join_all((0..8).map(|_| async { studio.run(&request()).await })).await;
    jobs.retain(|job| job.state == State::Done);
    assert_eq!((jobs.len(), studio.in_bucket().1), (8, 32));
    // The same ones many times over, so that there is something to copy.
    let many: Vec<&Job> = jobs.iter().cycle().take(50).collect();
    let ask =
        || studio.owner.request("POST", Path::Shares).header("idempotency-key", "killed").json(&of(&many));
    let asked = tokio::spawn(ask().send());
    until("some to be copied", async || (studio.in_bucket().1 > 40).then_some(())).await;
    studio.kill_worker().await;
    let copied = studio.in_bucket().1 - 32;
    println!("killed after {copied} of 200 copies");
    assert!(copied < 200, "it was too late");
    let _ = asked.await.unwrap(); // broken off

    studio.start_worker().await; // asks for /api/health, which wakes no object
    // What the runtime itself was writing when it was killed, three at once, lies on the disk under no key.
    let left = async || Some(studio.in_bucket().1).filter(|files| (32..=35).contains(files));
    let left = until("the copies to be gone", left).await;
    assert!(studio.owner.shares("").await.items.is_empty(), "nobody sees a part of it");
    // The repeat of a person who was told nothing makes it.
    let share = studio_tests::client::send(ask()).await.with(201).share();
    assert_eq!((share.items, studio.in_bucket().1), (50, left + 200));
    let _ = studio.owner.delete(Path::Share(&share.id)).await.with(204);
    assert_eq!(studio.in_bucket().1, left);
}
