//! Tasks: poll, list, cancel, and the markers that decide how a task ends.

use serde_json::{Value, json};

use crate::support::{Bench, refusal, wan};

#[tokio::test]
async fn a_task_goes_from_the_queue_through_work_to_its_end() {
    let bench = Bench::start().await;
    let id = bench.task("猫 [[sim:pending 60]] [[sim:run 60]]", json!({"n": 2, "seed": 7})).await;
    assert_eq!(bench.poll(&id).await["output"]["task_status"], "PENDING");
    bench.advance(90.0).await;
    let running = bench.poll(&id).await;
    assert_eq!(running["output"]["task_status"], "RUNNING");
    assert_eq!(running["output"]["task_metrics"], json!({"TOTAL": 2, "SUCCEEDED": 0, "FAILED": 0}));
    bench.advance(60.0).await;
    let done = bench.poll(&id).await;
    assert_eq!(done["output"]["task_status"], "SUCCEEDED");
    assert_eq!(done["usage"], json!({"image_count": 2}));
    assert!(done["output"]["results"][0]["actual_prompt"].as_str().unwrap().starts_with("猫，"));
    let again = bench.post(&format!("/api/v1/tasks/{id}"), String::new()).await.unwrap();
    assert_eq!(again.json::<Value>().await.unwrap()["output"], done["output"], "POST polls too");
    bench.advance(24.0 * 3600.0).await;
    let expired = bench.poll(&id).await;
    assert_eq!(expired["output"], json!({"task_id": id, "task_status": "UNKNOWN"}));
}

#[tokio::test]
async fn two_tasks_of_a_model_work_and_the_third_waits() {
    let bench = Bench::start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(bench.task("猫 [[sim:run 100]]", json!({"n": 1})).await);
    }
    let statuses = async |bench: &Bench| {
        let mut all = Vec::new();
        for id in &ids {
            all.push(bench.poll(id).await["output"]["task_status"].as_str().unwrap().to_owned());
        }
        all
    };
    bench.advance(50.0).await;
    assert_eq!(statuses(&bench).await, ["RUNNING", "RUNNING", "PENDING"]);
    bench.advance(70.0).await;
    assert_eq!(statuses(&bench).await, ["SUCCEEDED", "SUCCEEDED", "RUNNING"]);
}

#[tokio::test]
async fn any_id_is_acceptable_and_unknown() {
    let bench = Bench::start().await;
    for (sent, id) in [("no-such-task", "no-such-task"), ("%E7%8C%AB", "猫"), ("a%2Fb", "a/b")] {
        let body = bench.poll(sent).await;
        assert_eq!(body["output"], json!({"task_id": id, "task_status": "UNKNOWN"}));
    }
}

#[tokio::test]
async fn each_marker_ends_a_task_in_its_own_way() {
    let bench = Bench::start().await;
    let timeout = "An internal timeout error has occured during execution, please try again later or contact service support.";
    let output_text = "Output data may contain inappropriate content.";
    let cases = [
        (
            "fail DataInspectionFailed",
            "FAILED",
            "DataInspectionFailed",
            "Input data may contain inappropriate content.",
        ),
        (
            "fail InternalError.Algo#2",
            "FAILED",
            "InternalError.Algo",
            "An internal error has occured during algorithm execution.",
        ),
        ("moderate-output", "FAILED", "DataInspectionFailed", output_text),
        ("timeout-3h", "FAILED", "InternalError.Timeout", timeout),
        ("partial 2", "FAILED", "InternalError.Timeout", timeout),
    ];
    for (marker, status, code, message) in cases {
        let id = bench.task(&format!("猫 [[sim:{marker}]]"), json!({"n": 2})).await;
        bench.advance(3.0 * 3600.0 + 10.0).await;
        let output = bench.poll(&id).await["output"].clone();
        let told = (&output["task_status"], &output["code"], &output["message"]);
        assert_eq!(told, (&json!(status), &json!(code), &json!(message)), "{marker}");
        assert!(output.get("results").is_none());
    }
    for (marker, code, message) in [
        ("partial 1", "InternalError.Timeout", timeout),
        ("moderate-output 1", "DataInspectionFailed", output_text),
    ] {
        let id = bench.task(&format!("猫 [[sim:{marker}]]"), json!({"n": 2})).await;
        bench.advance(60.0).await;
        let body = bench.poll(&id).await;
        assert_eq!(body["output"]["task_status"], "SUCCEEDED");
        assert!(body["output"]["results"][0]["url"].is_string());
        assert_eq!(body["output"]["results"][1], json!({"code": code, "message": message}));
        assert_eq!(body["usage"]["image_count"], 1);
    }
    let lost = bench.task("猫 [[sim:lose]]", json!({})).await;
    assert_eq!(bench.poll(&lost).await["output"]["task_status"], "UNKNOWN");
}

#[tokio::test]
async fn only_a_queued_task_can_be_cancelled() {
    let bench = Bench::start().await;
    let cancel =
        async |id: &str| bench.post(&format!("/api/v1/tasks/{id}/cancel"), String::new()).await.unwrap();
    let id = bench.task("猫 [[sim:pending 60]]", json!({})).await;
    let canceled = cancel(&id).await;
    assert_eq!(canceled.status(), 200);
    assert_eq!(canceled.json::<Value>().await.unwrap().as_object().unwrap().len(), 1, "only the request id");
    assert_eq!(bench.poll(&id).await["output"]["task_status"], "CANCELED");
    let running = bench.task("猫 [[sim:run 600]]", json!({})).await;
    bench.advance(10.0).await;
    for id in [&id, &running, "no-such-task"] {
        let (status, code, message) = refusal(cancel(id).await).await;
        assert_eq!((status, code.as_str()), (400, "UnsupportedOperation"));
        assert!(message.ends_with("please confirm if the task is in PENDING status."));
    }
}

#[tokio::test]
async fn the_list_is_flat_newest_first_and_filtered() {
    let bench = Bench::start().await;
    let first = bench.task("一", json!({})).await;
    bench.advance(60.0).await;
    let second = bench.task("二 [[sim:pending 60]]", json!({})).await;
    let list = async |query: &str| -> Value {
        bench.get(&format!("/api/v1/tasks/{query}")).await.json().await.unwrap()
    };
    let all = list("").await;
    assert_eq!((&all["total"], &all["total_page"], &all["page_no"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!((&all["data"][0]["task_id"], &all["data"][1]["task_id"]), (&json!(second), &json!(first)));
    assert!(all.get("output").is_none());
    assert_eq!(list("?status=PENDING").await["data"][0]["task_id"], second);
    assert_eq!(list("?page_size=1&page_no=2").await["data"][0]["task_id"], first);
    let (status, code, _) = refusal(bench.get("/api/v1/tasks/?start_time=x").await).await;
    assert_eq!((status, code.as_str()), (400, "InvalidParameter"));
}

#[tokio::test]
async fn tasks_need_the_key_and_keep_to_their_own_rates() {
    let bench = Bench::start().await;
    for path in ["/api/v1/tasks/x", "/api/v1/tasks/"] {
        let answer = refusal(bench.client().get(bench.url(path)).send().await.unwrap()).await;
        assert_eq!((answer.0, answer.2.as_str()), (401, "No API-key provided."));
    }
    bench.control("settings", &json!({"rates": {"task.get": 0}})).await;
    assert_eq!(refusal(bench.get("/api/v1/tasks/x").await).await.0, 429);
    assert_eq!(bench.get("/api/v1/tasks/").await.status(), 200);
    assert_eq!(bench.create(&wan("猫", json!({}))).await.status(), 200);
}
