//! Batches: what is taken, how it runs, what can be done to one entry. Each test is a member of its own.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use studio_shared::batch::{Batch, BatchState};
use studio_shared::event::LiveEvent;
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_tests::client::send;
use studio_tests::jobs::error;
use studio_tests::live::Socket;
use studio_tests::{Client, Studio, unique};

tests![
    the_references_file_runs,
    one_batch_holds_all_five_kinds,
    lines_and_csv_share_their_settings,
    a_page_sees_it_move_at_most_once_a_second_and_to_its_end,
    a_batch_with_a_mistake_is_refused_with_all_of_them_and_nothing_is_written,
    an_entry_that_failed_is_edited_and_tried_again,
    all_that_failed_is_tried_again_at_once,
    what_its_state_does_not_allow_is_refused_in_words,
    it_is_deleted_with_its_jobs_once_it_has_ended,
    batches_are_listed_newest_first_page_by_page,
];

/// A file with so many text entries, each with a prompt of its own.
pub(crate) fn texts(count: usize) -> (Vec<String>, Value) {
    let prompts: Vec<String> = (0..count).map(|_| unique("批量")).collect();
    let tasks: Vec<Value> =
        prompts.iter().map(|prompt| json!({"model": "qwen-turbo", "prompt": prompt})).collect();
    (prompts, json!({ "text_tasks": tasks }))
}

fn spent(entries: &[Job]) -> Money {
    entries.iter().filter_map(|job| job.cost.actual).fold(Money::ZERO, Money::plus)
}

/// That the entries are those of the batch, in its order.
pub(crate) fn in_order(batch: &Batch, entries: &[Job]) {
    let places = entries.iter().map(|job| job.batch.clone().unwrap());
    assert!(places.clone().all(|place| place.id == batch.id));
    let total = usize::try_from(batch.counts.total).unwrap();
    assert!(places.map(|place| place.n as usize).eq(0..total), "{} of {total} entries", entries.len());
}

async fn the_references_file_runs() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-reference");
    let [city, copy, dawn] = ["未来科技城市", "生成产品文案", "日出延时摄影"].map(unique);
    let file = json!({
        "image_tasks": [{"model": "wan2.2-t2i-flash", "prompt": city, "size": "1440*810", "n": 2}],
        "text_tasks": [{"model": "qwen-turbo", "prompt": copy}],
        "video_tasks": [{"model": "wan2.1-t2v-plus", "prompt": dawn, "duration": 10}],
    });
    let batch = member.submit_batch(&file).await;
    assert_eq!(
        (batch.state, batch.counts.total, batch.name.as_str()),
        (BatchState::Running, 3, city.as_str())
    );
    let kinds: Vec<_> = batch.kinds.iter().map(|kind| (kind.kind, kind.count)).collect();
    assert_eq!(kinds, [(Kind::Image, 1), (Kind::Text, 1), (Kind::Video, 1)]);
    assert!(batch.eta_ms.is_some() && batch.price.high > batch.price.low, "{batch:?}");

    let done = member.batch_ended(&batch.id).await;
    assert_eq!((done.state, done.counts.done, done.eta_ms, &done.error), (BatchState::Done, 3, None, &None));
    let entries = member.entries(&batch.id, "").await;
    in_order(&done, &entries);
    let outputs: Vec<_> = entries.iter().map(|job| (job.kind, job.state, job.outputs.len())).collect();
    assert_eq!(
        outputs,
        [(Kind::Image, State::Done, 2), (Kind::Text, State::Done, 0), (Kind::Video, State::Done, 1)]
    );
    assert!(!entries[1].text.as_ref().unwrap().text.is_empty() && entries[1].conversation.is_none());
    assert_eq!(done.spent, spent(&entries));
    assert!(done.spent > Money::ZERO && done.spent <= done.price.high.unwrap(), "{done:?}");
    for prompt in [city, copy, dawn] {
        studio.vendor.settled(&prompt, 1).await;
    }
}

