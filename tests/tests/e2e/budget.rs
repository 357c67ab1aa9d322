//! Budgets: reserved before a call, settled after it, given back on failure, and never passed.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_tests::money::adds_up;
use studio_tests::order::with;
use studio_tests::{Answer, Studio, picture, speech, text, unique};

tests![
    a_thousand_submits_at_once_against_a_budget_for_ten_are_ten_creations,
    kinds_that_are_submitted_at_once_stay_within_the_budget,
    days_months_and_the_whole_studio_have_budgets_of_their_own,
    a_refused_submit_leaves_nothing_and_goes_through_once_the_budget_is_raised,
    only_the_owner_sets_budgets_and_only_sensible_ones,
];

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

/// The refusal of a budget: which codes and words it has.
fn denied(answer: &Answer, words: &str) {
    let error = answer.refused(402, "BudgetExceeded").error;
    assert!(error.message.contains(words), "{words}: {}", error.message);
    assert!(error.advice.contains("没有计费"), "{}", error.advice);
}

async fn a_thousand_submits_at_once_against_a_budget_for_ten_are_ten_creations() {
    let studio = Studio::unlimited().await;
    studio.owner.budget(&json!({"member": {"day": "1.40"}})).await;
    let requests: Vec<Value> = (0..1000).map(|_| picture(&unique("千人同时"))).collect();
    let answers = studio.owner.submit_all("thousand", &requests).await;
    let accepted = answers.iter().filter(|answer| answer.status == 202).count();
    let refused: Vec<&Answer> = answers.iter().filter(|answer| answer.status != 202).collect();
    refused.iter().for_each(|answer| {
        denied(answer, "你今天的预算不够：上限 1.40 元，已用和预留 1.40 元，这次最多要 0.14 元");
    });
    assert_eq!((accepted, refused.len()), (10, 990));
    let jobs = studio.all_ended(&studio.owner).await;
    assert!(jobs.len() == 10 && jobs.iter().all(|job| job.state == State::Done), "{jobs:#?}");
    let creations = studio.vendor.figures().await["creations"].as_array().unwrap().len();
    assert_eq!(creations, 10, "at the vendor");
    assert_eq!(adds_up(&studio.owner, &jobs).await, (fen(140), Money::ZERO));
    println!("1000 submits at once: {accepted} accepted, {} refused, {creations} creations", refused.len());
}

async fn kinds_that_are_submitted_at_once_stay_within_the_budget() {
    let studio = Studio::unlimited().await;
    let limit = fen(900);
    studio.owner.budget(&json!({"studio": {"month": "9.00"}})).await;
    let mut requests = Vec::new();
    for n in 0..60 {
        requests.push(with(picture(&unique("混合")), &json!({"n": 1 + n % 4})));
        requests.push(text(&unique("混合 [[sim:tokens 40]]")));
        requests.push(speech(&unique("混合")));
        requests.push(json!({"kind": "transcription", "model": "paraformer-v2",
            "url": format!("https://example.com/mixed-{n}.mp3")}));
    }
    let is_over = AtomicBool::new(false);
    let watch = async {
        let mut seen = 0_u32;
        while !is_over.load(Ordering::Relaxed) {
            let budgets = studio.owner.budgets().await;
            for taken in [budgets.member.day.taken(), budgets.studio.unwrap().month.taken()] {
                assert!(taken <= limit, "{taken} of {limit}");
            }
            seen += 1;
        }
        seen
    };
    let submit = async {
        let answers = studio.owner.submit_all("mixed", &requests).await;
        let jobs = studio.all_ended(&studio.owner).await;
        is_over.store(true, Ordering::Relaxed);
        (answers, jobs)
    };
    let (seen, (answers, jobs)) = futures_util::join!(watch, submit);
    let accepted = answers.iter().filter(|answer| answer.status == 202).count();
    answers
        .iter()
        .filter(|answer| answer.status != 202)
        .for_each(|answer| denied(answer, "整个工坊本月的预算不够"));
    assert!(jobs.len() == accepted && accepted > 10, "{accepted} accepted, {} jobs", jobs.len());
    let creations = studio.vendor.figures().await["creations"].as_array().unwrap().len();
    assert_eq!(creations, accepted, "at the vendor");
    let (spent, at_most) = adds_up(&studio.owner, &jobs).await;
    assert!(spent > Money::ZERO && spent <= limit && at_most == Money::ZERO, "{spent}, {at_most}");
    println!(
        "240 submits of four kinds: {accepted} accepted, {spent} of {limit} spent, looked at {seen} times"
    );
}

