//! What is shared, by whom, and what stays with them.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;
use studio_shared::route::Path;
use studio_shared::share::{Share, Shown};
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::recording::wav;
use studio_tests::{Answer, Setup, Studio, picture, png, text, unique};

tests![
    results_are_shared_and_nothing_else_of_their_jobs,
    some_results_of_several_jobs_are_counted_through,
    a_recipe_is_shared_with_or_without_its_results,
    a_conversation_is_shared_up_to_the_turn_that_was_chosen,
    a_transcript_is_shared_without_its_recording,
    what_is_wrong_with_a_share_is_named,
    what_is_not_the_callers_is_not_there,
    a_repeat_makes_no_second_share,
    shares_are_listed_by_page_with_their_views,
    a_share_is_changed,
    without_a_bucket_words_and_recipes_are_shared,
];

/// A text job that was answered.
async fn answered(studio: &Studio, say: &str) -> Job {
    studio.run(&text(&format!("[[sim:say {say}]] {}", unique("问")))).await
}

fn of(job: &Job) -> Value {
    json!({"items": [{"job": job.id}]})
}

/// Everything that a stranger with the link is ever told of a share.
async fn told(studio: &Studio, id: &str) -> Vec<Answer> {
    let door = studio.door(id).await.with(200);
    let open = studio.open(id).await.with(200);
    let mut answers = vec![door, studio.share_page(id).await.with(200)];
    let shared = open.shared();
    for item in &shared.items {
        for output in &item.outputs {
            answers.push(studio.shared_output(id, output.n, &shared.view).await.with(200));
        }
    }
    answers.push(open);
    answers
}

async fn results_are_shared_and_nothing_else_of_their_jobs() {
    let studio = Studio::shared().await;
    let prompt = unique("不外传的提示词");
    let request =
        with(picture(&prompt), &json!({"n": 2, "negative_prompt": "不外传的反向词", "seed": 314_159}));
    let job = studio.run(&request).await;
    let share = studio.owner.share(&with(of(&job), &json!({"title": "两只猫"}))).await;
    assert_eq!((share.items, share.kind, share.shown), (1, Kind::Image, Shown::Result));
    let sizes: Vec<u64> = job.outputs.iter().map(|output| output.bytes.unwrap()).collect();
    assert_eq!((share.bytes, share.viewed, share.id.len()), (sizes.iter().sum(), 0, 32));

    studio.vendor.figures().await; // its tasks become secrets that no reply may hold
    let shared = studio.open(&share.id).await.with(200).shared();
    assert_eq!((shared.title.as_str(), shared.conversation, shared.download), ("两只猫", false, false));
    let item = &shared.items[0];
    assert_eq!((item.kind, &item.recipe, &item.said, &item.text), (Kind::Image, &None, &None, &None));
    for (n, output) in (0..).zip(&item.outputs) {
        assert_eq!((output.n, output.media_type.as_deref()), (n, Some("image/png")));
        let copy = studio.shared_output(&share.id, n, &shared.view).await.with(200);
        assert_eq!(copy.bytes, studio.output(&job.id, n).await.with(200).bytes);
        assert_eq!(png::size(&copy.bytes), (512, 512));
    }
    let request_id = job.request_id.clone().unwrap();
    let cost = job.cost.actual.unwrap().to_string();
    for answer in told(&studio, &share.id).await {
        let is_text = !answer.header("content-type").starts_with("image/");
        let said = format!("{:?}{}", answer.headers, if is_text { answer.text() } else { String::new() });
        for canary in [&job.id, &request_id, &prompt, &cost] {
            assert!(!said.contains(canary.as_str()), "{canary} in {said}");
        }
        for canary in
            ["不外传", "314159", "wan2.2", "cost", "notes", "request\"", "prompt", "created_at", "owner\""]
        {
            assert!(!said.contains(canary), "{canary} in {said}");
        }
    }
}

