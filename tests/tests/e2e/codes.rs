//! Codes: shown once, kept as a hash, rotated and revoked, each with its share of the budget.

use serde_json::{Value, json};
use studio_shared::job::State;
use studio_shared::member::{CodeList, Issued};
use studio_shared::money::Money;
use studio_tests::client::send;
use studio_tests::wait::until;
use studio_tests::{Answer, Client, Studio, picture, unique};

tests![
    a_code_is_shown_once_and_kept_nowhere,
    a_code_is_read_however_it_is_typed,
    a_rotated_code_and_its_sessions_end_at_once,
    a_revoked_code_ends_at_once_and_the_others_go_on,
    a_member_has_their_own_codes_in_hand_and_nobody_elses,
    the_owner_has_codes_of_their_own_too,
    a_code_has_a_share_of_the_budget_which_batches_and_retries_count_for,
    fifty_codes_are_enough,
];

async fn codes(client: &Client) -> CodeList {
    let answer = client.get("/api/codes").await.with(200);
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

async fn make(client: &Client, body: Value) -> Issued {
    client.post("/api/codes", &body).await.with(201).issued()
}

async fn a_code_is_shown_once_and_kept_nowhere() {
    let studio = Studio::start(studio_tests::Setup::default()).await;
    let issued = studio.issue(&json!({"name": "只看一次"})).await;
    let member = studio.log_in(&issued.secret).await;
    let letters = issued.secret.trim_start_matches("bs_");
    assert_eq!((letters.len(), letters.matches('-').count()), (34, 6), "{letters}");
    let _ = codes(&member).await;
    let _ = studio.owner.get("/api/admin/members").await.with(200);
    // The search after all tests knows the code; here is what lies on the disk.
    assert!(!studio.stores(&issued.secret) && !studio.stores(&letters.replace('-', "")));
    assert!(studio.stores("只看一次"), "the search finds what is there");
}

async fn a_code_is_read_however_it_is_typed() {
    let studio = Studio::shared().await;
    let secret = studio.issue(&json!({"name": "随便输入"})).await.secret;
    for typed in [secret.to_uppercase(), secret.replace('-', " "), format!(" {}\n", secret.replace('-', ""))]
    {
        let session = studio.nobody.post("/api/session", &json!({"code": typed})).await.with(200).json();
        assert_eq!(session["member"], "随便输入", "{typed}");
    }
}

async fn a_rotated_code_and_its_sessions_end_at_once() {
    let studio = Studio::shared().await;
    let first = studio.issue(&json!({"name": "轮换"})).await;
    let (page, program) = (studio.log_in(&first.secret).await, studio.bearer(&first.secret));
    let other = make(&page, json!({"name": "另一个"})).await;
    let rotate = format!("/api/codes/{}/rotate", first.code.id);
    let second = page.post(&rotate, &json!({})).await.with(200).issued();
    assert_eq!((second.code.id.as_str(), second.member), (first.code.id.as_str(), None));
    assert_ne!(second.secret, first.secret);
    page.get("/api/session").await.refused(401, "SessionRevoked");
    program.get("/api/session").await.refused(401, "WrongCode");
    studio.nobody.post("/api/session", &json!({"code": first.secret})).await.refused(401, "WrongCode");
    for now in [second.secret, other.secret] {
        assert_eq!(studio.log_in(&now).await.get("/api/session").await.with(200).json()["member"], "轮换");
    }
}

async fn a_revoked_code_ends_at_once_and_the_others_go_on() {
    let studio = Studio::shared().await;
    let first = studio.issue(&json!({"name": "撤销"})).await;
    let page = studio.log_in(&first.secret).await;
    let lost = make(&page, json!({"name": "丢了的手机"})).await;
    let phone = studio.log_in(&lost.secret).await;
    let path = format!("/api/codes/{}", lost.code.id);
    let _ = page.delete(&path).await.with(204);
    phone.get("/api/session").await.refused(401, "SessionRevoked");
    let refused = studio.bearer(&lost.secret).get("/api/jobs").await.refused(401, "WrongCode");
    assert!(refused.error.message.contains("停用"), "{}", refused.error.message);
    let all = codes(&page).await.items;
    assert_eq!(all.iter().map(|code| code.revoked_at.is_some()).collect::<Vec<_>>(), [false, true]);
    page.delete(&path).await.refused(404, "NotFound");
    page.patch(&path, &json!({"name": "a"})).await.refused(404, "NotFound");
    page.post(format!("{path}/rotate"), &json!({})).await.refused(404, "NotFound");
}

async fn a_member_has_their_own_codes_in_hand_and_nobody_elses() {
    let studio = Studio::shared().await;
    let member = studio.member("自己管");
    let stranger = studio.issue(&json!({"name": "别人"})).await;
    let made = make(&member, json!({"name": "平板", "budget": {"day": "2.00"}})).await;
    assert_eq!(made.code.budget.day.limit, Some(Money::from_fen(200)));
    let path = format!("/api/codes/{}", made.code.id);
    let changed = member.patch(&path, &json!({"name": "旧平板", "budget": {}})).await.with(200).json();
    assert_eq!((&changed["name"], &changed["budget"]["day"]["limit"]), (&json!("旧平板"), &Value::Null));
    for id in [stranger.code.id.as_str(), "x", "0198c0de-0000-7000-8000-000000000000"] {
        let path = format!("/api/codes/{id}");
        member.patch(&path, &json!({"name": "a"})).await.refused(404, "NotFound");
        member.post(format!("{path}/rotate"), &json!({})).await.refused(404, "NotFound");
        member.delete(&path).await.refused(404, "NotFound");
    }
    member.post("/api/codes", &json!({})).await.refused(400, "InvalidParameter");
    let _ = studio.bearer(&stranger.secret).get("/api/session").await.with(200);
}

async fn the_owner_has_codes_of_their_own_too() {
    let studio = Studio::shared().await;
    let made = make(&studio.owner, json!({"name": "脚本"})).await;
    let script = studio.bearer(&made.secret);
    let session = script.get("/api/session").await.with(200).json();
    assert_eq!((&session["owner"], &session["code"]), (&json!(true), &json!(made.code.id)));
    let _ = script.get("/api/admin/members").await.with(200);
    let member = studio.issue(&json!({"name": "所有者代管"})).await;
    let path = format!("/api/admin/members/{}/codes", member.member.unwrap().id);
    let second = studio.owner.post(&path, &json!({"name": "第二个"})).await.with(201).issued();
    let one = format!("{path}/{}", second.code.id);
    let third = studio.owner.post(format!("{one}/rotate"), &json!({})).await.with(200).issued();
    let _ = studio.bearer(&third.secret).get("/api/session").await.with(200);
    assert_eq!(studio.owner.patch(&one, &json!({"name": "改了"})).await.with(200).json()["name"], "改了");
    let _ = studio.owner.delete(&one).await.with(204);
    studio.bearer(&third.secret).get("/api/session").await.refused(401, "WrongCode");
    let _ = studio.owner.delete(format!("/api/codes/{}", made.code.id)).await.with(204);
    script.get("/api/session").await.refused(401, "WrongCode");
}

fn denied(answer: &Answer, whose: &str) {
    let error = answer.refused(402, "BudgetExceeded").error;
    assert!(error.message.contains(whose), "{whose}: {}", error.message);
}

async fn a_code_has_a_share_of_the_budget_which_batches_and_retries_count_for() {
    let studio = Studio::unlimited().await;
    let issued = studio.issue(&json!({"name": "分摊", "budget": {"day": "0.56"}})).await;
    let page = studio.bearer(&issued.secret);
    let child = make(&page, json!({"name": "孩子", "budget": {"day": "0.28"}})).await;
    let child = studio.bearer(&child.secret);
    // Two of three entries fit into the share.
    let lines = format!("{}\n{}\n{}", unique("分摊"), unique("分摊"), unique("分摊"));
    let settings = "%7B%22kind%22%3A%22image%22%2C%22model%22%3A%22wan2.2-t2i-flash%22%7D";
    let batch = child.request("POST", format!("/api/batches?settings={settings}"));
    let batch = send(batch.header("content-type", "text/plain").body(lines)).await.with(202).json();
    let id = batch["id"].as_str().unwrap().to_owned();
    let paused = until("the batch to pause itself", async || {
        let batch = page.get(format!("/api/batches/{id}")).await.with(200).json();
        (batch["state"] == "paused" && batch["counts"]["done"] == 2).then_some(batch)
    })
    .await;
    assert_eq!(paused["error"]["code"], "BudgetExceeded");
    denied(&child.post("/api/jobs", &picture(&unique("分摊"))).await, "这个登录码今天的预算");
    // Another code of the member has what is left of the member's.
    let prompt = unique("分摊");
    studio.vendor.fault("image.create", &prompt, json!({"status": 400, "code": "InvalidParameter"})).await;
    let failed = page.post("/api/jobs", &picture(&prompt)).await.with(202).job();
    until("the failure", async || {
        let job = page.get(format!("/api/jobs/{}", failed.id)).await.with(200).job();
        (job.state == State::Failed).then_some(())
    })
    .await;
    let retry = format!("/api/jobs/{}/retry", failed.id);
    denied(&child.post(&retry, &json!({})).await, "这个登录码今天的预算");
    let _ = page.post(&retry, &json!({})).await.with(200);
    // Whoever resumes a batch pays for what is left of it.
    let _ = page.post(format!("/api/batches/{id}/resume"), &json!({})).await.with(200);
    until("the batch to end", async || {
        let batch = page.get(format!("/api/batches/{id}")).await.with(200).json();
        (batch["state"] == "done").then_some(())
    })
    .await;
    studio.all_ended(&page).await;
    denied(&page.post("/api/jobs", &picture(&unique("分摊"))).await, "你今天的预算");
    let spent = codes(&page).await.items.iter().map(|code| code.budget.day.spent).collect::<Vec<_>>();
    assert_eq!(spent, [Money::from_fen(28), Money::from_fen(28)]);
    assert_eq!(page.budgets().await.member.day.spent, Money::from_fen(56));
}

async fn fifty_codes_are_enough() {
    let studio = Studio::shared().await;
    let member = studio.member("很多登录码");
    let mut last = None;
    for n in 1..50 {
        last = Some(make(&member, json!({"name": format!("第 {n} 个")})).await);
    }
    let error = member.post("/api/codes", &json!({"name": "太多"})).await.refused(409, "TooMany").error;
    assert!(error.message.contains("50"), "{}", error.message);
    let _ = member.delete(format!("/api/codes/{}", last.unwrap().code.id)).await.with(204);
    let _ = make(&member, json!({"name": "又可以"})).await;
}
