//! Videos: the live path, sizes that fail in the task, real files that can be sought in.

use serde_json::{Value, json};

use crate::support::{Bench, refusal};

const CREATE: &str = "/api/v1/services/aigc/video-generation/video-synthesis";

async fn create(bench: &Bench, model: &str, prompt: &str, parameters: Value) -> String {
    let body = json!({"model": model, "input": {"prompt": prompt}, "parameters": parameters});
    let response = bench.post(CREATE, body.to_string()).await.unwrap();
    assert_eq!(response.status(), 200);
    response.json::<Value>().await.unwrap()["output"]["task_id"].as_str().unwrap().to_owned()
}

/// A task at its end.
async fn made(bench: &Bench, model: &str, prompt: &str, parameters: Value) -> Value {
    let id = create(bench, model, prompt, parameters).await;
    bench.advance(200.0).await;
    bench.poll(&id).await
}

#[tokio::test]
async fn a_video_takes_its_time_and_is_one_address_without_metrics() {
    let bench = Bench::start().await;
    let id = create(&bench, "wanx2.1-t2v-turbo", "海上日出", json!({"size": "832*480", "seed": 7})).await;
    bench.advance(30.0).await;
    let running = bench.poll(&id).await["output"].clone();
    assert_eq!(running["task_status"], "RUNNING");
    assert!(running.get("task_metrics").is_none() && running.get("video_url").is_none());
    bench.advance(170.0).await;
    let done = bench.poll(&id).await;
    assert_eq!(done["usage"], json!({"video_count": 1, "video_duration": 5, "video_ratio": "832*480"}));
    assert!(done["output"]["actual_prompt"].as_str().unwrap().starts_with("海上日出，"));
    assert!(done["output"].get("results").is_none());
    let url = done["output"]["video_url"].as_str().unwrap();
    let file = bench.client().get(url).send().await.unwrap();
    assert_eq!(
        (&file.headers()["content-type"], &file.headers()["accept-ranges"]),
        (&"video/mp4".parse().unwrap(), &"bytes".parse().unwrap())
    );
    let file = file.bytes().await.unwrap();
    assert_eq!(&file[4..8], b"ftyp");
    let part = bench.client().get(url).header("range", "bytes=4-7").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], format!("bytes 4-7/{}", file.len()));
    assert_eq!(part.bytes().await.unwrap(), "ftyp");
    let beyond = bench.client().get(url).header("range", "bytes=99999999-").send().await.unwrap();
    assert_eq!(beyond.status(), 416);
}

#[tokio::test]
async fn each_version_tells_its_usage_in_its_own_way() {
    let bench = Bench::start().await;
    let usage =
        async |model: &str, parameters: Value| made(&bench, model, "海", parameters).await["usage"].clone();
    let old = usage("wanx2.1-t2v-plus", json!({"duration": 10, "fps": 24})).await;
    assert_eq!(old, json!({"video_count": 1, "video_duration": 5, "video_ratio": "1280*720"}));
    let v26 = usage("wan2.6-t2v", json!({"size": "1280*720", "duration": 10})).await;
    assert_eq!(
        v26,
        json!({"duration": 10, "size": "1280*720", "input_video_duration": 0,
        "output_video_duration": 10, "video_count": 1, "SR": 720})
    );
    let v27 = usage("wan2.7-t2v", json!({"resolution": "720P", "ratio": "16:9", "duration": 10})).await;
    assert_eq!(
        v27,
        json!({"duration": 10, "input_video_duration": 0, "output_video_duration": 10,
        "video_count": 1, "ratio": "16:9", "SR": 720})
    );
    let later = made(&bench, "wan2.6-t2v", "海", json!({})).await;
    assert!(later["output"].get("actual_prompt").is_none());
}

#[tokio::test]
async fn a_size_there_is_not_fails_in_the_task_and_markers_work() {
    let bench = Bench::start().await;
    let bad = made(&bench, "wanx2.1-t2v-turbo", "海", json!({"size": "480*854"})).await;
    let told = |body: &Value, name: &str| body["output"][name].as_str().unwrap_or_default().to_owned();
    assert_eq!((told(&bad, "task_status"), told(&bad, "code")), ("FAILED".into(), "InvalidParameter".into()));
    assert!(told(&bad, "message").starts_with("The size is not match"));
    for marker in ["fail DataInspectionFailed", "moderate-output", "partial 1 DataInspectionFailed"] {
        let failed = made(&bench, "wanx2.1-t2v-turbo", &format!("海 [[sim:{marker}]]"), json!({})).await;
        assert_eq!(told(&failed, "code"), "DataInspectionFailed", "{marker}");
    }
    let lost = create(&bench, "wanx2.1-t2v-turbo", "海 [[sim:lose]]", json!({})).await;
    assert_eq!(told(&bench.poll(&lost).await, "task_status"), "UNKNOWN");
}

#[tokio::test]
async fn the_seeds_path_and_names_of_another_region_are_refused() {
    let bench = Bench::start().await;
    let body = |model: &str| json!({"model": model, "input": {"prompt": "海"}}).to_string();
    let seed = "/api/v1/services/aigc/video-generation/generation";
    let (status, code, message) = refusal(bench.post(seed, body("wanx2.1-t2v-plus")).await.unwrap()).await;
    assert_eq!(
        (status, code.as_str(), message.as_str()),
        (400, "InvalidParameter", "url error, please check url！")
    );
    let (_, _, message) = refusal(bench.post(CREATE, body("wan2.1-t2v-plus")).await.unwrap()).await;
    assert_eq!(message, "Model not exist.");
    let plain =
        bench.client().post(bench.url(CREATE)).bearer_auth("sk-simulator").body(body("wanx2.1-t2v-plus"));
    let (status, _, message) = refusal(plain.send().await.unwrap()).await;
    assert_eq!((status, message.as_str()), (403, "current user api does not support synchronous calls."));
    assert_eq!(bench.figures().await["creations"], json!([]));
}