async fn some_results_of_several_jobs_are_counted_through() {
    let studio = Studio::shared().await;
    let several = |n: u32| with(picture(&unique("挑选")), &json!({ "n": n }));
    let jobs = join_all([studio.run(&several(3)), studio.run(&several(1))]).await;
    let items = json!([{"job": jobs[0].id, "outputs": [2, 0]}, {"job": jobs[1].id}]);
    let share = studio.owner.share(&json!({"items": items, "download": true})).await;
    let shared = studio.open(&share.id).await.with(200).shared();
    let numbers = |item: usize| shared.items[item].outputs.iter().map(|output| output.n).collect::<Vec<_>>();
    assert_eq!((numbers(0), numbers(1)), (vec![0, 1], vec![2]));
    for (n, (job, at)) in (0..).zip([(0, 2), (0, 0), (1, 0)]) {
        let copy = studio.shared_output(&share.id, n, &shared.view).await.with(200);
        assert_eq!(copy.bytes, studio.output(&jobs[job].id, at).await.with(200).bytes, "{n}");
    }
    studio.shared_output(&share.id, 3, &shared.view).await.refused(404, "NotFound");
}

async fn a_recipe_is_shared_with_or_without_its_results() {
    let studio = Studio::shared().await;
    let prompt = unique("这是食谱");
    let job = studio.run(&picture(&prompt)).await;
    for shown in ["both", "recipe"] {
        let share = studio.owner.share(&with(of(&job), &json!({ "shown": shown }))).await;
        let shared = studio.open(&share.id).await.with(200).shared();
        let recipe = shared.items[0].recipe.as_ref().unwrap();
        assert_eq!((&recipe["prompt"], &recipe["model"]), (&json!(prompt), &json!("wan2.2-t2i-flash")));
        assert_eq!(shared.items[0].outputs.is_empty(), shown == "recipe");
        assert_eq!(share.bytes == 0, shown == "recipe");
        // A reader's own form is filled with it and takes it as it is.
        let again = Value::Object(recipe.clone());
        let _ = studio.owner.post("/api/quote", &again).await.with(200);
    }
}

async fn a_conversation_is_shared_up_to_the_turn_that_was_chosen() {
    let studio = Studio::shared().await;
    let turn = |say: &str, said: &str| text(&format!("[[sim:say {say}]] {}", unique(said)));
    let [one, two, three] = [turn("甲", "第一"), turn("乙", "第二"), turn("丙", "不分享的第三")];
    let mut jobs: Vec<Job> = Vec::new();
    for request in [&one, &two, &three] {
        let mut request = with(request.clone(), &json!({"system": "不外传的系统消息"}));
        if let Some(before) = jobs.last() {
            request = with(request, &json!({"conversation": before.conversation, "after": before.id}));
        }
        jobs.push(studio.ask(&request).await.job().clone());
    }
    let conversation = json!({"id": jobs[1].conversation, "last": jobs[1].id});
    let share = studio.owner.share(&json!({"conversation": conversation, "title": "一段对话"})).await;
    assert_eq!((share.items, share.kind, share.bytes), (2, Kind::Text, 0));
    let answer = studio.open(&share.id).await.with(200);
    let shared = answer.shared();
    assert!(shared.conversation);
    let turns: Vec<_> = shared
        .items
        .iter()
        .map(|item| (item.said.clone().unwrap(), item.text.as_ref().unwrap().text.clone()))
        .collect();
    let said = |request: &Value| request["prompt"].as_str().unwrap().to_owned();
    assert_eq!(turns, [(said(&one), "甲".to_owned()), (said(&two), "乙".to_owned())]);
    let all = answer.text();
    assert!(!all.contains("不分享的") && !all.contains("不外传的") && !all.contains(&jobs[0].id), "{all}");
    for (conversation, field) in [
        (json!({"id": jobs[0].id, "last": jobs[1].id}), "conversation.id"),
        (
            json!({"id": jobs[1].conversation, "last": "0198a5b2-0000-7000-8000-000000000000"}),
            "conversation.last",
        ),
    ] {
        let answer = studio.owner.post(Path::Shares, &json!({ "conversation": conversation })).await;
        assert_eq!(answer.refused(404, "NotFound").error.field.as_deref(), Some(field));
    }
}

