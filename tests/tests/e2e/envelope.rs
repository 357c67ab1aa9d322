//! Bad calls: method, address, body. Each has its status and the one envelope.

use futures_util::stream;
use reqwest::Body;
use serde_json::json;
use studio_shared::route::JSON_CAP;
use studio_tests::client::send;
use studio_tests::{Answer, Studio, picture, unique};

tests![
    what_is_not_json_is_refused,
    a_name_that_stands_twice_is_refused,
    another_content_type_is_refused,
    a_body_over_the_cap_is_refused_with_its_length_announced,
    a_body_over_the_cap_is_refused_without_its_length_announced,
    another_method_is_refused_with_those_that_are_taken,
    an_unknown_address_is_not_found,
    somebody_elses_job_is_not_found,
    advice_comes_in_the_language_that_is_asked_for,
    head_is_answered_like_get_without_a_body,
];

async fn submit(body: impl Into<Body>, content_type: Option<&str>) -> Answer {
    let studio = Studio::shared().await;
    let request = studio.owner.request("POST", "/api/jobs").body(body);
    let request = match content_type {
        Some(content_type) => request.header("content-type", content_type),
        None => request,
    };
    send(request).await
}

async fn what_is_not_json_is_refused() {
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let bodies: [&[u8]; 12] = [
        b"",
        b"{",
        b"nonsense",
        b"{\"model\":\"qwen-image\",}",
        b"{'model':'qwen-image'}",
        b"{} {}",
        b"\xff\xfe",
        b"{\"prompt\":\"\xc3\x28\"}",
        b"{\"prompt\":\"\\ud800\"}",
        b"null",
        b"[]",
        deep.as_bytes(),
    ];
    for body in bodies {
        submit(body.to_vec(), Some("application/json")).await.refused(400, "InvalidParameter");
    }
}

async fn a_name_that_stands_twice_is_refused() {
    for body in [
        r#"{"model":"wan2.2-t2i-flash","prompt":"猫","n":1,"n":4}"#,
        r#"{"model":"wan2.2-t2i-flash","input":{"prompt":"猫","prompt":"狗"}}"#,
        r#"{"model":"wan2.2-t2i-flash","prompt":"猫","input":{"prompt":"狗"}}"#,
    ] {
        submit(body, Some("application/json")).await.refused(400, "InvalidParameter");
    }
}

async fn another_content_type_is_refused() {
    let body = picture(&unique("类型")).to_string();
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
    {
        submit(body.clone(), Some(content_type)).await.refused(415, "UnsupportedMediaType");
    }
    submit(body.clone().into_bytes(), None).await.refused(415, "UnsupportedMediaType");
    let _ = submit(body, Some("Application/JSON; charset=utf-8")).await.with(202);
}

async fn a_body_over_the_cap_is_refused_with_its_length_announced() {
    for bytes in [JSON_CAP + 1, 1024 * 1024] {
        let body = picture(&"x".repeat(bytes)).to_string();
        submit(body, Some("application/json")).await.refused(413, "BodyTooLarge");
    }
}

async fn a_body_over_the_cap_is_refused_without_its_length_announced() {
    // One byte too many, and that the last one.
    let mut body = picture("猫").to_string().into_bytes();
    body.resize(JSON_CAP + 1, b' ');
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        body.chunks(8 * 1024).map(|chunk| Ok(chunk.to_vec())).collect();
    let body = Body::wrap_stream(stream::iter(chunks));
    submit(body, Some("application/json")).await.refused(413, "BodyTooLarge");
}

async fn another_method_is_refused_with_those_that_are_taken() {
    let studio = Studio::shared().await;
    for (method, path, allow) in [
        ("POST", "/api/health", "GET"),
        ("PUT", "/api/jobs", "POST, GET"),
        ("PATCH", "/api/jobs/x", "GET, DELETE"),
        ("GET", "/api/jobs/x/cancel", "POST"),
        ("GET", "/api/quote", "POST"),
        ("PUT", "/api/session", "POST, GET, DELETE"),
        ("OPTIONS", "/api/jobs", "POST, GET"),
        // Not a word the runtime's library knows; it takes such a one for GET.
        ("QUERY", "/api/jobs", "POST, GET"),
    ] {
        for client in [&studio.owner, &studio.nobody] {
            let answer = send(client.request(method, path)).await;
            answer.refused(405, "MethodNotAllowed");
            assert_eq!(answer.header("allow"), allow, "{method} {path}");
        }
    }
}

async fn an_unknown_address_is_not_found() {
    let studio = Studio::shared().await;
    for path in [
        "/api/",
        "/api/nothing",
        "/api/jobs/",
        "/api/jobs/x/",
        "/api/jobs/x/y",
        "/api//jobs",
        "/api/JOBS",
        "/api/jobs/x/outputs",
        "/api/health/x",
        "/api/v1/tasks/x",
        "/api/admin/members/",
    ] {
        studio.owner.get(path).await.refused(404, "NotFound");
    }
}

async fn somebody_elses_job_is_not_found() {
    let studio = Studio::shared().await;
    for id in [
        "0198f2a0-0000-7000-8000-000000000000",
        "x",
        "%2e%2e%2fsession",
        "..%2f..",
        "%00",
        "'%20OR%201=1--",
        "猫",
        &"9".repeat(2000),
    ] {
        for (method, path) in [
            ("GET", format!("/api/jobs/{id}")),
            ("DELETE", format!("/api/jobs/{id}")),
            ("POST", format!("/api/jobs/{id}/cancel")),
            ("POST", format!("/api/jobs/{id}/retry")),
            ("GET", format!("/api/jobs/{id}/outputs/0")),
        ] {
            send(studio.owner.request(method, path)).await.refused(404, "NotFound");
        }
    }
}

async fn advice_comes_in_the_language_that_is_asked_for() {
    let studio = Studio::shared().await;
    for (accepted, advice) in [
        ("", "请用登录码登录。"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "请用登录码登录。"),
        ("en-GB,en;q=0.9", "Log in with your code."),
        ("fr", "请用登录码登录。"),
    ] {
        let request = studio.nobody.request("GET", "/api/jobs").header("accept-language", accepted);
        let reply = send(request).await.refused(401, "NotLoggedIn");
        assert_eq!(reply.error.advice, advice, "{accepted}");
    }
    let english = studio.owner.request("POST", "/api/quote").header("accept-language", "en");
    let reply =
        send(english.json(&json!({"model": "wan2.2-t2i-flash"}))).await.refused(400, "InvalidParameter");
    assert_eq!(reply.error.message, "prompt is missing; add it.");
}

async fn head_is_answered_like_get_without_a_body() {
    let studio = Studio::shared().await;
    for path in ["/api/health", "/api/jobs"] {
        let answer = send(studio.owner.request("HEAD", path)).await.with(200);
        assert_eq!(answer.bytes, b"");
        assert_eq!(answer.header("x-request-id").len(), 36);
    }
}
