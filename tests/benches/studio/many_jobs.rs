//! A member with 100,000 jobs beside one with 100, in one studio: the same questions to both, in turn.

use std::time::{Duration, Instant};

use serde_json::json;
use studio_shared::batch::Batch;
use studio_tests::{Client, Setup, Studio, unique};

/// Batches of 2,000 lines each.
const BATCHES: usize = 50;

/// Each question is asked so often of each; the median counts.
const TRIES: usize = 15;

/// Writes the jobs down, then asks.
pub(crate) async fn run() {
    let studio = Studio::start(Setup::default()).await;
    let (few, many) = (studio.member("few"), studio.member("many"));
    let start = Instant::now();
    let mut batches = Vec::new();
    for n in 0..BATCHES {
        // Half of them stay, paused; the others have ended.
        batches.push(submitted(&many, 2000, if n % 2 == 0 { "pause" } else { "cancel" }).await);
    }
    println!("{} jobs written down in {:.1?}", BATCHES * 2000, start.elapsed());
    let small = submitted(&few, 100, "pause").await;
    let (few_asked, many_asked) = (questions(&few, &small).await, questions(&many, &batches[0]).await);
    println!("{:>20}  {:>12}  {:>12}  ratio", "median of a question", "100 jobs", "100,000 jobs");
    for ((name, of_few), (_, of_many)) in few_asked.iter().zip(&many_asked) {
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        for _ in 0..TRIES {
            quick.push(timed(few.get(of_few), 200).await);
            slow.push(timed(many.get(of_many), 200).await);
        }
        print(name, quick, slow);
    }
    let (mut quick, mut slow) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        quick.push(timed(few.post("/api/jobs", &job()), 202).await);
        slow.push(timed(many.post("/api/jobs", &job()), 202).await);
    }
    print("submitting a job", quick, slow);
}

fn job() -> serde_json::Value {
    studio_tests::order::with(studio_tests::text("a"), &json!({"prompt": unique("快")}))
}

async fn submitted(member: &Client, entries: usize, then: &str) -> Batch {
    let settings = form_urlencoded::byte_serialize(br#"{"model":"qwen-turbo"}"#).collect::<String>();
    let lines: String = (0..entries).map(|n| format!("第 {n} 行\n")).collect();
    let batch =
        member.send_batch(&format!("settings={settings}"), "text/plain", lines).await.with(202).batch();
    let _ = member.act(&batch.id, then).await.with(200);
    batch
}

/// What is asked, by name. `batch` is the first one.
async fn questions(member: &Client, batch: &Batch) -> Vec<(&'static str, String)> {
    let oldest = member.page_of_jobs(&format!("batch={}&limit=31", batch.id)).await.items.pop().unwrap().id;
    let job = member.page_of_jobs("").await.items.remove(0).id;
    vec![
        ("first page", "/api/jobs".to_owned()),
        ("last page", format!("/api/jobs?cursor={oldest}")),
        ("done", "/api/jobs?state=done".to_owned()),
        ("failed", "/api/jobs?state=failed".to_owned()),
        ("running", "/api/jobs?state=running".to_owned()),
        ("queued", "/api/jobs?state=queued".to_owned()),
        ("speech", "/api/jobs?kind=speech".to_owned()),
        ("a model", "/api/jobs?model=qwen-max".to_owned()),
        ("a span of time", "/api/jobs?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z".to_owned()),
        ("entries of a batch", format!("/api/jobs?batch={}", batch.id)),
        ("its failed ones", format!("/api/jobs?batch={}&state=failed", batch.id)),
        ("a job", format!("/api/jobs/{job}")),
        ("a batch", format!("/api/batches/{}", batch.id)),
        ("batches", "/api/batches?limit=100".to_owned()),
    ]
}

async fn timed(asked: impl Future<Output = studio_tests::client::Answer>, status: u16) -> Duration {
    let start = Instant::now();
    let _ = asked.await.with(status);
    start.elapsed()
}

fn print(name: &str, mut few: Vec<Duration>, mut many: Vec<Duration>) {
    few.sort_unstable();
    many.sort_unstable();
    let (few, many) = (few[TRIES / 2], many[TRIES / 2]);
    println!("{name:>20}  {few:>12.2?}  {many:>12.2?}  {:.2}", many.as_secs_f64() / few.as_secs_f64());
}
