//! The OpenAI-compatible path.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::Bench;

const PATH: &str = "/compatible-mode/v1/chat/completions";

async fn send(bench: &Bench, key: &str, body: Value) -> Response {
    bench.client().post(bench.url(PATH)).bearer_auth(key).body(body.to_string()).send().await.unwrap()
}

fn talk(prompt: &str, more: Value) -> Value {
    let mut body = json!({"model": "qwen-plus", "messages": [{"role": "user", "content": prompt}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn error(response: Response) -> (u16, String, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    let text = |name: &str| body["error"][name].as_str().unwrap().to_owned();
    assert!(body["request_id"].is_string() && body["error"]["param"].is_null());
    (status, text("code"), text("message"))
}

#[tokio::test]
async fn a_whole_answer_has_the_other_form_and_the_same_text() {
    let bench = Bench::start().await;
    let answer: Value =
        send(&bench, "sk-simulator", talk("介绍杭州", json!({"seed": 7}))).await.json().await.unwrap();
    assert!(answer["id"].as_str().unwrap().starts_with("chatcmpl-") && answer["object"] == "chat.completion");
    let text = answer["choices"][0]["message"]["content"].as_str().unwrap();
    let native = json!({"model": "qwen-plus", "input": {"messages": [{"role": "user", "content": "介绍杭州"}]}, "parameters": {"seed": 7}});
    let path = "/api/v1/services/aigc/text-generation/generation";
    let native = bench.client().post(bench.url(path)).bearer_auth("sk-simulator").body(native.to_string());
    let native: Value = native.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (text, &answer["usage"]["total_tokens"]),
        (native["output"]["text"].as_str().unwrap(), &native["usage"]["total_tokens"])
    );
}

#[tokio::test]
async fn a_stream_ends_with_done_and_its_costs_when_asked() {
    let bench = Bench::start().await;
    let more = json!({"stream": true, "stream_options": {"include_usage": true}});
    let response = send(&bench, "sk-simulator", talk("x [[sim:say 一路温暖]]", more)).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream;charset=UTF-8");
    let text = response.text().await.unwrap();
    assert!(text.starts_with("data: {") && text.ends_with("data: [DONE]\n\n") && !text.contains("id:1"));
    let chunks: Vec<Value> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .filter_map(|data| serde_json::from_str(data).ok())
        .collect();
    let said: String =
        chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(
        (said.as_str(), &chunks[chunks.len() - 1]["usage"]["completion_tokens"]),
        ("一路温暖", &json!(4))
    );
    assert_eq!(chunks[chunks.len() - 2]["choices"][0]["finish_reason"], "stop");
}

#[tokio::test]
async fn errors_are_nested_and_have_their_own_status() {
    let bench = Bench::start().await;
    let wrong = error(send(&bench, "sk-wrong", talk("x", json!({}))).await).await;
    assert_eq!((wrong.0, wrong.1.as_str()), (401, "invalid_api_key"));
    for (more, status, code) in [
        (json!({"model": "nope"}), 404, "model_not_found"),
        (json!({"model": "wan2.2-t2i-flash"}), 404, "model_not_supported"),
        (json!({"temperature": 2, "stream": true}), 400, "invalid_parameter_error"),
        (json!({"messages": []}), 400, "invalid_parameter_error"),
    ] {
        let told = error(send(&bench, "sk-simulator", talk("x", more.clone())).await).await;
        assert_eq!((told.0, told.1.as_str()), (status, code), "{more}");
    }
    bench
        .plant(
            json!({"endpoint": "chat.completions", "fault": {"status": 429, "code": "Throttling.RateQuota"}}),
        )
        .await;
    let told = error(send(&bench, "sk-simulator", talk("x", json!({}))).await).await;
    assert_eq!((told.0, told.1.as_str()), (429, "limit_requests"));
    let marked =
        error(send(&bench, "sk-simulator", talk("x [[sim:fail DataInspectionFailed]]", json!({}))).await)
            .await;
    assert_eq!((marked.0, marked.1.as_str()), (400, "data_inspection_failed"));
}