async fn days_months_and_the_whole_studio_have_budgets_of_their_own() {
    let studio = Studio::unlimited().await;
    let (owner, guest) = (&studio.owner, studio.member("guest"));
    owner.budget(&json!({"member": {"day": "9.99", "month": "0.14"}})).await;
    let first = owner.post("/api/jobs", &picture(&unique("月"))).await.with(202).job();
    denied(&owner.post("/api/jobs", &picture(&unique("月"))).await, "你本月的预算不够：上限 0.14 元");
    owner.budget(&json!({"member": {"day": "0.14", "month": null}})).await;
    denied(&owner.post("/api/jobs", &picture(&unique("日"))).await, "你今天的预算不够：上限 0.14 元");
    // The owner's limits are not the guest's; the studio's are everybody's.
    owner.budget(&json!({"member": {"day": null}, "studio": {"day": "0.42"}})).await;
    let second = guest.post("/api/jobs", &picture(&unique("客人"))).await.with(202).job();
    let third = owner.post("/api/jobs", &picture(&unique("主人"))).await.with(202).job();
    denied(&guest.post("/api/jobs", &picture(&unique("客人"))).await, "整个工坊今天的预算不够：上限 0.42 元");
    let english = guest.request("POST", "/api/jobs").header("accept-language", "en").json(&picture("a"));
    let error = studio_tests::client::send(english).await.refused(402, "BudgetExceeded").error;
    assert!(error.message.contains("The whole studio's budget for today is not enough"), "{}", error.message);
    let jobs = studio.all_ended(owner).await;
    assert_eq!(jobs.iter().map(|job| &job.id).collect::<Vec<_>>(), [&third.id, &first.id]);
    let of_guest = studio.all_ended(&guest).await;
    assert_eq!(of_guest.iter().map(|job| &job.id).collect::<Vec<_>>(), [&second.id]);
    assert_eq!(adds_up(owner, &jobs).await, (fen(28), Money::ZERO));
    assert_eq!(adds_up(&guest, &of_guest).await, (fen(14), Money::ZERO));
    let budgets = owner.budgets().await;
    assert_eq!(budgets.studio.unwrap().day.spent, fen(42), "everybody's");
    assert_eq!(guest.budgets().await.studio, None, "for the owner only");
}

async fn a_refused_submit_leaves_nothing_and_goes_through_once_the_budget_is_raised() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    owner.budget(&json!({"member": {"day": "0"}})).await;
    let (drawn, said, spoken) = (picture(&unique("再试")), text(&unique("再试")), speech(&unique("再试")));
    let say = async |key: &str, body: &Value| {
        let request = owner.request("POST", "/api/text").header("accept", "application/json");
        studio_tests::client::send(request.header("idempotency-key", key).json(body)).await
    };
    let repeats = join_all((0..20).map(|_| owner.submit_once("raised-1", &drawn))).await;
    repeats.iter().for_each(|answer| denied(answer, "你今天的预算"));
    denied(&say("raised-2", &said).await, "你今天的预算");
    denied(&studio.hear_once("raised-3", &spoken).await.answer, "你今天的预算");
    assert_eq!(owner.jobs().await.len(), 0);
    assert_eq!(owner.get("/api/conversations").await.with(200).json()["items"], json!([]));
    // Where nobody knows the price, a budget cannot hold.
    let unlisted = json!({"kind": "text", "model": "qwen3-max", "prompt": unique("无价")});
    let error = owner.post("/api/jobs", &unlisted).await.refused(402, "PriceUnknown").error;
    assert!(error.message.contains("qwen3-max"), "{}", error.message);

    owner.budget(&json!({"member": {"day": "1"}})).await;
    let repeats = join_all((0..20).map(|_| owner.submit_once("raised-1", &drawn))).await;
    let id = repeats[0].job().id;
    assert!(repeats.iter().all(|answer| answer.job().id == id));
    assert_eq!(repeats.iter().filter(|answer| answer.status == 202).count(), 1, "one of them is the first");
    let answers = join_all((0..5).map(|_| say("raised-2", &said))).await;
    assert!(answers.iter().all(|answer| answer.clone().with(200).job().id == answers[0].job().id));
    let heard = join_all((0..5).map(|_| studio.hear_once("raised-3", &spoken))).await;
    assert!(heard.iter().all(|one| one.id() == heard[0].id() && one.answer.bytes == heard[0].answer.bytes));
    owner.budget(&json!({"member": {"day": null}})).await;
    assert_eq!(studio.run(&unlisted).await.cost.actual, None);
    let jobs = studio.all_ended(owner).await;
    assert!(jobs.len() == 4 && jobs.iter().all(|job| job.state == State::Done), "{jobs:#?}");
    assert_eq!(studio.vendor.figures().await["creations"].as_array().unwrap().len(), 4);
    adds_up(owner, &jobs).await;
    // The same key with another body.
    owner.submit_once("raised-1", &picture(&unique("另一个"))).await.refused(409, "IdempotencyConflict");
    say("raised-2", &text(&unique("另一个"))).await.refused(409, "IdempotencyConflict");
    let other = studio.hear_once("raised-3", &speech(&unique("另一个"))).await;
    other.answer.refused(409, "IdempotencyConflict");
}

async fn only_the_owner_sets_budgets_and_only_sensible_ones() {
    let studio = Studio::shared().await;
    let guest = studio.member("guest");
    let refused = guest.patch("/api/budget", &json!({"member": {"day": "1"}})).await;
    assert!(refused.refused(403, "OwnerOnly").error.message.contains("所有者"));
    for (body, field) in [
        (json!({"member": {"day": "-1"}}), "member.day"),
        (json!({"studio": {"month": "1000000.01"}}), "studio.month"),
        (json!({"studio": {"month": 5}}), "studio.month"),
        (json!({"studio": {"year": "5"}}), "studio.year"),
        (json!({"guest": {}}), "guest"),
        (json!([]), ""),
    ] {
        let error = studio.owner.patch("/api/budget", &body).await.refused(400, "InvalidParameter").error;
        assert_eq!(error.field.as_deref(), Some(field), "{body}");
    }
    studio.nobody.get("/api/budget").await.refused(401, "NotLoggedIn");
    studio.nobody.get("/api/usage").await.refused(401, "NotLoggedIn");
    let budgets = guest.budgets().await;
    assert_eq!((budgets.member.day.limit, budgets.studio), (None, None));
}
