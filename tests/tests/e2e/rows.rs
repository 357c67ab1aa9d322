//! Rows of `dashscope-api.md` §10 that only show on the wire, each a test named after its row.

use serde_json::{Value, json};
use studio_shared::job::State;
use studio_tests::{Studio, picture, unique};

tests![
    row_1_films_are_created_at_the_live_path,
    row_11_speech_goes_over_the_socket_and_recordings_by_task,
    row_22_text_is_always_asked_for_as_a_message,
    row_26_the_async_header_goes_with_tasks_only,
];

/// The one creation whose body has this text in it, as the simulator received it.
async fn received(studio: &Studio, text: &str) -> Value {
    let figures = studio.vendor.figures().await;
    let creations = figures["creations"].as_array().unwrap().iter();
    let found: Vec<_> = creations.filter(|creation| creation["body"].to_string().contains(text)).collect();
    assert_eq!(found.len(), 1, "creations with {text}");
    found[0].clone()
}

/// Runs a request whose text is `{text}`, to its end; answers what the simulator received.
async fn run(request: Value, text: &str) -> Value {
    let studio = Studio::shared().await;
    let job = studio.run(&request).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    received(&studio, text).await
}

async fn row_1_films_are_created_at_the_live_path() {
    let prompt = unique("日出延时摄影");
    let request = json!({"kind": "video", "model": "wan2.1-t2v-plus", "prompt": prompt, "duration": 10});
    let creation = run(request, &prompt).await;
    // The simulator refuses the reference page's path, as the live service does: `url error`.
    assert_eq!(creation["endpoint"], "video.create");
    assert_eq!(creation["body"]["model"], "wanx2.1-t2v-plus");
}

async fn row_11_speech_goes_over_the_socket_and_recordings_by_task() {
    let text = unique("今天天气怎么样？");
    let spoken = run(json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": text}), &text).await;
    assert_eq!(spoken["endpoint"], "speech.socket");
    let address =
        format!("https://recordings.example/{}.mp3", unique("row-11").replace(['№', '.', ' '], "-"));
    let recording = json!({"kind": "transcription", "model": "paraformer-v1", "url": address});
    assert_eq!(run(recording, &address).await["endpoint"], "asr.create");
}

async fn row_22_text_is_always_asked_for_as_a_message() {
    for model in ["qwen-turbo", "qwen-plus", "qwen-max"] {
        let prompt = unique("生成产品文案");
        let creation = run(json!({"kind": "text", "model": model, "prompt": prompt}), &prompt).await;
        let parameters = &creation["body"]["parameters"];
        assert_eq!(parameters["result_format"], "message", "{model}");
        assert_eq!(parameters["incremental_output"], true, "{model}");
    }
}

async fn row_26_the_async_header_goes_with_tasks_only() {
    let (image, film, text) = (unique("猫"), unique("海"), unique("诗"));
    let address =
        format!("https://recordings.example/{}.mp3", unique("row-26").replace(['№', '.', ' '], "-"));
    for (request, marker, expected) in [
        (picture(&image), &image, Some("enable")),
        (json!({"kind": "video", "model": "wan2.1-t2v-turbo", "prompt": film}), &film, Some("enable")),
        (
            json!({"kind": "transcription", "model": "paraformer-v1", "url": address}),
            &address,
            Some("enable"),
        ),
        (json!({"kind": "text", "model": "qwen-turbo", "prompt": text}), &text, None),
    ] {
        let creation = run(request, marker).await;
        assert_eq!(creation["headers"]["x-dashscope-async"].as_str(), expected, "{marker}");
    }
}