async fn a_transcript_is_shared_without_its_recording() {
    let studio = Studio::shared().await;
    let file = studio.uploaded("secret-meeting.wav", wav(3_000, 11)).await;
    let job = studio.run(&json!({"model": "paraformer-v2", "file": file.id})).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    let share = studio.owner.share(&with(of(&job), &json!({"shown": "both"}))).await;
    let shared = studio.open(&share.id).await.with(200).shared();
    let copy = studio.shared_output(&share.id, 0, &shared.view).await.with(200);
    assert_eq!(copy.json(), studio.output(&job.id, 0).await.with(200).json());
    assert_eq!(shared.items[0].recipe.as_ref().unwrap()["model"], "paraformer-v2");
    for answer in told(&studio, &share.id).await {
        let said = answer.text();
        assert!(
            !said.contains(&file.id) && !said.contains("secret-meeting") && !said.contains(&job.id),
            "{said}"
        );
    }
}

async fn what_is_wrong_with_a_share_is_named() {
    let studio = Studio::shared().await;
    let job = answered(&studio, "好").await;
    for (fields, field) in [
        (json!({"title": "长".repeat(101)}), "title"),
        (json!({"password": "abc"}), "password"),
        (json!({"ends_at": "2026-01-20T02:00:00Z"}), "ends_at"),
        (json!({"views": 0}), "views"),
        (json!({"items": []}), "items"),
        (json!({"items": [{"job": job.id, "outputs": [0]}]}), "items[0].outputs"),
        (json!({"public": true}), "public"),
    ] {
        let answer = studio.owner.post(Path::Shares, &with(of(&job), &fields)).await;
        let reply = answer.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{fields}");
    }
    let slow = studio.submit(&picture(&unique("[[sim:run 800]] 还在做"))).await;
    studio.owner.post(Path::Shares, &of(&slow)).await.refused(409, "WrongState");
    let failed = studio.run(&picture(&unique("[[sim:fail DataInspectionFailed]] 不行"))).await;
    assert_eq!(failed.state, State::Failed, "{failed:?}");
    studio.owner.post(Path::Shares, &of(&failed)).await.refused(409, "WrongState");
    let _ = studio.owner.share(&with(of(&failed), &json!({"shown": "recipe"}))).await;
    let long = studio.run(&text(&unique("[[sim:tokens 4000]] 长文"))).await;
    let many = json!({"items": vec![json!({"job": long.id}); 100]});
    let reply = studio.owner.post(Path::Shares, &many).await;
    assert!(
        reply.status == 201 || reply.refused(400, "InvalidParameter").error.field.as_deref() == Some("items")
    );
}

async fn what_is_not_the_callers_is_not_there() {
    let studio = Studio::shared().await;
    let (job, other) = (answered(&studio, "好").await, studio.member("share-other"));
    let refused = other.post(Path::Shares, &of(&job)).await.refused(404, "NotFound");
    assert_eq!(refused.error.field.as_deref(), Some("items[0].job"));
    let unknown = json!({"items": [{"job": "0198a5b2-0000-7000-8000-000000000000"}]});
    let of_nobody = studio.owner.post(Path::Shares, &unknown).await.refused(404, "NotFound");
    assert_eq!(of_nobody.error.message, refused.error.message, "as one that never was");
    let share = studio.owner.share(&of(&job)).await;
    assert!(other.shares("").await.items.is_empty());
    other.patch(Path::Share(&share.id), &json!({"title": "x"})).await.refused(404, "NotFound");
    other.delete(Path::Share(&share.id)).await.refused(404, "NotFound");
    studio.nobody.post(Path::Shares, &of(&job)).await.refused(401, "NotLoggedIn");
    assert_eq!(studio.open(&share.id).await.with(200).shared().title, "");
}

async fn a_repeat_makes_no_second_share() {
    let studio = Studio::shared().await;
    let owner = studio.member("share-repeater");
    let job =
        send(owner.request("POST", "/api/jobs").json(&text("[[sim:say 好]] 重复"))).await.with(202).job();
    studio_tests::wait::until("the answer", async || {
        let job = owner.get(Path::Job(&job.id)).await.with(200).job();
        job.state.is_final().then_some(())
    })
    .await;
    let ask = |body: Value| {
        let request = owner.request("POST", Path::Shares).header("idempotency-key", "share-once");
        send(request.json(&body))
    };
    let body = with(of(&job), &json!({"password": "开门开门"}));
    let answers = join_all((0..6).map(|_| ask(body.clone()))).await;
    let ids: std::collections::BTreeSet<String> = answers.iter().map(|answer| answer.share().id).collect();
    assert_eq!((ids.len(), owner.shares("").await.items.len()), (1, 1));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    ask(of(&job)).await.refused(409, "IdempotencyConflict");
    let _ = owner.delete(Path::Share(ids.first().unwrap())).await.with(204);
    ask(body).await.refused(404, "NotFound");
    assert!(owner.shares("").await.items.is_empty(), "what was taken back stays so");
}

