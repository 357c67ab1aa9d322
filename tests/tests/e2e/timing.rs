//! Time tells nothing either: to ask for what is another's takes as long as to ask for what nobody has. Compared are ranks, of
//! calls that were made in turns, so that a busy machine slows both alike; no limit is set to how long a call may take.

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use studio_tests::client::send;
use studio_tests::recording::wav;
use studio_tests::{Client, Setup, Studio, picture, text, unique};

tests![
    two_milliseconds_are_told_apart,
    what_is_anothers_takes_as_long_as_what_is_nobodys,
    a_revoked_share_takes_as_long_as_one_that_never_was,
];

/// Calls of each sort.
const ROUNDS: usize = 100;

/// Of all pairs, one of each sort, so many may have the first one slower. With a hundred of each it is half, give or take
/// four hundredths: chance alone does not lead out of this.
const ALIKE: RangeInclusive<f64> = 0.3..=0.7;

const UNKNOWN: &str = "0198c0de-0000-7000-8000-000000000000";

/// The share of pairs in which the first took longer.
fn slower(first: &[Duration], second: &[Duration]) -> f64 {
    let pairs = first.iter().flat_map(|one| second.iter().map(move |other| one.cmp(other)));
    let (mut longer, mut all) = (0_u32, 0_u32);
    for order in pairs {
        longer += match order {
            std::cmp::Ordering::Greater => 2,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Less => 0,
        };
        all += 2;
    }
    f64::from(longer) / f64::from(all)
}

async fn took(client: &Client, method: &str, path: &str, body: &Value) -> Duration {
    let request = client.request(method, path);
    let request = if body.is_null() { request } else { request.json(body) };
    let begun = Instant::now();
    let answer = send(request).await;
    let took = begun.elapsed();
    assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
    took
}

fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Asks for both in turns; how they compare, once neither is new to the worker.
async fn compare(client: &Client, method: &str, template: &str, [real, none]: [&str; 2], body: &Value) {
    let paths = [template.replace("{}", real), template.replace("{}", none)];
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for turn in 0..2 {
            let which = (round + turn) % 2;
            let time = took(client, method, &paths[which], body).await;
            if round > 0 {
                times[which].push(time);
            }
        }
    }
    let [real, none] = &times;
    let later: Vec<Duration> = real.iter().map(|time| *time + Duration::from_millis(2)).collect();
    let (share, with_more) = (slower(real, none), slower(&later, none));
    println!(
        "{method} {template}: {:.1} ms and {:.1} ms, slower in {share:.2} of pairs; with 2 ms more in {with_more:.2}",
        median(real),
        median(none)
    );
    assert!(ALIKE.contains(&share), "{method} {template}: {share:.2} of {real:?} {none:?}");
}

async fn two_milliseconds_are_told_apart() {
    let times =
        |first: u64| (0..100).map(|n| Duration::from_micros(first + n * 37 % 1500)).collect::<Vec<_>>();
    assert!(ALIKE.contains(&slower(&times(5000), &times(5000))));
    assert!(ALIKE.contains(&slower(&times(5100), &times(5000))));
    assert!(!ALIKE.contains(&slower(&times(7000), &times(5000))));
    assert!(!ALIKE.contains(&slower(&times(5000), &times(7000))));
}

async fn what_is_anothers_takes_as_long_as_what_is_nobodys() {
    let studio = Studio::start(Setup::default()).await;
    let (neighbour, stranger) = (studio.member("有东西的人"), studio.member("好奇的人"));
    let job = neighbour.post("/api/jobs", &picture(&unique("时间"))).await.with(202).job().id;
    let say = neighbour.request("POST", "/api/text").header("accept", "application/json");
    let turn = send(say.json(&text(&unique("时间")))).await.with(200).job();
    let upload = neighbour.request("POST", "/api/files?name=mine.wav").header("content-type", "audio/wav");
    let file = send(upload.body(wav(300, 3))).await.with(201).json()["id"].as_str().unwrap().to_owned();
    let entry = json!({"model": "wan2.2-t2i-flash", "prompt": unique("时间")});
    let batch = neighbour.submit_batch(&json!({ "image_tasks": [entry] })).await.id;
    let code = neighbour.post("/api/codes", &json!({"name": "我的"})).await.with(201).issued().code.id;
    neighbour.batch_ended(&batch).await;
    studio.all_ended(&neighbour).await;
    let share = neighbour.share(&json!({"items": [{"job": job}]})).await.id;
    let conversation = turn.conversation.unwrap();
    let (none, empty) = (Value::Null, json!({}));
    for (method, template, id, body) in [
        ("GET", "/api/jobs/{}", &job, &none),
        ("POST", "/api/jobs/{}/cancel", &job, &empty),
        ("GET", "/api/jobs/{}/outputs/0", &job, &none),
        ("GET", "/api/text/{}/events", &turn.id, &none),
        ("GET", "/api/conversations/{}", &conversation, &none),
        ("PATCH", "/api/conversations/{}", &conversation, &json!({"title": "偷"})),
        ("GET", "/api/files/{}", &file, &none),
        ("GET", "/api/batches/{}", &batch, &none),
        ("POST", "/api/batches/{}/pause", &batch, &empty),
        ("PATCH", "/api/codes/{}", &code, &json!({"name": "偷"})),
        ("POST", "/api/codes/{}/rotate", &code, &empty),
        ("PUT", "/api/import/{}/outputs/0", &job, &empty),
    ] {
        compare(&stranger, method, template, [id, UNKNOWN], body).await;
    }
    let unknown = "0123456789abcdef0123456789abcdef";
    compare(&stranger, "PATCH", "/api/shares/{}", [&share, unknown], &json!({"title": "偷"})).await;
    compare(&stranger, "DELETE", "/api/shares/{}", [&share, unknown], &none).await;
}

async fn a_revoked_share_takes_as_long_as_one_that_never_was() {
    let studio = Studio::start(Setup::default()).await;
    let job = studio.run(&text(&unique("时间"))).await;
    let share = studio.owner.share(&json!({"items": [{"job": job.id}], "password": "芝麻开门"})).await.id;
    let _ = studio.open_with(&share, "芝麻开门").await.with(200);
    let _ = studio.owner.delete(format!("/api/shares/{share}")).await.with(204);
    let ids = [share.as_str(), "0123456789abcdef0123456789abcdef"];
    let (none, password) = (Value::Null, json!({"password": "芝麻开门"}));
    for (method, template, body) in [
        ("GET", "/api/shares/{}", &none),
        ("POST", "/api/shares/{}/open", &password),
        ("GET", "/api/shares/{}/outputs/0?view=1.x", &none),
        ("GET", "/api/shares/{}/preview", &none),
        ("GET", "/s/{}", &none),
    ] {
        compare(&studio.nobody, method, template, ids, body).await;
    }
}
