//! Planted faults, seen from a raw socket where a client library would hide what happened.

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Bench, CREATE, refusal, wan};

/// Sends a creation on a socket of its own and reads until the other side closes.
async fn raw_create(bench: &Bench) -> String {
    let body = wan("猫", json!({"n": 1})).to_string();
    let mut socket = TcpStream::connect(bench.address()).await.unwrap();
    let head = format!(
        "POST {CREATE} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer sk-simulator\r\nX-DashScope-Async: enable\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an end too.
    let reading = socket.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(20), reading).await.expect("the connection stays open");
    String::from_utf8(answer).unwrap()
}

async fn created(bench: &Bench) -> usize {
    bench.figures().await["creations"].as_array().unwrap().len()
}

fn content_length(answer: &str) -> usize {
    let line = answer.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    line.parse().unwrap()
}

#[tokio::test]
async fn a_connection_is_really_cut_at_each_point_and_the_book_tells_what_was_processed() {
    let bench = Bench::start().await;
    bench.plant(json!({"endpoint": "image.create", "fault": {"cut": "before"}})).await;
    assert_eq!((raw_create(&bench).await.as_str(), created(&bench).await), ("", 0));
    bench.plant(json!({"endpoint": "image.create", "fault": {"cut": "after"}})).await;
    assert_eq!((raw_create(&bench).await.as_str(), created(&bench).await), ("", 1));
    for (fault, number) in [(json!({"cut": "inside"}), 2), (json!({"half_body": true}), 3)] {
        bench.plant(json!({"endpoint": "*", "fault": fault})).await;
        let answer = raw_create(&bench).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{fault}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(!body.is_empty() && body.len() < content_length(&answer), "{fault}: {answer}");
        assert_eq!(created(&bench).await, number);
    }
    assert_eq!(
        bench.figures().await["requests"]["image.create"],
        json!({"total": 4, "by_status": {"cut": 4}})
    );
    assert_eq!(bench.create(&wan("猫", json!({}))).await.status(), 200, "and then all is well again");
}

#[tokio::test]
async fn an_answer_of_any_status_comes_with_what_was_planted() {
    let bench = Bench::start().await;
    let fault =
        json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 3, "retry_after_ms": 2500});
    bench.plant(json!({"endpoint": "image.create", "fault": fault})).await;
    let response = bench.create(&wan("猫", json!({}))).await;
    assert_eq!(
        (&response.headers()["retry-after"], &response.headers()["retry-after-ms"]),
        (&"3".parse().unwrap(), &"2500".parse().unwrap())
    );
    let (status, code, message) = refusal(response).await;
    assert_eq!((status, code.as_str()), (429, "Throttling.RateQuota"));
    assert_eq!(message, "Requests rate limit exceeded, please try again later.", "the catalogue's text");
    let fault = json!({"status": 599, "code": "Odd", "message": "odd", "processed": true});
    bench.plant(json!({"endpoint": "image.create", "fault": fault})).await;
    let answer = refusal(bench.create(&wan("猫", json!({}))).await).await;
    assert_eq!(answer, (599, "Odd".to_owned(), "odd".to_owned()));
    assert_eq!(created(&bench).await, 1, "only the second was processed");
}

#[tokio::test]
async fn a_gateways_page_and_a_body_that_is_no_json() {
    let bench = Bench::start().await;
    bench.plant(json!({"endpoint": "task.get", "fault": {"html": 502}})).await;
    let response = bench.get("/api/v1/tasks/x").await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (502, &"text/html".parse().unwrap())
    );
    assert!(response.text().await.unwrap().starts_with("<html>"));
    bench.plant(json!({"endpoint": "task.get", "fault": {"not_json": true}})).await;
    let response = bench.get("/api/v1/tasks/x").await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
    assert!(response.json::<Value>().await.is_err());
}

#[tokio::test]
async fn a_delay_is_real_time_and_a_silence_lasts_until_the_caller_leaves() {
    let bench = Bench::start().await;
    bench.plant(json!({"endpoint": "task.get", "fault": {"delay_ms": 60}})).await;
    let begun = Instant::now();
    assert_eq!(bench.get("/api/v1/tasks/x").await.status(), 200);
    assert!(begun.elapsed() >= Duration::from_millis(60));
    for (hang, number) in [(json!(true), 0), (json!("after"), 1)] {
        bench.plant(json!({"endpoint": "image.create", "fault": {"hang": hang}})).await;
        let request = bench.client().post(bench.url(CREATE)).bearer_auth("sk-simulator");
        let request = request.header("X-DashScope-Async", "enable").body(wan("猫", json!({})).to_string());
        let error = request.timeout(Duration::from_millis(250)).send().await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(created(&bench).await, number, "{hang}");
    }
    assert_eq!(bench.figures().await["requests"]["image.create"]["by_status"], json!({"hang": 2}));
}

#[tokio::test]
async fn a_fault_strikes_only_what_it_names() {
    let bench = Bench::start().await;
    let id = bench.task("猫", json!({})).await;
    let fault = json!({"status": 500, "code": "InternalError"});
    bench.plant(json!({"endpoint": "image.create", "when": {"prompt_contains": "狗"}, "times": 0, "fault": fault})).await;
    bench.plant(json!({"endpoint": "task.get", "when": {"task_id": id}, "skip": 1, "fault": fault})).await;
    assert_eq!(bench.create(&wan("猫", json!({}))).await.status(), 200);
    assert_eq!(bench.create(&wan("小狗", json!({}))).await.status(), 500);
    assert_eq!(bench.create(&wan("小狗", json!({}))).await.status(), 500);
    let path = format!("/api/v1/tasks/{id}");
    let mut statuses = Vec::new();
    for path in ["/api/v1/tasks/other", &path, &path, &path] {
        statuses.push(bench.get(path).await.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 500, 200]);
}

#[tokio::test]
async fn a_result_file_can_break_off_too() {
    let bench = Bench::start().await;
    let id = bench.task("猫", json!({"n": 1, "size": "512*512"})).await;
    bench.advance(60.0).await;
    let url = bench.poll(&id).await["output"]["results"][0]["url"].as_str().unwrap().to_owned();
    bench
        .plant(json!({"endpoint": "result.get", "when": {"task_id": id}, "fault": {"half_body": true}}))
        .await;
    let response = bench.client().get(&url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err(), "less than the content length promised");
    assert!(bench.client().get(&url).send().await.unwrap().bytes().await.is_ok());
}

#[tokio::test]
async fn a_fault_of_a_poll_can_be_planted_by_prompt_before_the_task_exists() {
    let bench = Bench::start().await;
    let when = json!({"prompt_contains": "猫"});
    bench.plant(json!({"endpoint": "task.get", "when": when, "fault": {"html": 502}})).await;
    let (dog, cat) = (bench.task("狗", json!({"n": 1})).await, bench.task("猫", json!({"n": 1})).await);
    for (task_id, status) in [(&dog, 200), (&cat, 502), (&cat, 200)] {
        assert_eq!(bench.get(&format!("/api/v1/tasks/{task_id}")).await.status(), status);
    }
}
