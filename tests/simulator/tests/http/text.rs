//! Text: whole answers, streams byte for byte, and everything that can go wrong with them.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Bench, refusal};

const GENERATE: &str = "/api/v1/services/aigc/text-generation/generation";

fn body(prompt: &str, parameters: Value) -> Value {
    json!({"model": "qwen-plus", "input": {"messages": [{"role": "user", "content": prompt}]}, "parameters": parameters})
}

async fn send(bench: &Bench, body: &Value, streaming: bool) -> Response {
    let request = bench.client().post(bench.url(GENERATE)).bearer_auth("sk-simulator").body(body.to_string());
    let request = if streaming { request.header("X-DashScope-SSE", "enable") } else { request };
    request.send().await.unwrap()
}

async fn answer(bench: &Bench, body: &Value) -> Value {
    let response = send(bench, body, false).await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// A whole stream; it may end early.
async fn stream(bench: &Bench, body: &Value) -> (String, bool) {
    let mut response = send(bench, body, true).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream;charset=UTF-8");
    let mut read = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => read.extend_from_slice(&chunk),
            Ok(None) => return (String::from_utf8_lossy(&read).into_owned(), true),
            Err(_) => return (String::from_utf8_lossy(&read).into_owned(), false),
        }
    }
}

/// The data of each event.
fn data(stream: &str) -> Vec<Value> {
    stream
        .lines()
        .filter_map(|line| line.strip_prefix("data:"))
        .map(|data| serde_json::from_str(data).unwrap())
        .collect()
}

fn content(frame: &Value) -> &str {
    frame["output"]["choices"][0]["message"]["content"].as_str().unwrap()
}

#[tokio::test]
async fn a_bare_call_gets_text_and_a_message_call_gets_choices() {
    let bench = Bench::start().await;
    let bare = answer(&bench, &body("写一篇关于茶的文章", json!({"seed": 7}))).await;
    assert_eq!(bare["output"]["finish_reason"], "stop");
    assert!(
        bare["output"]["text"].as_str().unwrap().starts_with("## ")
            && bare["output"].get("choices").is_none()
    );
    let asked = json!({"seed": 7, "result_format": "message"});
    let message = answer(&bench, &body("写一篇关于茶的文章", asked)).await;
    assert_eq!(content(&message), bare["output"]["text"], "same prompt, same seed");
    assert_eq!(message["usage"], bare["usage"]);
    let prompt = json!({"model": "qwen-turbo", "input": {"prompt": "你好"}, "parameters": {"max_tokens": 5}});
    let short = answer(&bench, &prompt).await;
    assert_eq!(
        (&short["output"]["finish_reason"], &short["usage"]["output_tokens"]),
        (&json!("length"), &json!(5))
    );
}

#[tokio::test]
async fn a_stream_is_framed_as_recorded() {
    let bench = Bench::start().await;
    let asked = json!({"result_format": "message", "incremental_output": true});
    let (text, whole) = stream(&bench, &body("x [[sim:say 一路温暖，随你]]", asked)).await;
    let frames = data(&text);
    let id = frames[0]["request_id"].as_str().unwrap();
    let frame = |number: u32, piece: &str, finish: &str, tokens: u32| {
        let input = frames[0]["usage"]["input_tokens"].as_u64().unwrap();
        let data = json!({
            "output": {"choices": [{"message": {"content": piece, "role": "assistant"}, "index": 0, "finish_reason": finish}]},
            "usage": {"total_tokens": input + u64::from(tokens), "input_tokens": input, "output_tokens": tokens,
                "prompt_tokens_details": {"cached_tokens": 0}},
            "request_id": id,
        });
        format!("id:{number}\nevent:result\n:HTTP_STATUS/200\ndata:{data}\n\n")
    };
    let expected = [
        frame(1, "一", "null", 1),
        frame(2, "路温暖，", "null", 5),
        frame(3, "随你", "null", 7),
        frame(4, "", "stop", 7),
    ];
    assert_eq!((text, whole), (expected.concat(), true));
}

#[tokio::test]
async fn without_increments_each_frame_holds_all_so_far() {
    let bench = Bench::start().await;
    let (text, _) = stream(&bench, &body("介绍杭州", json!({"result_format": "message"}))).await;
    let frames = data(&text);
    let contents: Vec<&str> = frames.iter().map(content).collect();
    assert!(contents.windows(2).all(|pair| pair[1].starts_with(pair[0])));
    let (text, _) = stream(&bench, &body("x [[sim:say 好的]]", json!({}))).await;
    let plain: Vec<Value> = data(&text).iter().map(|frame| frame["output"].clone()).collect();
    let told = |text: &str, finish: &str| json!({"text": text, "finish_reason": finish});
    assert_eq!(plain, [told("好", "null"), told("好的", "null"), told("好的", "stop")]);
}

#[tokio::test]
async fn wrong_parameters_are_400_or_with_streaming_an_event_at_200() {
    let bench = Bench::start().await;
    for (parameters, message) in [
        (json!({"temperature": 2.0}), "Temperature should be in [0.0, 2.0)"),
        (json!({"top_p": 0}), "Range of top_p should be (0.0, 1.0]"),
    ] {
        let answer = refusal(send(&bench, &body("猫", parameters.clone()), false).await).await;
        assert_eq!(answer, (400, "InvalidParameter".to_owned(), message.to_owned()));
        let (text, whole) = stream(&bench, &body("猫", parameters)).await;
        let id = data(&text)[0]["request_id"].clone();
        let data = json!({"code": "InvalidParameter", "message": message, "request_id": id});
        assert_eq!((text, whole), (format!("id:1\nevent:error\n:HTTP_STATUS/400\ndata:{data}\n\n"), true));
    }
    let marked =
        refusal(send(&bench, &body("猫 [[sim:refuse DataInspectionFailed]]", json!({})), true).await).await;
    assert_eq!((marked.0, marked.1.as_str()), (400, "DataInspectionFailed"));
    assert_eq!(bench.figures().await["creations"], json!([]));
}

