//! What a member may have made: the owner says so, and nothing gets around it.

use serde_json::{Value, json};
use studio_shared::error::ErrorReply;
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Client, Studio, picture, speech, text, unique};

tests![
    a_kind_or_model_that_is_not_allowed_is_refused_wherever_it_is_asked_for,
    a_batch_is_refused_by_its_entries_and_its_dry_run_says_so,
    a_retry_is_held_to_what_is_allowed_now,
];

fn names(reply: &ErrorReply, field: &str, given: &str, allowed: &str) {
    let error = &reply.error;
    assert_eq!(error.field.as_deref(), Some(field), "{error:?}");
    assert!(error.message.contains(given) && error.message.contains(allowed), "{}", error.message);
    assert!(error.advice.contains("没有计费"), "{}", error.advice);
}

async fn a_kind_or_model_that_is_not_allowed_is_refused_wherever_it_is_asked_for() {
    let studio = Studio::shared().await;
    let rights =
        json!({"name": "只能画画", "kinds": ["image", "text"], "models": ["wan2.2-t2i-flash", "qwen-turbo"]});
    let member = studio.bearer(&studio.issue(&rights).await.secret);
    let prompt = unique("不许");
    for path in ["/api/quote", "/api/jobs"] {
        let kind = member.post(path, &speech(&prompt)).await.refused(403, "NotAllowed");
        names(&kind, "kind", "speech", "image, text");
        let model = with(picture(&prompt), &json!({"model": "wan2.2-t2i-plus"}));
        let model = member.post(path, &model).await.refused(403, "NotAllowed");
        names(&model, "model", "wan2.2-t2i-plus", "wan2.2-t2i-flash, qwen-turbo");
    }
    let speech = member.post("/api/speech", &speech(&prompt)).await.refused(403, "NotAllowed");
    names(&speech, "kind", "speech", "image, text");
    let said = with(text(&prompt), &json!({"model": "qwen-max"}));
    let said = member.post("/api/text", &said).await.refused(403, "NotAllowed");
    names(&said, "model", "qwen-max", "qwen-turbo");
    assert!(studio.vendor.creations(&prompt).await.is_empty());
    let _ = member.post("/api/jobs", &picture(&unique("许"))).await.with(202);
    let _ = member.post("/api/quote", &text(&unique("许"))).await.with(200);
}

async fn batch(client: &Client, path: &str, body: &Value) -> studio_tests::Answer {
    send(client.request("POST", path).json(body)).await
}

async fn a_batch_is_refused_by_its_entries_and_its_dry_run_says_so() {
    let studio = Studio::shared().await;
    let rights = json!({"name": "批量", "kinds": ["image"]});
    let member = studio.bearer(&studio.issue(&rights).await.secret);
    let prompt = unique("批量不许");
    let body = json!({
        "image_tasks": [{"model": "wan2.2-t2i-flash", "prompt": prompt}],
        "text_tasks": [{"model": "qwen-turbo", "prompt": prompt}],
    });
    let quote = batch(&member, "/api/batches/quote", &body).await.with(200).json();
    assert_eq!((&quote["wrong"], &quote["problems"][0]["entry"]), (&json!(1), &json!("text_tasks[0]")));
    let refused = batch(&member, "/api/batches", &body).await.refused(403, "NotAllowed");
    names(&refused, "text_tasks[0].kind", "text", "image");
    assert_eq!(member.get("/api/batches").await.with(200).json()["items"], json!([]));
    assert!(studio.vendor.creations(&prompt).await.is_empty());
    assert_eq!(batch(&studio.owner, "/api/batches/quote", &body).await.with(200).json()["wrong"], 0);
}

async fn a_retry_is_held_to_what_is_allowed_now() {
    let studio = Studio::shared().await;
    let issued = studio.issue(&json!({"name": "重试"})).await;
    let member = studio.bearer(&issued.secret);
    let prompt = unique("重试不许");
    studio.vendor.fault("image.create", &prompt, json!({"status": 400, "code": "InvalidParameter"})).await;
    let job = member.post("/api/jobs", &picture(&prompt)).await.with(202).job();
    until("the failure", async || {
        let job = member.get(format!("/api/jobs/{}", job.id)).await.with(200).job();
        job.state.is_final().then_some(())
    })
    .await;
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    let _ = studio.owner.patch(&path, &json!({"models": ["wan2.2-t2i-plus"]})).await.with(200);
    let retry = format!("/api/jobs/{}/retry", job.id);
    let refused = member.post(&retry, &json!({})).await.refused(403, "NotAllowed");
    names(&refused, "model", "wan2.2-t2i-flash", "wan2.2-t2i-plus");
    member.post(&retry, &picture(&prompt)).await.refused(403, "NotAllowed");
    let edited = with(picture(&prompt), &json!({"model": "wan2.2-t2i-plus"}));
    let _ = member.post(&retry, &edited).await.with(200);
}