async fn one_batch_holds_all_five_kinds() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-five");
    let upload = member.request("POST", "/api/files?name=talk.wav").header("content-type", "audio/wav");
    let file = send(upload.body(studio_tests::recording::wav(1500, 40))).await.with(201).json();
    let [picture, words, film, said] = ["五种", "五种", "五种", "五种"].map(unique);
    let url = format!("https://example.com/five-{}.mp3", film.len());
    let batch = json!({
        "image_tasks": [{"model": "wan2.2-t2i-flash", "prompt": picture, "size": "512*512"}],
        "text_tasks": [{"model": "qwen-turbo", "prompt": words}],
        "video_tasks": [{"model": "wan2.1-t2v-turbo", "prompt": film}],
        "speech_tasks": [{"model": "sambert-zhichu-v1", "text": said}],
        "transcription_tasks": [{"model": "paraformer-v2", "url": url},
            {"model": "paraformer-v2", "file": file["id"]}],
    });
    let batch = member.submit_batch(&batch).await;
    let done = member.batch_ended(&batch.id).await;
    let entries = member.entries(&batch.id, "").await;
    assert_eq!((done.counts.done, done.kinds.len()), (6, 5), "{entries:?}");
    in_order(&done, &entries);
    assert_eq!(done.spent, spent(&entries));
    let speech = member.entries(&batch.id, "kind=speech&state=done").await;
    assert_eq!(speech.iter().map(|job| job.batch.as_ref().unwrap().n).collect::<Vec<_>>(), [1]); // in the order of the file
    // A handle that is not there is a problem of its entry, with its place.
    let wrong = json!({"transcription_tasks": [{"model": "paraformer-v2", "file": "0198-none"}]});
    let refused = member.send_batch("", "application/json", wrong.to_string()).await;
    let refused = refused.refused(400, "InvalidParameter");
    assert_eq!(refused.error.problems[0].field, "transcription_tasks[0].file");
}

async fn lines_and_csv_share_their_settings() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-lines");
    let [one, two] = ["一行", "另一行"].map(unique);
    let settings = form_urlencoded::byte_serialize(br#"{"model":"qwen-turbo","max_tokens":30}"#);
    let query = format!("name=two%20lines&settings={}", settings.collect::<String>());
    let batch = member.send_batch(&query, "text/plain", format!("{one}\r\n{two}\n")).await.with(202).batch();
    assert_eq!((batch.name.as_str(), batch.counts.total), ("two lines", 2));
    let csv = format!("model,prompt,max_tokens\nqwen-plus,\"{one}, 表格\",\nqwen-turbo,{two} 表格,40\n");
    let table = member.send_batch("", "text/csv; charset=utf-8", csv).await.with(202).batch();
    for (batch, models) in [(&batch, ["qwen-turbo", "qwen-turbo"]), (&table, ["qwen-plus", "qwen-turbo"])] {
        let done = member.batch_ended(&batch.id).await;
        assert_eq!(done.counts.done, 2);
        let entries = member.entries(&batch.id, "").await;
        assert_eq!(entries.iter().map(|job| job.request.model()).collect::<Vec<_>>(), models);
        assert!(
            entries[0].request.prompt().starts_with(&one) && entries[1].request.prompt().starts_with(&two)
        );
    }
}

async fn a_page_sees_it_move_at_most_once_a_second_and_to_its_end() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-socket");
    let (_, other) = texts(1);
    member.batch_ended(&member.submit_batch(&other).await.id).await;
    let mut socket = Socket::of(&member).await;
    let (_, file) = texts(40);
    let batch = member.submit_batch(&file).await;
    let mut told: Vec<(Instant, Batch)> = Vec::new();
    while told.last().is_none_or(|(_, batch)| batch.state != BatchState::Done) {
        if let LiveEvent::Batch { batch: news } = socket.event().await
            && news.id == batch.id
        {
            told.push((Instant::now(), *news));
        }
    }
    let ended: Vec<u32> = told.iter().map(|(_, batch)| batch.counts.ended()).collect();
    println!("told {} times, with so many ended: {ended:?}", told.len());
    assert!(told.len() >= 3 && ended.is_sorted() && ended.last() == Some(&40));
    // The socket itself may blur the moments.
    let close = told.windows(2).filter(|pair| pair[1].0 - pair[0].0 < Duration::from_millis(700)).count();
    assert!(close <= 1, "{close} of {} came too soon", told.len());
}