#[tokio::test]
async fn the_gate_stands_before_the_stream() {
    let bench = Bench::start().await;
    let good = body("猫", json!({}));
    let response =
        bench.client().post(bench.url(GENERATE)).header("X-DashScope-SSE", "enable").body(good.to_string());
    assert_eq!(refusal(response.send().await.unwrap()).await.0, 401);
    let (status, code, message) = refusal(bench.post(GENERATE, good.to_string()).await.unwrap()).await;
    let expected = "Current user api does not support asynchronous calls.";
    assert_eq!((status, code.as_str(), message.as_str()), (403, "AccessDenied", expected));
    let wrong = json!({"model": "wan2.2-t2i-flash", "input": {"prompt": "猫"}});
    assert_eq!(refusal(send(&bench, &wrong, true).await).await.2, "url error, please check url！");
    let beside = json!({"model": "qwen-plus", "input": {}, "messages": [{"role": "user", "content": "猫"}]});
    let expected = "Either \"prompt\" or \"messages\" must exist and cannot both be none";
    assert_eq!(refusal(send(&bench, &beside, false).await).await.2, expected);
    bench.control("settings", &json!({"rates": {"text.generate": 0}})).await;
    assert_eq!(refusal(send(&bench, &good, true).await).await.0, 429);
}

#[tokio::test]
async fn a_stream_can_be_split_and_bare_and_is_still_the_same() {
    let bench = Bench::start().await;
    let asked = json!({"result_format": "message", "incremental_output": true, "seed": 1});
    let text = async |prompt: &str| {
        let (stream, whole) = stream(&bench, &body(prompt, asked.clone())).await;
        assert!(whole);
        let text: String = data(&stream).iter().map(content).collect();
        (stream, text)
    };
    let (plain, expected) = text("介绍杭州").await;
    let (split, said) = text("介绍杭州 [[sim:split]]").await;
    assert_eq!(
        (plain.matches("\n\n").count(), said.as_str()),
        (split.matches("\n\n").count(), expected.as_str())
    );
    let (bare, said) = text("介绍杭州 [[sim:no-blank-lines]] [[sim:heartbeat]]").await;
    assert!(!bare.contains("\n\n") && bare.starts_with(":heartbeat\nid:1\n") && said == expected);
}

#[tokio::test]
async fn packets_end_within_characters_when_asked() {
    let bench = Bench::start().await;
    bench.plant(json!({"endpoint": "text.generate", "fault": {"stream": {"split": true}}})).await;
    let mut response = send(&bench, &body("介绍杭州", json!({})), true).await;
    let (mut within_character, mut within_line) = (false, false);
    while let Some(chunk) = response.chunk().await.unwrap() {
        within_character |= std::str::from_utf8(&chunk).is_err();
        within_line |= !chunk.ends_with(b"\n");
    }
    assert!(within_character && within_line);
}

#[tokio::test]
async fn a_stream_breaks_off_or_errs_where_it_is_told_to() {
    let bench = Bench::start().await;
    let (text, whole) = stream(&bench, &body("介绍杭州 [[sim:cut 3]]", json!({}))).await;
    assert!(!whole && text.matches("\n\n").count() == 3 && !text.ends_with("\n\n"));
    let marker = "介绍杭州 [[sim:stream-error 2 DataInspectionFailed#2]]";
    let (text, whole) = stream(&bench, &body(marker, json!({}))).await;
    let last = data(&text).pop().unwrap();
    assert!(whole && text.contains("id:3\nevent:error\n:HTTP_STATUS/400\n"));
    assert_eq!(last["message"], "Output data may contain inappropriate content.");
    for fault in [json!({"half_body": true}), json!({"cut": "inside"}), json!({"stream": {"cut_after": 1}})] {
        bench.plant(json!({"endpoint": "text.generate", "fault": fault})).await;
        let (text, whole) = stream(&bench, &body("介绍杭州", json!({}))).await;
        assert!(!whole && !text.is_empty() && !text.contains("\"stop\""), "{fault}");
    }
    let figures = bench.figures().await;
    assert_eq!(figures["requests"]["text.generate"]["by_status"], json!({"200": 1, "cut": 4}));
    assert_eq!(figures["streams"]["text.generate"], json!({"begun": 5, "finished": 1, "left": 4}));
    let entry = &figures["creations"][0];
    assert_eq!((&entry["endpoint"], &entry["body"]["model"]), (&json!("text.generate"), &json!("qwen-plus")));
}

#[tokio::test]
async fn an_endless_stream_goes_on_past_its_end_and_a_failed_call_is_no_stream() {
    let bench = Bench::start().await;
    let mut response =
        send(&bench, &body("x [[sim:say 猫]] [[sim:endless]]", json!({"incremental_output": true})), true)
            .await;
    let mut text = String::new();
    while text.matches("\n\n").count() < 20 {
        text.push_str(&String::from_utf8_lossy(&response.chunk().await.unwrap().unwrap()));
    }
    assert!(!text.contains("stop"));
    let failed =
        refusal(send(&bench, &body("猫 [[sim:fail InternalError.Algo]]", json!({})), false).await).await;
    assert_eq!((failed.0, failed.1.as_str()), (500, "InternalError.Algo"));
    let (text, _) = stream(&bench, &body("猫 [[sim:fail InternalError.Algo]]", json!({}))).await;
    assert!(text.starts_with("id:1\nevent:error\n:HTTP_STATUS/500\n"));
}
