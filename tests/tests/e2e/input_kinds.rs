//! Bad input for every model of every kind: whatever is wrong is named, all of it at once, and nothing is sent.

use serde_json::{Value, json};
use studio_shared::catalogue::{self, Model, Rule};
use studio_shared::kind::Kind;
use studio_tests::{Studio, unique};

tests![
    every_wrong_parameter_of_every_model_is_named_at_once,
    what_is_missing_is_named_for_every_model,
    the_quote_and_the_job_refuse_alike,
    ten_thousand_and_one_characters_are_not_spoken,
];

fn models() -> impl Iterator<Item = &'static Model> {
    Kind::ALL.into_iter().flat_map(catalogue::models)
}

/// A value that no rule of this sort takes.
fn wrong(rule: &Rule) -> Value {
    match rule {
        Rule::Text { .. } | Rule::Name { .. } | Rule::Address => json!(["no text"]),
        Rule::Messages { .. } => json!([{"role": "nobody", "content": ""}]),
        _ => json!({"no": "value"}),
    }
}

/// The fields that `POST {path}` names as wrong.
async fn named(path: &str, request: &Value) -> Vec<String> {
    let studio = Studio::shared().await;
    let error = studio.owner.post(path, request).await.refused(400, "InvalidParameter").error;
    error.problems.into_iter().map(|problem| problem.field).collect()
}

/// How many creations the simulator has accepted with this text in them.
async fn creations(text: &str) -> usize {
    let figures = Studio::shared().await.vendor.figures().await;
    let all = figures["creations"].as_array().unwrap().iter();
    all.filter(|creation| creation["body"].to_string().contains(text)).count()
}

async fn every_wrong_parameter_of_every_model_is_named_at_once() {
    let marker = unique("全错");
    for model in models() {
        let mut request = json!({"kind": model.kind.as_str(), "model": model.id, "style": marker});
        for parameter in model.parameters {
            request[parameter.name] = wrong(&parameter.rule);
        }
        let fields = named("/api/jobs", &request).await;
        for parameter in model.parameters {
            let name = |field: &String| {
                field == parameter.name || field.starts_with(&format!("{}[", parameter.name))
            };
            assert!(fields.iter().any(name), "{}: {} is not in {fields:?}", model.id, parameter.name);
        }
        assert!(fields.contains(&"style".to_owned()), "{}: {fields:?}", model.id);
    }
    assert_eq!(creations(&marker).await, 0);
}

async fn what_is_missing_is_named_for_every_model() {
    for model in models() {
        let required = model.parameters.iter().filter(|parameter| parameter.required);
        let expected: Vec<&str> = required.map(|parameter| parameter.name).collect();
        let fields = named("/api/jobs", &json!({"kind": model.kind.as_str(), "model": model.id})).await;
        assert_eq!(fields, expected, "{}", model.id);
    }
}

async fn the_quote_and_the_job_refuse_alike() {
    for request in [
        json!({"kind": "video", "model": "wan2.1-t2v-plus", "prompt": "a", "resolution": "1*1", "fps": 0}),
        json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": "a", "sample_rate": 44_100, "rate": 2.1}),
        json!({"kind": "transcription", "model": "paraformer-v1", "url": "ftp://x/a.mp3", "speaker_count": 1}),
        json!({"kind": "text", "model": "qwen-turbo", "prompt": "a", "temperature": 2.1, "top_p": -0.1}),
    ] {
        let fields = named("/api/quote", &request).await;
        assert_eq!(fields, named("/api/jobs", &request).await);
        assert_eq!(fields.len(), 2, "{fields:?}");
    }
}

async fn ten_thousand_and_one_characters_are_not_spoken() {
    let marker = unique("太长");
    let text: String = marker.chars().chain(std::iter::repeat('读')).take(10_001).collect();
    let request = json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": text});
    assert_eq!(named("/api/jobs", &request).await, ["text"]);
    assert_eq!(named("/api/speech", &request).await, ["text"]);
    assert_eq!(creations(&marker).await, 0);
}
