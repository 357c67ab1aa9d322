//! How long results are kept, as the member wishes.

use serde_json::{Value, json};
use studio_shared::error::{Charged, code};
use studio_shared::job::{Job, State};
use studio_shared::storage::Storage;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Setup, Studio, picture, png, text, unique};

tests![
    results_older_than_the_member_wants_are_deleted_and_their_jobs_stay,
    days_or_for_good_and_nothing_else,
    without_a_bucket_nothing_is_kept,
];

async fn results_older_than_the_member_wants_are_deleted_and_their_jobs_stay() {
    // A day is ten seconds here.
    let studio = Studio::start(Setup { vars: &[("HURRY", "8640")], ..Setup::default() }).await;
    let request = with(picture(&unique("过期删除")), &json!({"n": 2}));
    let old = [
        studio.run(&request).await,
        studio.run(&json!({"model": "paraformer-v2", "url": "https://example.com/old.mp3"})).await,
    ];
    let said = studio.run(&text(&unique("文字留下"))).await;
    assert_eq!(studio.in_bucket().1, 3);
    let storage = studio.storage().await;
    assert_eq!((storage.keeps_results, storage.retention_days), (true, None));

    // Nothing is deleted as long as nobody asks for it.
    let told: Storage =
        serde_json::from_slice(&studio.retain(&json!({"retention_days": 3})).await.with(200).bytes).unwrap();
    assert_eq!((told.files, told.retention_days), (3, Some(3)));
    let now: Value = studio.retain(&json!({"retention_days": 1})).await.with(200).json();
    assert_eq!(now["retention_days"], 1);
    for job in &old {
        let is_ended = |job: &Job| {
            job.outputs
                .iter()
                .all(|output| output.error.as_ref().is_some_and(|error| error.code == code::RETENTION_ENDED))
        };
        let ended =
            until("the end of the retention", async || Some(studio.job(&job.id).await).filter(is_ended))
                .await;
        assert_eq!((ended.state, &ended.cost, &ended.request), (State::Done, &job.cost, &job.request));
        let why = ended.outputs[0].error.clone().unwrap();
        assert!(why.advice.zh.contains("1 天") && why.advice.en.contains("storage setting"), "{why:?}");
        assert_eq!((why.charged, ended.outputs[0].media_type.as_ref()), (Charged::Yes, None));
        studio.output(&job.id, 0).await.refused(410, code::RETENTION_ENDED);
    }
    assert_eq!(studio.in_bucket(), (0, 0));
    let storage = studio.storage().await;
    assert_eq!((storage.bytes, storage.files, storage.retention_days), (0, 0, Some(1)));
    assert_eq!(studio.job(&said.id).await.text, said.text, "answers are not results in the bucket");

    // For good again: what comes now stays.
    let now = studio.retain(&json!({"retention_days": null})).await.with(200).json();
    assert_eq!(now["retention_days"], Value::Null);
    let job = studio.run(&picture(&unique("留下"))).await;
    tokio::time::sleep(std::time::Duration::from_secs(12)).await;
    assert_eq!(png::size(&studio.output(&job.id, 0).await.with(200).bytes), (512, 512));
}

async fn days_or_for_good_and_nothing_else() {
    let studio = Studio::shared().await;
    for wrong in [json!(0), json!(3651), json!(-1), json!(1.5), json!("30"), json!(true), json!([30])] {
        let refused = studio.retain(&json!({"retention_days": wrong})).await.refused(400, "InvalidParameter");
        assert_eq!(refused.error.field.as_deref(), Some("retention_days"), "{wrong}");
    }
    let refused = studio.retain(&json!({})).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("retention_days"));
    let refused =
        studio.retain(&json!({"retention_days": 9, "days": 1})).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("days"));
    assert_eq!(studio.storage().await.retention_days, None);
    for right in [json!(1), json!(3650), Value::Null] {
        assert_eq!(
            studio.retain(&json!({"retention_days": right})).await.with(200).json()["retention_days"],
            right
        );
    }
}

async fn without_a_bucket_nothing_is_kept() {
    let studio = Studio::start(Setup { bucket: false, ..Setup::default() }).await;
    let job = studio.run(&picture(&unique("没有桶"))).await;
    assert!(job.outputs[0].expires_at.is_some());
    let nothing = Storage { keeps_results: false, bytes: 0, files: 0, retention_days: None };
    assert_eq!(studio.storage().await, nothing);
    let path = format!("/api/jobs/{}", job.id);
    let _ = studio.owner.delete(&path).await.with(204);
    studio.owner.get(&path).await.refused(404, "NotFound");
    let back = studio.owner.post(format!("{path}/restore"), &json!({})).await.with(200).job();
    assert_eq!(back, job);
}