async fn a_batch_with_a_mistake_is_refused_with_all_of_them_and_nothing_is_written() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-mistakes");
    let right = unique("没有错");
    let file = json!({
        "image_tasks": [{"model": "wan2.2-t2i-flash", "prompt": right},
            {"model": "wan2.2-t2i-flash", "prompt": "a", "size": "100*100", "n": 9}],
        "text_tasks": [{"model": "wan2.2-t2i-flash", "prompt": "a"}],
        "poems": [],
    });
    let key = unique("key").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let request = member.request("POST", "/api/batches").header("idempotency-key", &key);
    let refused = send(request.json(&file)).await.refused(400, "InvalidParameter");
    let fields: Vec<&str> = refused.error.problems.iter().map(|problem| problem.field.as_str()).collect();
    println!("{fields:?}");
    for field in ["image_tasks[1].size", "image_tasks[1].n"] {
        assert!(fields.contains(&field), "{fields:?}");
    }
    assert!(refused.error.problems.len() >= 4, "{fields:?}");
    assert!(refused.error.problems.iter().all(|problem| problem.message.en.starts_with("Line ")));
    assert_eq!((member.batches("").await.items.len(), member.page_of_jobs("").await.items.len()), (0, 0));
    // The key is free: what was refused is not remembered.
    let request = member.request("POST", "/api/batches").header("idempotency-key", &key);
    let (_, sound) = texts(1);
    let batch = send(request.json(&sound)).await.with(202).batch();
    member.batch_ended(&batch.id).await;
    studio.vendor.settled(&right, 0).await;
}

async fn an_entry_that_failed_is_edited_and_tried_again() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-edit");
    let [bad, good, other] = ["[[sim:refuse DataInspectionFailed]] 坏", "好", "另一条"].map(unique);
    let task = |prompt: &str| json!({"model": "wan2.2-t2i-flash", "prompt": prompt, "size": "512*512"});
    let batch = member.submit_batch(&json!({"image_tasks": [task(&bad), task(&other)]})).await;
    let ended = member.batch_ended(&batch.id).await;
    assert_eq!((ended.state, ended.counts.done, ended.counts.failed), (BatchState::Done, 1, 1));
    let failed = member.entries(&batch.id, "state=failed").await.remove(0);
    assert_eq!(error(&failed).code, "DataInspectionFailed");
    let path = format!("/api/jobs/{}/retry", failed.id);

    let mut edited = task(&good);
    edited["kind"] = json!("image");
    let mut wrong = edited.clone();
    wrong["size"] = json!("5000*5000");
    wrong["n"] = json!("2");
    let refused = member.post(&path, &wrong).await.refused(400, "InvalidParameter");
    let fields: Vec<&str> = refused.error.problems.iter().map(|problem| problem.field.as_str()).collect();
    assert!(fields.contains(&"size") && fields.contains(&"n"), "{fields:?}");
    let text = json!({"kind": "text", "model": "qwen-turbo", "prompt": "a"});
    let refused = member.post(&path, &text).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.problems[0].field, "kind");
    assert_eq!(member.get(format!("/api/jobs/{}", failed.id)).await.job(), failed, "nothing has changed");

    edited["n"] = json!(2);
    let key = unique("key").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let again = async |body: &Value| {
        send(member.request("POST", &path).header("idempotency-key", &key).json(body)).await
    };
    let job = again(&edited).await.with(200).job();
    assert_eq!(
        (job.id.as_str(), job.request.prompt(), &job.batch),
        (failed.id.as_str(), good.as_str(), &failed.batch)
    );
    assert_eq!(again(&edited).await.with(200).job().id, job.id);
    again(&json!({})).await.refused(409, "IdempotencyConflict");
    let done = member.batch_ended(&batch.id).await;
    assert_eq!((done.state, done.counts.done, done.counts.failed), (BatchState::Done, 2, 0));
    let entries = member.entries(&batch.id, "").await;
    in_order(&done, &entries);
    assert_eq!((entries[0].outputs.len(), &entries[0].error), (2, &None));
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", &good).finish();
    assert_eq!(member.page_of_jobs(&query).await.items.len(), 1, "it is found by what it asks for now");
    studio.vendor.settled(&good, 1).await;
    studio.vendor.settled(&other, 1).await;
}

