//! Requests for speech that are wrong: refused by name, with nothing sent.

use serde_json::{Value, json};
use studio_tests::order::with;
use studio_tests::{Studio, picture, speech, unique};

tests![
    a_wrong_value_is_refused_by_both_routes_with_nothing_sent,
    ten_thousand_and_one_characters_are_refused_with_nothing_sent,
    what_is_no_speech_is_told_where_to_go,
];

async fn refused(studio: &Studio, request: &Value, field: &str) {
    for route in ["/api/jobs", "/api/speech", "/api/quote"] {
        let reply = studio.owner.post(route, request).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{route} {request}");
    }
}

async fn a_wrong_value_is_refused_by_both_routes_with_nothing_sent() {
    let studio = Studio::shared().await;
    let text = unique("不合规");
    for (name, bad) in [
        ("format", json!("flac")),
        ("format", json!("MP3")),
        ("format", json!(1)),
        ("sample_rate", json!(44_100)),
        ("sample_rate", json!(0)),
        ("sample_rate", json!("16000")),
        ("volume", json!(-1)),
        ("volume", json!(101)),
        ("volume", json!(50.5)),
        ("rate", json!(0.49)),
        ("rate", json!(2.01)),
        ("rate", json!("fast")),
        ("pitch", json!(0.4)),
        ("pitch", json!(3)),
        ("word_timestamp_enabled", json!("yes")),
        ("text", json!("")),
        ("text", json!("  \n ")),
        ("text", json!(7)),
        ("text", json!(["a"])),
        ("voice", json!("longanyang")),
        ("phoneme_timestamp_enabled", json!(true)),
        ("model", json!("sambert-zhichu-v2")),
    ] {
        refused(&studio, &with(speech(&text), &json!({ name: bad })), name).await;
    }
    refused(&studio, &json!({"kind": "speech", "model": "sambert-zhichu-v1"}), "text").await;
    refused(&studio, &speech(&format!("{text}\u{7}")), "text").await;
    assert_eq!(studio.vendor.creations(&text).await.len(), 0);
}

async fn ten_thousand_and_one_characters_are_refused_with_nothing_sent() {
    let studio = Studio::shared().await;
    let number = unique("");
    let text = format!("{}{number}", "字".repeat(10_001 - number.chars().count()));
    refused(&studio, &speech(&text), "text").await;
    assert_eq!(studio.vendor.creations(&text).await.len(), 0);
}

async fn what_is_no_speech_is_told_where_to_go() {
    let studio = Studio::shared().await;
    let reply =
        studio.owner.post("/api/speech", &picture(&unique("图"))).await.refused(400, "InvalidParameter");
    assert_eq!(reply.error.field.as_deref(), Some("kind"));
    assert!(reply.error.message.contains("/api/jobs"), "{}", reply.error.message);
    let text = unique("坏键");
    let call = studio.owner.request("POST", "/api/speech").header("idempotency-key", "two words");
    let reply = studio_tests::client::send(call.json(&speech(&text))).await.refused(400, "InvalidParameter");
    assert_eq!(reply.error.field.as_deref(), Some("idempotency-key"));
    studio.nobody.post("/api/speech", &speech(&text)).await.refused(401, "NotLoggedIn");
    assert_eq!(studio.vendor.creations(&text).await.len(), 0);
}
