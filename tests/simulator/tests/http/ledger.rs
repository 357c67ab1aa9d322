//! The ledger, and the weather that a campaign is made in.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Bench, wan};

async fn ledger(bench: &Bench) -> Value {
    bench.client().get(bench.url("/_simulator/ledger")).send().await.unwrap().json().await.unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_picture_is_billed_when_it_is_there_and_its_bytes_are_known_when_it_was_fetched() {
    let bench = Bench::start().await;
    let id = bench.task("猫", json!({"n": 2, "size": "512*512"})).await;
    let told = ledger(&bench).await;
    let one = &told["creations"][0];
    assert_eq!(
        (&one["task_id"], &one["prompt"], &one["status"]),
        (&json!(id), &json!("猫"), &json!("PENDING"))
    );
    assert_eq!((&one["billed"], &one["results"]), (&json!(null), &json!(null)));
    assert_eq!(told["arrivals"]["image.create"][0][1], "wan2.2-t2i-flash");
    bench.advance(60.0).await;
    let polled = bench.poll(&id).await;
    let url = polled["output"]["results"][1]["url"].as_str().unwrap();
    let bytes = bench.client().get(url).send().await.unwrap().bytes().await.unwrap();
    let told = ledger(&bench).await;
    let one = &told["creations"][0];
    assert_eq!((&one["status"], &one["billed"]), (&json!("SUCCEEDED"), &json!({"image_count": 2})));
    assert_eq!(one["results"], json!({"2": sha256(&bytes)}));
    assert_eq!(told["arrivals"]["task.get"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_stream_is_billed_as_far_as_it_was_sent() {
    let bench = Bench::start().await;
    let path = "/api/v1/services/aigc/text-generation/generation";
    for prompt in ["[[sim:say 一二三四五六七八九]]", "[[sim:tokens 400]] [[sim:cut 3]]"] {
        let body = json!({"model": "qwen-plus", "input": {"messages": [{"role": "user", "content": prompt}]},
            "parameters": {"result_format": "message", "incremental_output": true}});
        let request = bench.client().post(bench.url(path)).bearer_auth("sk-simulator").body(body.to_string());
        // The second breaks off.
        let _ = request.header("X-DashScope-SSE", "enable").send().await.unwrap().bytes().await;
    }
    let told = ledger(&bench).await;
    let (whole, cut) = (&told["creations"][0], &told["creations"][1]);
    assert_eq!((&whole["status"], &whole["billed"]["output_tokens"]), (&json!("ANSWERED"), &json!(9)));
    assert_eq!(whole["results"], json!({"1": sha256("一二三四五六七八九".as_bytes())}));
    let billed = cut["billed"]["output_tokens"].as_u64().unwrap();
    assert!((9..=13).contains(&billed), "three frames, and half of the fourth: {cut}");
}

#[tokio::test]
async fn pictures_at_once_are_billed_when_they_are_answered() {
    let bench = Bench::start().await;
    let body = json!({"model": "qwen-image-plus", "input": {"messages":
        [{"role": "user", "content": [{"text": "猫 [[sim:run 0]]"}]}]}, "parameters": {}});
    let path = "/api/v1/services/aigc/multimodal-generation/generation";
    let request = bench.client().post(bench.url(path)).bearer_auth("sk-simulator").body(body.to_string());
    assert_eq!(request.send().await.unwrap().status(), 200);
    let told = ledger(&bench).await;
    assert_eq!(told["creations"][0]["billed"]["image_count"], 1, "{told}");
}

#[tokio::test]
async fn weather_strikes_where_it_is_said_to_and_is_told() {
    let bench = Bench::start().await;
    bench
        .control("weather", &json!({"seed": 7, "rates": {"status_429": 1.0}, "endpoints": ["image.create"]}))
        .await;
    assert_eq!(bench.create(&wan("猫", json!({}))).await.status(), 429);
    bench.client().delete(bench.url("/_simulator/weather")).send().await.unwrap();
    let id = bench.task("猫", json!({"n": 1, "size": "512*512"})).await;
    bench.advance(60.0).await;
    let polled = bench.poll(&id).await;
    let url = polled["output"]["results"][0]["url"].as_str().unwrap().to_owned();
    bench.control("weather", &json!({"seed": 7, "rates": {"expired": 1.0}})).await;
    let refused = bench.client().get(&url).send().await.unwrap();
    assert_eq!(refused.status(), 403);
    assert!(refused.text().await.unwrap().contains("Request has expired."));
    let weather = bench.client().get(bench.url("/_simulator/weather")).send().await.unwrap();
    let told: Value = weather.json().await.unwrap();
    assert_eq!(told["struck"], json!({"image.create": {"status_429": 1}, "result.get": {"expired": 1}}));
    assert_eq!(told["weather"][0]["late_ms"], json!([500, 5000]));
    let bad = json!({"seed": 7, "rates": {"html": 2.0}});
    let request = bench.client().post(bench.url("/_simulator/weather")).body(bad.to_string());
    assert_eq!(request.send().await.unwrap().status(), 400);
}
