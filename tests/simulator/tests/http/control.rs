//! The control surface, and the binary's own behaviour.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use studio_simulator::Options;

use crate::support::{Bench, wan};

async fn get(bench: &Bench, what: &str) -> Value {
    bench.client().get(bench.url(&format!("/_simulator/{what}"))).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn what_is_misspelt_is_refused_aloud() {
    let bench = Bench::start().await;
    let cases = [
        ("faults", json!({"endpoint": "image.creat", "fault": {"html": 502}})),
        ("faults", json!({"endpoint": "*", "fault": {"explode": true}})),
        ("faults", json!({"endpoint": "*", "when": {"promptcontains": "x"}, "fault": {"html": 502}})),
        ("faults", json!({"endpoint": "*", "time": 2, "fault": {"html": 502}})),
        ("clock", json!({"advance": 1})),
        ("clock", json!({"advance_s": -1})),
        ("settings", json!({"qwen_1140": "maybe"})),
        ("settings", json!({"rates": {"image.create": -1}})),
    ];
    for (what, body) in cases {
        let request = bench.client().post(bench.url(&format!("/_simulator/{what}"))).body(body.to_string());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 400, "{what} {body}");
        assert!(response.json::<Value>().await.unwrap()["error"].is_string());
    }
    assert_eq!(get(&bench, "faults").await, json!({"faults": []}));
}

#[tokio::test]
async fn faults_are_listed_and_cleared() {
    let bench = Bench::start().await;
    bench.plant(json!({"endpoint": "*", "times": 3, "fault": {"delay_ms": 1}})).await;
    let listed = get(&bench, "faults").await;
    let expected = json!({"endpoint": "*", "when": {}, "times": 3, "skip": 0, "fault": {"delay_ms": 1}});
    assert_eq!(listed["faults"], json!([expected]));
    bench.client().delete(bench.url("/_simulator/faults")).send().await.unwrap();
    assert_eq!(get(&bench, "faults").await["faults"], json!([]));
}

#[tokio::test]
async fn the_simulated_clock_is_scaled_and_moved_but_not_the_real_one() {
    let bench = Bench::with(Options { clock_scale: 1000.0, ..Options::default() }).await;
    let before = get(&bench, "clock").await;
    assert_eq!((&before["scale"], &before["advanced_s"]), (&json!(1000.0), &json!(0.0)));
    let after = bench.control("clock", &json!({"advance_s": 86_400.5})).await;
    assert_eq!(after["advanced_s"], 86_400.5);
    let passed = |name: &str| after[name].as_u64().unwrap() - before[name].as_u64().unwrap();
    assert!(passed("now_ms") >= 86_400_500 + 1000 * passed("real_ms").saturating_sub(1));
    assert!(passed("real_ms") < 60_000);
}

#[tokio::test]
async fn a_reset_forgets_everything_but_the_settings() {
    let bench = Bench::start().await;
    let id = bench.task("猫", json!({})).await;
    bench.control("settings", &json!({"running_cap": 5})).await;
    bench.plant(json!({"endpoint": "*", "times": 0, "fault": {"html": 502}})).await;
    bench.advance(1e6).await;
    bench.control("reset", &json!({})).await;
    assert_eq!(bench.poll(&id).await["output"]["task_status"], "UNKNOWN");
    let figures = bench.figures().await;
    assert_eq!(
        (&figures["creations"], &figures["requests"]["image.create"]["total"]),
        (&json!([]), &json!(0))
    );
    assert_eq!(get(&bench, "clock").await["advanced_s"], 0.0);
    assert_eq!(get(&bench, "settings").await["running_cap"], 5);
    bench.client().delete(bench.url("/_simulator/settings")).send().await.unwrap();
    let defaults = get(&bench, "settings").await;
    assert_eq!((&defaults["running_cap"], &defaults["rates"]["image.create"]), (&json!(2), &json!(2)));
}

#[tokio::test]
async fn the_busiest_second_is_told() {
    let bench = Bench::start().await;
    for _ in 0..3 {
        bench.create(&wan("猫", json!({}))).await;
    }
    let figures = bench.figures().await;
    assert_eq!(figures["requests"]["image.create"], json!({"total": 3, "by_status": {"200": 3}}));
    let peak = figures["peak_per_second"]["image.create"].as_u64().unwrap();
    assert!((1..=3).contains(&peak));
    assert_eq!(figures["peak_per_second_by_model"]["wan2.2-t2i-flash"], peak);
}

#[test]
fn the_binary_says_one_line_serves_its_key_and_ends_when_told_to() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_studio-simulator"))
        .args(["--api-key", "sk-mine", "--clock-scale", "60", "--region", "ap-southeast-1"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let origin = line.trim_end().strip_prefix("studio-simulator listening on ").unwrap().to_owned();
    assert!(origin.starts_with("http://127.0.0.1:"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let statuses = runtime.block_on(async {
        let client = reqwest::Client::new();
        let poll = |key| client.get(format!("{origin}/api/v1/tasks/x")).bearer_auth(key).send();
        [
            poll("sk-mine").await.unwrap().status().as_u16(),
            poll("sk-simulator").await.unwrap().status().as_u16(),
        ]
    });
    assert_eq!(statuses, [200, 401]);
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "exactly one line");
}
