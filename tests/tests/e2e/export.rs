//! Data of one's own: out of one studio and into another, with everything equal.

use serde_json::{Value, json};
use studio_shared::export::{Export, FORMAT, Imported};
use studio_shared::job::{Job, State};
use studio_shared::route::Path;
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::recording::wav;
use studio_tests::wait::until;
use studio_tests::{Answer, Client, Setup, Studio, picture, text, unique};

tests![
    everything_is_the_same_in_another_studio,
    pages_follow_one_another_without_gap,
    what_was_not_exported_is_not_taken_in,
    bytes_that_are_not_what_was_exported_are_refused,
];

/// All pages of a member's data.
async fn export(client: &Client) -> Vec<Value> {
    let (mut pages, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(format!("{}?cursor={cursor}", Path::Export)).await.with(200).json();
        let next = page["next"].as_str().map(str::to_owned);
        pages.push(page);
        match next {
            Some(next) => cursor = next,
            None => return pages,
        }
    }
}

/// Everything in the pages together.
fn all(pages: &[Value]) -> Export {
    let mut all = Export::default();
    for page in pages {
        let page: Export = serde_json::from_value(page.clone()).unwrap();
        assert_eq!(page.format, FORMAT);
        all.settings = all.settings.or(page.settings);
        all.conversations.extend(page.conversations);
        all.batches.extend(page.batches);
        all.jobs.extend(page.jobs);
    }
    all
}

async fn import(client: &Client, page: &Value) -> Imported {
    serde_json::from_value(client.post(Path::Import, page).await.with(200).json()).unwrap()
}

async fn put(client: &Client, job: &str, n: u32, media_type: &str, bytes: Vec<u8>) -> Answer {
    let request = client.request("PUT", Path::ImportOutput(job, n)).header("content-type", media_type);
    send(request.body(bytes)).await
}

async fn ended(client: &Client, id: &str) -> Job {
    until("its end", async || {
        Some(client.get(Path::Job(id)).await.with(200).job()).filter(|job| job.state.is_final())
    })
    .await
}

