//! The speech socket, as a client of its own meets it.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use studio_simulator::Options;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::support::Bench;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const FIRST: &str = "7f2c5e30be9641709b2c914d8f315c30";
const SECOND: &str = "0a26529c-196c-4cbb-9f5b-7e1f2a3b4c31";

async fn connect(bench: &Bench, path: &str, key: Option<&str>) -> Result<Socket, Error> {
    let mut request = format!("ws://{}{path}", bench.address()).into_client_request().unwrap();
    if let Some(key) = key {
        request.headers_mut().insert("Authorization", format!("bearer {key}").parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

async fn open(bench: &Bench) -> Socket {
    connect(bench, "/api-ws/v1/inference/", Some("sk-simulator")).await.unwrap()
}

fn run(task_id: &str, text: &str, parameters: &Value) -> Value {
    let mut given = json!({"text_type": "PlainText", "format": "pcm", "sample_rate": 16000});
    given.as_object_mut().unwrap().extend(parameters.as_object().unwrap().clone());
    json!({"header": {"action": "run-task", "task_id": task_id, "streaming": "out"},
        "payload": {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer", "model": "sambert-zhichu-v1",
            "parameters": given, "input": {"text": text}}})
}

async fn say(socket: &mut Socket, frame: &Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

/// What comes until the task ends, or the socket: `audio` stands for a frame of bytes.
async fn hear(socket: &mut Socket) -> (Vec<String>, Vec<u8>, Vec<Value>) {
    let (mut order, mut audio, mut told) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(Ok(message)) = socket.next().await {
        match message {
            Message::Binary(bytes) => {
                order.push("audio".to_owned());
                audio.extend(bytes);
            }
            Message::Text(text) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                let event = frame["header"]["event"].as_str().unwrap().to_owned();
                told.push(frame);
                order.push(event.clone());
                if event == "task-finished" || event == "task-failed" {
                    break;
                }
            }
            _ => break,
        }
    }
    (order, audio, told)
}

fn failure(told: &[Value]) -> (&str, &str) {
    let header = &told.last().unwrap()["header"];
    (header["error_code"].as_str().unwrap(), header["error_message"].as_str().unwrap())
}

#[tokio::test]
async fn audio_and_sentences_come_between_start_and_finish_and_the_socket_serves_again() {
    let bench = Bench::start().await;
    let mut socket = open(&bench).await;
    let words = json!({"word_timestamp_enabled": true, "phoneme_timestamp_enabled": true});
    say(&mut socket, &run(FIRST, "今天天气怎么样？不错。", &words)).await;
    let (order, audio, told) = hear(&mut socket).await;
    assert_eq!(
        (order.first().unwrap().as_str(), order.last().unwrap().as_str()),
        ("task-started", "task-finished")
    );
    let kinds: Vec<&str> = order.iter().map(String::as_str).collect();
    assert!(kinds.windows(3).any(|three| three == ["audio", "result-generated", "audio"]), "{kinds:?}");
    assert!(told.iter().all(|frame| frame["header"]["task_id"] == FIRST));
    let sentence = &told[1]["payload"]["output"]["sentence"];
    assert_eq!((&sentence["begin_time"], &sentence["words"][0]["text"]), (&json!(0), &json!("今")));
    assert!(sentence["words"][0]["phonemes"][0]["tone"].is_string());
    let end = told[2]["payload"]["output"]["sentence"]["end_time"].as_u64().unwrap();
    assert_eq!(audio.len() as u64, end * 32, "as long as it says");
    assert_eq!(told.last().unwrap()["payload"], json!({"output": null, "usage": {"characters": 11}}));
    say(&mut socket, &run(SECOND, "再见。", &json!({"format": "mp3"}))).await;
    let (_, audio, told) = hear(&mut socket).await;
    assert_eq!((audio[0], &told[1]["payload"]["output"]["sentence"]["words"]), (0xff, &json!([])));
    let figures = bench.figures().await;
    let creation = &figures["creations"][1];
    assert_eq!((&creation["endpoint"], &creation["task_id"]), (&json!("speech.socket"), &json!(SECOND)));
    assert_eq!(creation["body"]["payload"]["input"]["text"], "再见。");
    assert_eq!(figures["requests"]["speech.socket"]["by_status"], json!({"101": 1}));
}

#[tokio::test]
async fn a_wrong_key_is_refused_in_the_handshake() {
    let bench = Bench::start().await;
    for key in [None, Some("sk-wrong")] {
        let Err(Error::Http(response)) = connect(&bench, "/api-ws/v1/inference", key).await else {
            panic!("refused")
        };
        assert_eq!(response.status(), 401);
    }
    bench
        .plant(json!({"endpoint": "speech.socket", "fault": {"status": 503, "code": "ModelUnavailable"}}))
        .await;
    let Err(Error::Http(response)) = connect(&bench, "/api-ws/v1/inference", Some("sk-simulator")).await
    else {
        panic!("refused")
    };
    assert_eq!(response.status(), 503);
    assert!(bench.get("/api-ws/v1/inference").await.status().is_client_error(), "no socket was asked for");
}

#[tokio::test]
async fn a_failed_task_says_why_and_the_socket_closes() {
    let bench = Bench::start().await;
    let mut unknown = run(FIRST, "你好", &json!({}));
    unknown["payload"]["model"] = json!("sambert-en-v1");
    let mut bare = run(FIRST, "你好", &json!({}));
    bare["payload"].as_object_mut().unwrap().remove("model");
    for (frame, code, message) in [
        (unknown, "ModelNotFound", "Model not exist."),
        (bare, "InvalidParameter", "Missing required parameter 'payload.model'! Please follow the protocol!"),
        (run(FIRST, "", &json!({})), "InvalidParameter", "Invalid payload data"),
        (
            run(FIRST, "你好", &json!({"sample_rate": 1})),
            "InvalidParameter",
            "[tts:]Engine return error code: 418",
        ),
        (
            run(FIRST, "你好 [[sim:fail Throttling.RateQuota]]", &json!({})),
            "Throttling.RateQuota",
            "Requests rate limit exceeded, please try again later.",
        ),
    ] {
        let mut socket = open(&bench).await;
        say(&mut socket, &frame).await;
        let (_, _, told) = hear(&mut socket).await;
        assert_eq!(failure(&told), (code, message));
        assert!(!matches!(socket.next().await, Some(Ok(Message::Text(_) | Message::Binary(_)))), "closed");
    }
}

#[tokio::test]
async fn who_says_nothing_for_23_seconds_is_told_so() {
    let bench = Bench::with(Options { clock_scale: 1000.0, ..Options::default() }).await;
    let mut socket = open(&bench).await;
    let (order, _, told) = hear(&mut socket).await;
    assert_eq!((order.len(), failure(&told)), (1, ("CLIENT_ERROR", "request timeout after 23 seconds.")));
}

#[tokio::test]
async fn a_socket_breaks_off_errs_or_waits_in_the_middle() {
    let bench = Bench::start().await;
    let long = "这是一个很长的句子，足够分成好几个音频帧来发送。".repeat(3);
    let told_of = async |text: String| {
        let mut socket = open(&bench).await;
        say(&mut socket, &run(FIRST, &text, &json!({}))).await;
        hear(&mut socket).await
    };
    let (order, audio, _) = told_of(format!("{long}[[sim:cut 2]]")).await;
    assert_eq!((order.iter().filter(|kind| *kind == "audio").count(), audio.len()), (2, 16_384));
    assert!(!order.iter().any(|kind| kind.starts_with("task-f")));
    let (order, _, told) = told_of(format!("{long}[[sim:stream-error 1 InternalError.Algo]]")).await;
    assert_eq!((order.last().unwrap().as_str(), failure(&told).0), ("task-failed", "InternalError.Algo"));
    bench.plant(json!({"endpoint": "speech.socket", "when": {"prompt_contains": "音频帧"}, "fault": {"stream": {"cut_after": 1}}})).await;
    assert_eq!(told_of(long.clone()).await.1.len(), 8_192);
    bench.plant(json!({"endpoint": "speech.socket", "fault": {"half_body": true}})).await;
    let (order, ..) = told_of(long.clone()).await;
    assert_ne!(order.last().unwrap(), "task-finished");
    assert_eq!(told_of(long).await.0.last().unwrap(), "task-finished");
    assert_eq!(bench.figures().await["streams"]["speech.socket"]["finished"], 1);
}

#[tokio::test]
async fn cosyvoice_takes_its_text_bit_by_bit() {
    let bench = Bench::start().await;
    let mut socket = open(&bench).await;
    let frame = |action: &str, payload: Value| json!({"header": {"action": action, "task_id": FIRST, "streaming": "duplex"}, "payload": payload});
    let start = json!({"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer", "model": "cosyvoice-v3-flash",
        "parameters": {"text_type": "PlainText", "voice": "longanyang", "format": "pcm"}, "input": {}});
    say(&mut socket, &frame("run-task", start.clone())).await;
    for text in ["欢迎来到", "小书店。"] {
        say(&mut socket, &frame("continue-task", json!({"input": {"text": text}}))).await;
    }
    say(&mut socket, &frame("finish-task", json!({"input": {}}))).await;
    let (_, audio, told) = hear(&mut socket).await;
    assert_eq!(told.last().unwrap()["payload"]["usage"]["characters"], 8);
    assert!(audio.len() > 50_000);
    let mut bare = start;
    bare.as_object_mut().unwrap().remove("input");
    say(&mut socket, &frame("run-task", bare)).await;
    assert_eq!(failure(&hear(&mut socket).await.2).1, "task can not be null");
}
