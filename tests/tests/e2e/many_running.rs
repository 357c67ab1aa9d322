//! Many running tasks are asked about in few calls, and never in more than the vendor allows.

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::job::State;
use studio_tests::{Setup, Studio, unique};

tests![many_running_tasks_are_asked_about_by_the_list];

/// Tasks at once.
const MANY: usize = 30;

async fn many_running_tasks_are_asked_about_by_the_list() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"running_cap": 100, "rates": {"asr.create": 9999}})).await;
    let jobs = join_all((0..MANY).map(async |_| {
        let number = unique("").replace(|c: char| !c.is_ascii_digit(), "");
        // 18 s of work, at the hundredfold clock.
        let url = format!("https://example.com/many-{number}.mp3?%5B%5Bsim:run%201800%5D%5D");
        studio.submit(&json!({"kind": "transcription", "model": "paraformer-v2", "url": url})).await
    }))
    .await;
    for job in &jobs {
        assert_eq!(studio.ended(&job.id).await.state, State::Done);
    }
    let figures = studio.vendor.figures().await;
    let total = |endpoint: &str| figures["requests"][endpoint]["total"].as_u64().unwrap_or(0);
    let (polls, lists) = (total("task.get"), total("task.list"));
    println!("{MANY} tasks of 18 s: {polls} polls and {lists} looks at the list");
    // Polled one by one each is asked after 1, 2.5, 4.5, 7.5, 12.5 and 20.5 s: 180 polls.
    assert!(polls + lists <= 80, "{polls} polls and {lists} looks at the list");
    assert!(lists >= 1, "the list was not asked");
    for endpoint in ["task.get", "task.list"] {
        let peak = figures["peak_per_second"][endpoint].as_u64().unwrap_or(0);
        assert!(peak <= 20, "{endpoint}: {peak} in a second");
    }
}
