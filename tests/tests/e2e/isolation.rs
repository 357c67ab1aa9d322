//! Isolation: nothing of one member can be told from nothing at all by another.

use serde_json::{Value, json};
use studio_tests::client::send;
use studio_tests::recording::wav;
use studio_tests::wait::until;
use studio_tests::{Answer, Client, Studio, picture, text, unique};

tests![
    ids_of_others_unknown_ones_and_malformed_ones_are_answered_alike,
    members_and_codes_are_no_more_told_apart_by_whoever_is_not_to_see_them,
];

const UNKNOWN: &str = "0198c0de-0000-7000-8000-000000000000";

async fn call(client: &Client, method: &str, path: &str, body: &Value) -> Answer {
    let request = client.request(method, path);
    send(if body.is_null() { request } else { request.json(body) }).await
}

/// An id of another's, one that nobody has, one of a share that nobody has, and two that are none: each is refused in the
/// same words.
async fn alike(
    client: &Client,
    method: &str,
    template: &str,
    real: &str,
    body: &Value,
    as_what: (u16, &str),
) {
    let mut answers = Vec::new();
    for id in [real, UNKNOWN, "0123456789abcdef0123456789abcdef", "x", "%27%20OR%201%3D1"] {
        let answer = call(client, method, &template.replace("{}", id), body).await;
        answer.refused(as_what.0, as_what.1);
        answers.push(answer.said());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{method} {template}: {answers:#?}");
}

async fn ids_of_others_unknown_ones_and_malformed_ones_are_answered_alike() {
    let studio = Studio::shared().await;
    let (neighbour, stranger) = (studio.member("有东西的人"), studio.member("好奇的人"));
    let job = neighbour.post("/api/jobs", &picture(&unique("隔离"))).await.with(202).job().id;
    let say = neighbour.request("POST", "/api/text").header("accept", "application/json");
    let turn = send(say.json(&text(&unique("隔离")))).await.with(200).job();
    let conversation = turn.conversation.unwrap();
    let upload = neighbour.request("POST", "/api/files?name=mine.wav").header("content-type", "audio/wav");
    let file = send(upload.body(wav(300, 3))).await.with(201).json()["id"].as_str().unwrap().to_owned();
    let settings = "%7B%22kind%22%3A%22image%22%2C%22model%22%3A%22wan2.2-t2i-flash%22%7D";
    let batch = neighbour.request("POST", format!("/api/batches?settings={settings}"));
    let batch = send(batch.header("content-type", "text/plain").body(unique("隔离"))).await.with(202).json();
    let batch = batch["id"].as_str().unwrap().to_owned();
    let code = neighbour.post("/api/codes", &json!({"name": "我的"})).await.with(201).issued().code.id;
    until("the picture", async || {
        let now = neighbour.get(format!("/api/jobs/{job}")).await.with(200).job();
        now.state.is_final().then_some(())
    })
    .await;
    let share = neighbour.share(&json!({"items": [{"job": job}]})).await.id;
    let (none, empty) = (Value::Null, json!({}));
    let routes = [
        ("GET", "/api/jobs/{}", &job, &none),
        ("DELETE", "/api/jobs/{}", &job, &none),
        ("POST", "/api/jobs/{}/cancel", &job, &empty),
        ("POST", "/api/jobs/{}/retry", &job, &empty),
        ("POST", "/api/jobs/{}/restore", &job, &empty),
        ("POST", "/api/jobs/{}/look", &job, &empty),
        ("GET", "/api/jobs/{}/outputs/0", &job, &none),
        ("GET", "/api/text/{}/events", &turn.id, &none),
        ("GET", "/api/conversations/{}", &conversation, &none),
        ("PATCH", "/api/conversations/{}", &conversation, &json!({"title": "偷"})),
        ("DELETE", "/api/conversations/{}", &conversation, &none),
        ("GET", "/api/files/{}", &file, &none),
        ("DELETE", "/api/files/{}", &file, &none),
        ("GET", "/api/batches/{}", &batch, &none),
        ("DELETE", "/api/batches/{}", &batch, &none),
        ("POST", "/api/batches/{}/pause", &batch, &empty),
        ("POST", "/api/batches/{}/resume", &batch, &empty),
        ("POST", "/api/batches/{}/cancel", &batch, &empty),
        ("POST", "/api/batches/{}/retry", &batch, &empty),
        ("PATCH", "/api/codes/{}", &code, &json!({"name": "偷"})),
        ("POST", "/api/codes/{}/rotate", &code, &empty),
        ("DELETE", "/api/codes/{}", &code, &none),
        ("PATCH", "/api/shares/{}", &share, &json!({"title": "偷"})),
        ("DELETE", "/api/shares/{}", &share, &none),
        ("PUT", "/api/import/{}/outputs/0", &job, &empty),
    ];
    for (method, template, id, body) in routes {
        alike(&stranger, method, template, id, body, (404, "NotFound")).await;
    }
    // Ids in bodies and queries are no other way.
    let turn = json!({"model": "qwen-turbo", "prompt": "偷听", "conversation": conversation});
    stranger.post("/api/text", &turn).await.refused(404, "NotFound");
    let stolen = json!({"model": "paraformer-v2", "file": file});
    stranger.post("/api/jobs", &stolen).await.refused(400, "InvalidParameter");
    let entries = stranger.get(format!("/api/jobs?batch={batch}")).await.with(200).json();
    assert_eq!(entries["items"], json!([]));
    let cursor = stranger.get(format!("/api/jobs?cursor={job}")).await.with(200).json();
    assert_eq!(cursor["items"], json!([]));
    // And all of it is still there.
    for path in [format!("/api/jobs/{job}"), format!("/api/conversations/{conversation}")] {
        let _ = neighbour.get(path).await.with(200);
    }
    assert!(neighbour.get("/api/codes").await.with(200).text().contains(&code));
}

async fn members_and_codes_are_no_more_told_apart_by_whoever_is_not_to_see_them() {
    let studio = Studio::shared().await;
    let (one, other) =
        (studio.issue(&json!({"name": "甲方"})).await, studio.issue(&json!({"name": "乙方"})).await);
    let (member, stranger) = (one.member.unwrap().id, other.member.unwrap().id);
    let (none, empty, named) = (Value::Null, json!({}), json!({"name": "偷"}));
    let curious = studio.member("好奇的人");
    for (method, template, body) in [
        ("GET", "/api/admin/members/{}", &none),
        ("PATCH", "/api/admin/members/{}", &named),
        ("DELETE", "/api/admin/members/{}", &none),
        ("POST", "/api/admin/members/{}/codes", &named),
    ] {
        alike(&curious, method, template, &member, body, (403, "OwnerOnly")).await;
    }
    // Not even the owner comes to a code by way of another member.
    for (method, tail, body) in [("PATCH", "", &named), ("POST", "/rotate", &empty), ("DELETE", "", &none)] {
        let codes = format!("/api/admin/members/{member}/codes/{{}}{tail}");
        alike(&curious, method, &codes, &one.code.id, body, (403, "OwnerOnly")).await;
        alike(&studio.owner, method, &codes, &other.code.id, body, (404, "NotFound")).await;
        let members = format!("/api/admin/members/{{}}/codes/{}{tail}", one.code.id);
        alike(&studio.owner, method, &members, &stranger, body, (404, "NotFound")).await;
    }
    for secret in [one.secret, other.secret] {
        let _ = studio.bearer(&secret).get("/api/session").await.with(200);
    }
}