async fn all_that_failed_is_tried_again_at_once() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-again");
    let (prompts, file) = texts(6);
    for prompt in &prompts[1..4] {
        studio
            .vendor
            .fault("text.generate", prompt, json!({"status": 400, "code": "DataInspectionFailed"}))
            .await;
    }
    let batch = member.submit_batch(&file).await;
    let ended = member.batch_ended(&batch.id).await;
    assert_eq!((ended.counts.done, ended.counts.failed), (3, 3));
    let batch = member.act(&batch.id, "retry").await.with(200).batch();
    assert_eq!((batch.state, batch.counts.done, batch.counts.failed), (BatchState::Running, 3, 0));
    let done = member.batch_ended(&batch.id).await;
    assert_eq!((done.state, done.counts.done), (BatchState::Done, 6));
    member.act(&batch.id, "retry").await.refused(409, "WrongState");
    for prompt in &prompts {
        studio.vendor.settled(prompt, 1).await;
    }
}

async fn what_its_state_does_not_allow_is_refused_in_words() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-states");
    let (_, file) = texts(1);
    let id = member.submit_batch(&file).await.id;
    let done = member.batch_ended(&id).await;
    for what in ["pause", "resume", "cancel", "retry"] {
        let refused = member.act(&id, what).await.refused(409, "WrongState");
        assert!(refused.error.message.contains("批次"), "{what}: {refused:?}");
        member.act("no-such-batch", what).await.refused(404, "NotFound");
        studio.owner.act(&id, what).await.refused(404, "NotFound"); // another member's
    }
    assert_eq!(member.batch(&id).await, done);
    member.get("/api/batches/no-such-batch").await.refused(404, "NotFound");
    member.delete("/api/batches/no-such-batch").await.refused(404, "NotFound");
    assert!(member.entries("no-such-batch", "").await.is_empty());
    for query in ["limit=0", "limit=101", "state=done"] {
        member.get(format!("/api/batches?{query}")).await.refused(400, "InvalidParameter");
    }
    member.get(format!("/api/jobs?batch={id}&cursor=x")).await.refused(400, "InvalidParameter");
}

async fn it_is_deleted_with_its_jobs_once_it_has_ended() {
    let studio = Studio::shared().await;
    let member = studio.member("batch-delete");
    let (prompts, file) = texts(30);
    let id = member.submit_batch(&file).await.id;
    member.delete(format!("/api/batches/{id}")).await.refused(409, "WrongState");
    let _ = member.act(&id, "cancel").await.with(200);
    member.batch_ended(&id).await;
    let entries = member.entries(&id, "").await;
    assert_eq!(entries.len(), prompts.len());
    let mut socket = Socket::of(&member).await;
    let _ = member.delete(format!("/api/batches/{id}")).await.with(204);
    while socket.event().await != (LiveEvent::BatchDeleted { id: id.clone() }) {}
    member.get(format!("/api/batches/{id}")).await.refused(404, "NotFound");
    assert!(member.entries(&id, "").await.is_empty() && member.page_of_jobs("").await.items.is_empty());
    // Each of its jobs can be brought back for a while, as any other that was deleted; it is no entry any more.
    let first = &entries[0].id;
    let back = member.post(format!("/api/jobs/{first}/restore"), &json!({})).await.with(200).job();
    assert_eq!((back.batch, member.page_of_jobs("").await.items.len()), (None, 1));
}

async fn batches_are_listed_newest_first_page_by_page() {
    let studio = Studio::shared().await;
    let member: Client = studio.member("batch-list");
    let mut ids = Vec::new();
    for _ in 0..5 {
        let (_, file) = texts(2);
        ids.insert(0, member.submit_batch(&file).await.id);
    }
    for id in &ids {
        member.batch_ended(id).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = member.batches(&format!("limit=2&cursor={cursor}")).await;
        assert!(page.items.len() <= 2 && page.items.iter().all(|batch| batch.counts.done == 2));
        seen.extend(page.items.into_iter().map(|batch| batch.id));
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(seen, ids);
}
