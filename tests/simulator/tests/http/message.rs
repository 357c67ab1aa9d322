//! Images by messages: at once, or by a task.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Bench, refusal};

const AT_ONCE: &str = "/api/v1/services/aigc/multimodal-generation/generation";
const BY_TASK: &str = "/api/v1/services/aigc/image-generation/generation";

fn body(model: &str, prompt: &str, parameters: Value) -> String {
    let messages = json!([{"role": "user", "content": [{"text": prompt}]}]);
    json!({"model": model, "input": {"messages": messages}, "parameters": parameters}).to_string()
}

async fn send(bench: &Bench, body: String) -> Response {
    bench.client().post(bench.url(AT_ONCE)).bearer_auth("sk-simulator").body(body).send().await.unwrap()
}

#[tokio::test]
async fn wan_answers_at_once_with_pictures() {
    let bench = Bench::start().await;
    let response = send(&bench, body("wan2.6-t2i", "猫 [[sim:run 0]]", json!({"n": 2, "seed": 7}))).await;
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    let expected = json!({"image_count": 2, "size": "1280*1280", "input_tokens": 0, "output_tokens": 0, "total_tokens": 0});
    assert_eq!((&answer["usage"], &answer["output"]["finished"]), (&expected, &json!(true)));
    let choices = answer["output"]["choices"].as_array().unwrap();
    let part = &choices[1]["message"]["content"][0];
    assert_eq!((choices.len(), &part["type"]), (2, &json!("image")));
    let picture = bench.client().get(part["image"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(
        (picture.status().as_u16(), &picture.headers()["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    let creation = bench.figures().await["creations"][0].clone();
    assert_eq!(
        (&creation["endpoint"], &creation["task_id"]),
        (&json!("image.message.create"), &answer["request_id"])
    );
}

#[tokio::test]
async fn qwen_answers_with_metrics_and_sides() {
    let bench = Bench::start().await;
    for (model, parameters, (width, height), count) in [
        ("qwen-image-plus", json!({}), (1664, 928), 1),
        ("qwen-image-max", json!({"size": "1328*1328"}), (1328, 1328), 1),
        ("qwen-image-2.0", json!({"size": "768*512", "n": 6}), (768, 512), 6),
    ] {
        let answer: Value =
            send(&bench, body(model, "猫 [[sim:run 0]]", parameters)).await.json().await.unwrap();
        assert_eq!(
            answer["usage"],
            json!({"width": width, "height": height, "image_count": count}),
            "{model}"
        );
        assert_eq!(answer["output"]["task_metric"], json!({"FAILED": 0, "SUCCEEDED": count, "TOTAL": count}));
        assert!(answer["output"]["choices"][0]["message"]["content"][0].get("type").is_none());
    }
}

#[tokio::test]
async fn a_task_is_told_in_choices() {
    let bench = Bench::start().await;
    let accepted: Value =
        bench.post(BY_TASK, body("wan2.6-t2i", "猫", json!({"n": 1}))).await.unwrap().json().await.unwrap();
    bench.advance(60.0).await;
    let done = bench.poll(accepted["output"]["task_id"].as_str().unwrap()).await;
    assert_eq!(
        (&done["output"]["task_status"], &done["output"]["finished"]),
        (&json!("SUCCEEDED"), &json!(true))
    );
    assert!(
        done["output"]["choices"][0]["message"]["content"][0]["image"].as_str().unwrap().contains("/result/")
    );
    assert!(done["output"].get("results").is_none());
}

#[tokio::test]
async fn each_path_has_its_own_models_and_header() {
    let bench = Bench::start().await;
    let told = async |response: Response| refusal(response).await.2;
    assert_eq!(
        told(send(&bench, body("qwen-image", "猫", json!({}))).await).await,
        "url error, please check url！"
    );
    let by_task = bench.post(BY_TASK, body("qwen-image-max", "猫", json!({}))).await.unwrap();
    assert_eq!(told(by_task).await, "url error, please check url！");
    let header = bench.post(AT_ONCE, body("wan2.6-t2i", "猫", json!({}))).await.unwrap();
    assert_eq!(told(header).await, "Current user api does not support asynchronous calls.");
    assert_eq!(
        told(send(&bench, body("qwen-image-max", "猫", json!({"n": 2}))).await).await,
        "num_images_per_prompt must be 1."
    );
    let failed = refusal(
        send(&bench, body("qwen-image-max", "猫 [[sim:fail DataInspectionFailed]] [[sim:run 0]]", json!({})))
            .await,
    )
    .await;
    assert_eq!((failed.0, failed.1.as_str()), (400, "DataInspectionFailed"));
    let classic = json!({"model": "qwen-image-plus", "input": {"prompt": "猫"}});
    assert_eq!(bench.create(&classic).await.status(), 200);
}
