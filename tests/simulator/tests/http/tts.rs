//! Speech over HTTP: an address, or sounds in a stream.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Bench, refusal};

const COSY: &str = "/api/v1/services/audio/tts/SpeechSynthesizer";
const QWEN: &str = "/api/v1/services/aigc/multimodal-generation/generation";

async fn send(bench: &Bench, path: &str, body: &Value, streaming: bool) -> Response {
    let request = bench.client().post(bench.url(path)).bearer_auth("sk-simulator").body(body.to_string());
    let request = if streaming { request.header("X-DashScope-SSE", "enable") } else { request };
    request.send().await.unwrap()
}

fn cosy(text: &str, format: &str) -> Value {
    json!({"model": "cosyvoice-v3-flash", "input": {"text": text, "voice": "longanyang", "format": format}})
}

#[tokio::test]
async fn an_answer_is_the_address_of_a_file() {
    let bench = Bench::start().await;
    let qwen = json!({"model": "qwen3-tts-flash", "input": {"text": "你好。", "voice": "Cherry", "language_type": "Chinese"}});
    for (path, body, kind, start) in [
        (COSY, cosy("欢迎来到小书店。", "mp3"), "audio/mpeg", b"\xff".as_slice()),
        (COSY, cosy("欢迎来到小书店。", "wav"), "audio/wav", b"RIFF"),
        (QWEN, qwen, "audio/wav", b"RIFF"),
    ] {
        let answer: Value = send(&bench, path, &body, false).await.json().await.unwrap();
        let output = &answer["output"];
        assert_eq!(
            (&output["finish_reason"], &output["audio"]["data"]),
            (&json!("stop"), &json!("")),
            "{answer}"
        );
        let file = bench.client().get(output["audio"]["url"].as_str().unwrap()).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], kind);
        assert!(file.bytes().await.unwrap().starts_with(start));
    }
    let figures = bench.figures().await;
    assert_eq!(figures["requests"]["tts.http"]["by_status"], json!({"200": 3}));
}

#[tokio::test]
async fn a_stream_brings_the_sounds_and_then_the_address() {
    let bench = Bench::start().await;
    let text = send(&bench, COSY, &cosy("你好。再见。", "pcm"), true).await.text().await.unwrap();
    let frames: Vec<Value> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data:"))
        .map(|data| serde_json::from_str(data).unwrap())
        .collect();
    let kinds: Vec<&str> =
        frames.iter().map(|frame| frame["output"]["type"].as_str().unwrap_or("last")).collect();
    assert_eq!(
        (kinds[0], kinds[1], kinds[kinds.len() - 2], kinds[kinds.len() - 1]),
        ("sentence-begin", "sentence-synthesis", "sentence-end", "last")
    );
    assert_eq!(kinds.iter().filter(|kind| **kind == "sentence-begin").count(), 2);
    let sound: Vec<u8> = frames
        .iter()
        .filter(|frame| frame["output"]["type"] == "sentence-synthesis")
        .flat_map(|frame| STANDARD.decode(frame["output"]["audio"]["data"].as_str().unwrap()).unwrap())
        .collect();
    let last = &frames[frames.len() - 1];
    assert_eq!(last["usage"], json!({"characters": 6}));
    let file = bench.client().get(last["output"]["audio"]["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(file.bytes().await.unwrap(), sound, "the same sounds");
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let bench = Bench::start().await;
    let none = json!({"model": "cosyvoice-v3-flash", "input": {"text": "x"}});
    assert_eq!(refusal(send(&bench, COSY, &none, false).await).await.2, "Field required: input.voice");
    let other = json!({"model": "sambert-zhichu-v1", "input": {"text": "x", "voice": "y"}});
    assert_eq!(refusal(send(&bench, COSY, &other, false).await).await.2, "url error, please check url！");
    let failed =
        refusal(send(&bench, COSY, &cosy("x [[sim:fail InternalError.Algo]]", "mp3"), false).await).await;
    assert_eq!(failed.0, 500);
}