async fn everything_is_the_same_in_another_studio() {
    let (here, there) =
        (Studio::start(Setup::default()).await, Studio::start(Setup { vars: &[], ..Setup::default() }).await);
    // Some of everything: results of each kind, an answer, a branch, a failure, a batch, a setting.
    let file = here.uploaded("a.wav", wav(2_000, 4)).await;
    let requests = [
        with(picture(&unique("搬家")), &json!({"n": 2})),
        picture(&unique("[[sim:fail DataInspectionFailed]] 不行")),
        json!({"model": "paraformer-v2", "file": file.id}),
        json!({"model": "qwen3-tts-flash", "text": unique("搬家")}),
        text(&format!("[[sim:say {}]] {}", "长".repeat(400), unique("单独"))),
    ];
    for request in &requests {
        here.run(request).await;
    }
    let turn = |say: &str| text(&format!("[[sim:say {say}]] {}", unique("对话")));
    let first = here.ask(&turn("甲")).await.job().clone();
    for say in ["乙", "丙"] {
        let place = json!({"conversation": first.conversation, "after": first.id});
        assert_eq!(here.ask(&with(turn(say), &place)).await.job().state, State::Done);
    }
    let task = |n: u32| json!({"model": "qwen-turbo", "prompt": unique(&format!("[[sim:say 批]] 第 {n}"))});
    let batch = here.owner.submit_batch(&json!({"text_tasks": [task(0), task(1)]})).await;
    here.owner.batch_ended(&batch.id).await;
    let _ = here.retain(&json!({"retention_days": 400})).await.with(200);

    let pages = export(&here.owner).await;
    let exported = all(&pages);
    assert_eq!((exported.jobs.len(), exported.conversations.len(), exported.batches.len()), (10, 1, 1));
    let mut sent = 0;
    for page in &pages {
        let imported = import(&there.owner, page).await;
        assert_eq!((imported.known, imported.unfinished), (0, 0));
        for missing in imported.missing {
            let bytes = here.output(&missing.job, missing.n).await.with(200);
            there.output(&missing.job, missing.n).await.refused(410, "ResultExpired");
            let media_type = bytes.header("content-type").to_owned();
            let _ =
                put(&there.owner, &missing.job, missing.n, &media_type, bytes.bytes.clone()).await.with(204);
            assert_eq!(there.output(&missing.job, missing.n).await.with(200).bytes, bytes.bytes);
            sent += 1;
        }
    }
    println!("{} jobs and {sent} results in {} pages", exported.jobs.len(), pages.len());
    assert_eq!(sent, 4);
    let again = all(&export(&there.owner).await);
    for (job, original) in again.jobs.iter().zip(&exported.jobs) {
        assert_eq!(job, original);
    }
    assert_eq!(again, exported);

    // A page that comes again changes nothing, and what it cost is history.
    let imported = import(&there.owner, &pages[0]).await;
    assert_eq!((imported.added, imported.known, imported.missing.len()), (0, 12, 0));
    assert_eq!(all(&export(&there.owner).await), exported);
    let budget = there.owner.get("/api/budget").await.with(200).json();
    assert_eq!(budget["member"]["day"]["spent"], "0.00", "{budget}");
    assert_eq!(there.owner.get("/api/usage").await.with(200).json()["rows"], json!([]));
    let storage = there.storage().await;
    assert_eq!((storage.files, (storage.bytes, storage.files)), (4, there.in_bucket()));
    assert_eq!(storage.retention_days, Some(400));
    // They are jobs like any other: a conversation goes on, a picture is made again and billed.
    let place = json!({"conversation": first.conversation, "after": first.id});
    assert_eq!(there.ask(&with(turn("丁"), &place)).await.job().state, State::Done);
    let failed = exported.jobs.iter().find(|job| job.state == State::Failed).unwrap();
    let _ = there.owner.post(Path::Retry(&failed.id), &json!({})).await.with(200);
    assert_eq!(there.ended(&failed.id).await.state, State::Failed);
}

async fn pages_follow_one_another_without_gap() {
    let studio = Studio::shared().await;
    let (from, to) = (studio.member("export-many"), studio.member("import-many"));
    let tasks: Vec<Value> = (0..120)
        .map(|n| json!({"model": "qwen-turbo", "prompt": unique(&format!("[[sim:say 好]] {n}"))}))
        .collect();
    let batch = from.submit_batch(&json!({ "text_tasks": tasks })).await;
    let batch = from.batch_ended(&batch.id).await;
    let pages = export(&from).await;
    assert_eq!(pages.len(), 2);
    let exported = all(&pages);
    let ids: Vec<&String> = exported.jobs.iter().map(|job| &job.id).collect();
    assert!(ids.is_sorted() && ids.len() == 120);
    // Entries before their batch are refused, and nothing of them is written.
    let reply = to.post(Path::Import, &pages[1]).await.refused(404, "NotFound");
    assert_eq!(reply.error.field.as_deref(), Some("jobs[0].batch"));
    assert!(all(&export(&to).await).jobs.is_empty());
    for page in &pages {
        import(&to, page).await;
    }
    assert_eq!(all(&export(&to).await), exported);
    assert_eq!(to.batch(&batch.id).await, batch);
    for (query, field) in [("cursor=x", "cursor"), ("limit=5", "limit")] {
        let reply = from.get(format!("{}?{query}", Path::Export)).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field));
    }
    studio.nobody.get(Path::Export).await.refused(401, "NotLoggedIn");
}

