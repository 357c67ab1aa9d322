//! Transcription: uploaded and public recordings, documents, failures of single files.

use serde_json::{Value, json};

use crate::support::{Bench, refusal};
use crate::upload;

const CREATE: &str = "/api/v1/services/audio/asr/transcription";

async fn create(bench: &Bench, urls: &[&str], parameters: Value) -> reqwest::Response {
    let body = json!({"model": "paraformer-v1", "input": {"file_urls": urls}, "parameters": parameters});
    let request = bench
        .client()
        .post(bench.url(CREATE))
        .bearer_auth("sk-simulator")
        .header("X-DashScope-Async", "enable");
    request.header("X-DashScope-OssResourceResolve", "enable").body(body.to_string()).send().await.unwrap()
}

/// A task at its end.
async fn ended(bench: &Bench, urls: &[&str], parameters: Value) -> Value {
    let accepted: Value = create(bench, urls, parameters).await.json().await.unwrap();
    bench.advance(200.0).await;
    bench.poll(accepted["output"]["task_id"].as_str().unwrap()).await
}

fn wav(milliseconds: u32) -> Vec<u8> {
    let data = milliseconds * 32;
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    wav.extend(16_000_u32.to_le_bytes());
    wav.extend(32_000_u32.to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(data.to_le_bytes());
    wav.extend(vec![0; data as usize]);
    wav
}

async fn uploaded(bench: &Bench, name: &str, file: &[u8]) -> String {
    let policy = upload::policy(bench, "paraformer-v1").await;
    assert_eq!(upload::send(bench, upload::form(&policy, name, file, &[])).await.status(), 200);
    format!("oss://{}/{name}", policy["upload_dir"].as_str().unwrap())
}

#[tokio::test]
async fn an_uploaded_recording_becomes_a_document_as_long_as_it_is() {
    let bench = Bench::start().await;
    let url = uploaded(&bench, "会议.wav", &wav(12_340)).await;
    let done = ended(&bench, &[&url], json!({"diarization_enabled": true, "speaker_count": 3})).await;
    assert_eq!(
        (&done["output"]["task_status"], &done["usage"]),
        (&json!("SUCCEEDED"), &json!({"duration": 13}))
    );
    assert_eq!(done["output"]["task_metrics"], json!({"TOTAL": 1, "SUCCEEDED": 1, "FAILED": 0}));
    let result = &done["output"]["results"][0];
    assert_eq!((&result["file_url"], &result["subtask_status"]), (&json!(url), &json!("SUCCEEDED")));
    let document = bench.client().get(result["transcription_url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(document.headers()["content-type"], "application/json");
    let document: Value = document.json().await.unwrap();
    let properties = &document["properties"];
    assert_eq!(
        (&properties["original_duration_in_milliseconds"], &properties["audio_format"]),
        (&json!(12_340), &json!("wav"))
    );
    let sentences = document["transcripts"][0]["sentences"].as_array().unwrap();
    assert!(sentences.len() >= 2 && sentences.last().unwrap()["end_time"].as_u64().unwrap() <= 12_340);
}

#[tokio::test]
async fn each_file_fails_by_itself_and_the_task_when_all_do() {
    let bench = Bench::start().await;
    let both = ["https://example.com/a.mp3", "https://example.com/gone.mp3"];
    let mixed = ended(&bench, &both, json!({})).await;
    assert_eq!(mixed["output"]["task_status"], "SUCCEEDED");
    assert_eq!(mixed["output"]["task_metrics"], json!({"TOTAL": 2, "SUCCEEDED": 1, "FAILED": 1}));
    let failed = json!({"file_url": both[1], "code": "InvalidFile.DownloadFailed",
        "message": "The audio file cannot be downloaded.", "subtask_status": "FAILED"});
    assert_eq!(mixed["output"]["results"][1], failed);
    let empty = uploaded(&bench, "a.wav", b"").await;
    let text = uploaded(&bench, "b.wav", b"no sound at all").await;
    let marked = "https://example.com/a.wav?[[sim:fail InvalidURL.Timeout]]";
    for (url, code) in [
        (empty.as_str(), "CONTENT_LENGTH_CHECK_FAILED"),
        (&text, "DECODE_ERROR"),
        ("oss://no/such.wav", "InvalidFile.DownloadFailed"),
        (both[1], "InvalidFile.DownloadFailed"),
        (marked, "InvalidURL.Timeout"),
    ] {
        let output = ended(&bench, &[url], json!({})).await["output"].clone();
        assert_eq!((&output["task_status"], &output["code"]), (&json!("FAILED"), &json!(code)), "{url}");
        assert_eq!(
            (&output["results"][0]["code"], &output["task_metrics"]["FAILED"]),
            (&json!(code), &json!(1))
        );
    }
}

#[tokio::test]
async fn an_upload_is_found_only_with_the_header_by_its_model_and_for_two_days() {
    let bench = Bench::start().await;
    let url = uploaded(&bench, "a.wav", &wav(1_000)).await;
    let body = |model: &str| json!({"model": model, "input": {"file_urls": [url]}}).to_string();
    let (status, code, message) = refusal(bench.post(CREATE, body("paraformer-v1")).await.unwrap()).await;
    assert_eq!((status, code.as_str()), (400, "InvalidParameter"));
    assert!(message.starts_with("The provided URL does not appear to be valid."));
    assert_eq!(ended(&bench, &[&url], json!({})).await["output"]["task_status"], "SUCCEEDED");
    bench.advance(48.0 * 3600.0).await;
    assert_eq!(ended(&bench, &[&url], json!({})).await["output"]["code"], "InvalidFile.DownloadFailed");
}

#[tokio::test]
async fn what_is_no_call_is_refused_before_a_task() {
    let bench = Bench::start().await;
    assert_eq!(refusal(create(&bench, &[], json!({})).await).await.2, "input must contain file_urls");
    for url in ["file:///etc/passwd", "a.wav", "ftp://h/a.wav", ""] {
        assert_eq!(refusal(create(&bench, &[url], json!({})).await).await.0, 400, "{url}");
    }
    let unknown = json!({"model": "paraformer-en-v1", "input": {"file_urls": ["http://h/a.wav"]}});
    assert_eq!(refusal(bench.post(CREATE, unknown.to_string()).await.unwrap()).await.2, "Model not exist.");
    let marked = "https://h/a.wav?[[sim:refuse Throttling]]";
    assert_eq!(refusal(create(&bench, &[marked], json!({})).await).await.0, 429);
    assert_eq!(bench.figures().await["creations"], json!([]));
}
