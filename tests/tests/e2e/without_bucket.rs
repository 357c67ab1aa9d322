//! A deployment without a bucket: results and recordings live as long as the vendor keeps them.

use serde_json::{Value, json};
use studio_shared::file::StoredFile;
use studio_shared::job::State;
use studio_shared::transcript::Transcript;
use studio_tests::recording::wav;
use studio_tests::{Setup, Studio, picture, png, unique};

tests![
    a_recording_goes_straight_to_the_vendor_for_one_model,
    a_recording_larger_than_the_store_takes_is_refused_at_once,
    results_are_handed_on_from_the_vendor_while_it_keeps_them,
];

async fn studio() -> Studio {
    Studio::start(Setup { bucket: false, ..Setup::default() }).await
}

fn recognise(model: &str, file: &str) -> Value {
    json!({"kind": "transcription", "model": model, "file": file})
}

async fn a_recording_goes_straight_to_the_vendor_for_one_model() {
    let studio = studio().await;
    let bytes = wav(7_000, 1);
    let refused = studio.upload("name=a.wav", bytes.clone()).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("model"));
    let answer = studio.upload("name=a.wav&model=paraformer-en-v1", bytes.clone()).await.with(201);
    let file: StoredFile = serde_json::from_slice(&answer.bytes).unwrap();
    let life = file.expires_at.unwrap().since(file.created_at);
    assert!((47 * 3_600_000..=48 * 3_600_000 + 60_000).contains(&life), "{life}");
    let stored = studio.stored_at_the_vendor(&file.id).await;
    assert_eq!((stored.len(), &stored[0]["size"]), (1, &json!(bytes.len())));
    assert_eq!(stored[0]["model"], "paraformer-v2", "the live name of the model");

    // The vendor finds it for this model only; the studio says so before anything is sent.
    let refused = studio.owner.post("/api/jobs", &recognise("paraformer-v1", &file.id)).await;
    assert_eq!(refused.refused(400, "InvalidParameter").error.field.as_deref(), Some("file"));
    let job = studio.run(&recognise("paraformer-v2", &file.id)).await;
    assert_eq!((job.state, job.usage.unwrap().audio_seconds), (State::Done, Some(7)), "{job:?}");
    assert_eq!(studio.creations_of(&file.id).await.len(), 1);
    assert_eq!(studio.stored_at_the_vendor(&file.id).await.len(), 1, "it was not uploaded again");

    studio.owner.get(format!("/api/files/{}", file.id)).await.refused(409, "WrongState");
    let _ = studio.owner.delete(format!("/api/files/{}", file.id)).await.with(204);
    studio.owner.get(format!("/api/files/{}", file.id)).await.refused(404, "NotFound");
}

async fn a_recording_larger_than_the_store_takes_is_refused_at_once() {
    let studio = studio().await;
    studio.vendor.settings(&json!({"max_upload_mb": 1})).await;
    let refused = studio.upload("name=a.wav&model=paraformer-v2", wav(40_000, 2)).await;
    refused.refused(413, "BodyTooLarge");
    studio.vendor.plant(&json!({"endpoint": "upload.store", "fault": {"html": 503}})).await;
    let refused = studio.upload("name=a.wav&model=paraformer-v2", wav(1_000, 2)).await;
    refused.refused(502, "UpstreamUnreachable");
    assert_eq!(studio.vendor.figures().await["uploads"], json!([]));
}

async fn results_are_handed_on_from_the_vendor_while_it_keeps_them() {
    let studio = studio().await;
    let url = "https://example.com/without-bucket.mp3";
    let said = studio.run(&json!({"model": "paraformer-v2", "url": url})).await;
    let drawn = studio.run(&picture(&unique("没有桶"))).await;
    let at_once = studio.run(&json!({"model": "qwen-image-plus", "prompt": unique("没有桶")})).await;
    for job in [&said, &drawn, &at_once] {
        assert_eq!(job.state, State::Done, "{job:?}");
        assert!(job.outputs[0].expires_at.is_some(), "{job:?}");
    }
    let answer = studio.output(&said.id, 0).await.with(200);
    assert_eq!(answer.header("content-type"), "application/json");
    let transcript: Transcript = serde_json::from_slice(&answer.bytes).unwrap();
    assert!(!transcript.tracks[0].sentences.is_empty());
    assert_eq!(png::size(&studio.output(&drawn.id, 0).await.with(200).bytes), (512, 512));
    assert_eq!(png::size(&studio.output(&at_once.id, 0).await.with(200).bytes), (1664, 928));

    studio.vendor.advance(25 * 60 * 60).await;
    for job in [&said, &drawn, &at_once] {
        studio.output(&job.id, 0).await.refused(410, "ResultExpired");
    }
}