async fn what_was_not_exported_is_not_taken_in() {
    let studio = Studio::shared().await;
    let (from, to) = (studio.member("export-hostile"), studio.member("import-hostile"));
    let job =
        from.post("/api/jobs", &text(&format!("[[sim:say 好]] {}", unique("原样")))).await.with(202).job();
    ended(&from, &job.id).await;
    let page = export(&from).await.remove(0);
    let changed = |path: &str, value: Value| {
        let mut page = page.clone();
        *page.pointer_mut(path).expect("a field of the page") = value;
        page
    };
    for (path, value, field) in [
        ("/format", json!("else"), "format"),
        ("/jobs/0/id", json!("../../etc"), "jobs[0].id"),
        ("/jobs/0/id", json!("0198a5b2-0000-7000-8000-000000000000"), "jobs[0].id"),
        ("/jobs/0/request/max_tokens", json!(99_999_999), "jobs[0].request.max_tokens"),
        ("/jobs/0/request/model", json!("no-such-model"), "jobs[0].request.model"),
        ("/jobs/0/cost/actual", json!("-5"), "jobs[0].cost.actual"),
        ("/jobs/0/outputs", json!([{"n": 7}]), "jobs[0].outputs"),
        ("/jobs/0/created_at", json!("2999-01-01T00:00:00Z"), "jobs[0].id"),
        ("/jobs/0/state", json!("finished"), "jobs[0]"),
        ("/settings/retention_days", json!(0), "settings.retention_days"),
        ("/jobs", json!({}), "jobs"),
    ] {
        let reply = to.post(Path::Import, &changed(path, value)).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{path}");
    }
    let unfinished = import(&to, &changed("/jobs/0/state", json!("running"))).await;
    assert_eq!((unfinished.unfinished, unfinished.added), (1, 0));
    assert!(all(&export(&to).await).jobs.is_empty(), "nothing of all that");
    let twice = page.to_string().replacen("{", "{\"format\":\"x\",", 1);
    let request = to.request("POST", Path::Import).header("content-type", "application/json").body(twice);
    send(request).await.refused(400, "InvalidParameter");
    assert_eq!(import(&to, &page).await.added, 1);
}

async fn bytes_that_are_not_what_was_exported_are_refused() {
    let studio = Studio::shared().await;
    let (from, to) = (studio.member("export-bytes"), studio.member("import-bytes"));
    let job = from.post("/api/jobs", &picture(&unique("字节"))).await.with(202).job();
    let job = ended(&from, &job.id).await;
    let bytes = from.get(Path::Output(&job.id, 0)).await.with(200).bytes;
    let mut page = export(&from).await.remove(0);
    assert_eq!(import(&to, &page).await.missing.len(), 1);

    let short = put(&to, &job.id, 0, "image/png", bytes[1..].to_vec()).await.refused(400, "InvalidParameter");
    assert_eq!(short.error.field.as_deref(), Some("content-length"));
    let other = put(&to, &job.id, 0, "text/html", bytes.clone()).await.refused(400, "InvalidParameter");
    assert_eq!(other.error.field.as_deref(), Some("content-type"));
    for (id, n) in [(job.id.as_str(), 1), ("0198a5b2-0000-7000-8000-000000000000", 0)] {
        put(&to, id, n, "image/png", bytes.clone()).await.refused(404, "NotFound");
    }
    // What was made here is nobody's to replace.
    let _ = put(&from, &job.id, 0, "image/png", vec![0; bytes.len()]).await.with(204);
    assert_eq!(from.get(Path::Output(&job.id, 0)).await.with(200).bytes, bytes);
    to.get(Path::Output(&job.id, 0)).await.refused(410, "ResultExpired");
    let _ = put(&to, &job.id, 0, "image/png", bytes.clone()).await.with(204);
    assert_eq!(to.get(Path::Output(&job.id, 0)).await.with(200).bytes, bytes);
    assert_eq!(to.get(Path::Job(&job.id)).await.with(200).job(), job);

    // A type that a browser could run is taken by no name.
    page["jobs"][0]["outputs"][0]["type"] = json!("text/html");
    let third = studio.member("import-html");
    assert_eq!(import(&third, &page).await.missing.len(), 1);
    put(&third, &job.id, 0, "text/html", bytes).await.refused(400, "InvalidParameter");
}