async fn shares_are_listed_by_page_with_their_views() {
    let studio = Studio::shared().await;
    let owner = studio.member("share-lister");
    let job = owner.post("/api/jobs", &text("[[sim:say 好]] 列表")).await.with(202).job();
    studio_tests::wait::until("the answer", async || {
        let job = owner.get(Path::Job(&job.id)).await.with(200).job();
        job.state.is_final().then_some(())
    })
    .await;
    let mut made: Vec<Share> = Vec::new();
    for n in 0..5 {
        made.push(owner.share(&with(of(&job), &json!({"title": format!("第 {n}")}))).await);
    }
    for _ in 0..3 {
        let _ = studio.open(&made[3].id).await.with(200);
    }
    made[3].viewed = 3;
    made.reverse();
    assert_eq!(owner.shares("").await.items, made);
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = owner.shares(&format!("limit=2&cursor={cursor}")).await;
        assert!(page.items.len() <= 2);
        paged.extend(page.items);
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(paged, made);
    let refused = owner.get(format!("{}?limit=0", Path::Shares)).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("limit"));
}

async fn a_share_is_changed() {
    let studio = Studio::shared().await;
    let share = studio.owner.share(&of(&answered(&studio, "好").await)).await;
    let change = async |body: Value| studio.owner.patch(Path::Share(&share.id), &body).await;
    let changed =
        change(json!({"title": "新名", "password": "开门开门", "views": 2, "download": true})).await;
    let expected =
        Share { title: "新名".to_owned(), password: true, views: Some(2), download: true, ..share.clone() };
    assert_eq!(changed.with(200).share(), expected);
    studio.open(&share.id).await.refused(401, "WrongPassword");
    assert_eq!(studio.open_with(&share.id, "开门开门").await.with(200).shared().title, "新名");
    let lifted = change(json!({"password": null, "views": null})).await.with(200).share();
    assert_eq!(lifted, Share { password: false, views: None, viewed: 1, ..expected });
    let _ = studio.open(&share.id).await.with(200);
    for (body, field) in
        [(json!({"views": 0}), "views"), (json!({"items": []}), "items"), (json!({"title": null}), "title")]
    {
        let refused = change(body).await.refused(400, "InvalidParameter");
        assert_eq!(refused.error.field.as_deref(), Some(field));
    }
    let unknown = "0123456789abcdef0123456789abcdef";
    studio.owner.patch(Path::Share(unknown), &json!({"title": "x"})).await.refused(404, "NotFound");
    studio.owner.patch(Path::Share("x"), &json!({"title": "x"})).await.refused(404, "NotFound");
}

async fn without_a_bucket_words_and_recipes_are_shared() {
    let studio = Studio::start(Setup { bucket: false, ..Setup::default() }).await;
    let made = studio.run(&picture(&unique("没有桶"))).await;
    let refused = studio.owner.post(Path::Shares, &of(&made)).await.refused(409, "WrongState");
    assert!(refused.error.advice.contains("绑定存储桶"), "{}", refused.error.advice);
    assert!(studio.owner.shares("").await.items.is_empty());
    let recipe = studio.owner.share(&with(of(&made), &json!({"shown": "recipe"}))).await;
    assert!(studio.open(&recipe.id).await.with(200).shared().items[0].recipe.is_some());
    let said = studio.owner.share(&of(&answered(&studio, "好的").await)).await;
    let shared = studio.open(&said.id).await.with(200).shared();
    assert_eq!(shared.items[0].text.as_ref().unwrap().text, "好的");
    let _ = studio.owner.delete(Path::Share(&said.id)).await.with(204);
    studio.open(&said.id).await.refused(404, "NotFound");
}
