//! Members: made, changed and deleted by the owner, and what they delete of their own.

use serde_json::{Value, json};
use studio_shared::job::State;
use studio_shared::member::{Member, MemberList, Standing};
use studio_shared::money::Money;
use studio_shared::route::{Access, ROUTES};
use studio_shared::spend::EverybodysSpend;
use studio_tests::client::send;
use studio_tests::recording::wav;
use studio_tests::wait::until;
use studio_tests::{Answer, Client, Studio, picture, text, unique};

tests![
    a_member_comes_in_by_their_code_and_is_told_what_they_may,
    the_owner_sees_and_changes_every_member,
    nobody_else_sees_members,
    a_member_that_is_not_well_described_is_refused_by_field,
    the_owner_sees_what_everybody_has_spent,
    a_deleted_member_is_gone_with_everything_though_the_worker_dies_meanwhile,
    a_member_deletes_everything_of_their_own_and_goes_on,
];

fn member(answer: &Answer) -> Member {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

async fn a_member_comes_in_by_their_code_and_is_told_what_they_may() {
    let studio = Studio::shared().await;
    let wanted = json!({"name": " 小明 ", "note": "朋友", "kinds": ["image", "text"], "models": null,
        "last_day": "2099-12-31", "budget": {"day": "1.00"}});
    let issued = studio.issue(&wanted).await;
    let made = issued.member.unwrap();
    assert_eq!((made.name.as_str(), made.note.as_str(), made.standing), ("小明", "朋友", Standing::Active));
    assert_eq!((made.budget.day.limit, made.budget.month.limit), (Some(Money::from_fen(100)), None));
    assert_eq!((made.codes.as_slice(), made.used_at), (&[issued.code.clone()][..], None));
    let session = studio.bearer(&issued.secret).get("/api/session").await.with(200).json();
    assert_eq!((&session["member"], &session["owner"]), (&json!("小明"), &json!(false)));
    assert_eq!(session["rights"], json!({"kinds": ["image", "text"]}));
    assert_eq!((&session["last_day"], &session["code"]), (&json!("2099-12-31"), &json!(issued.code.id)));
    let by_cookie = studio.log_in(&issued.secret).await.get("/api/session").await.with(200).json();
    assert_eq!(by_cookie, session);
    let seen = member(&studio.owner.get(format!("/api/admin/members/{}", made.id)).await.with(200));
    let used = seen.used_at.unwrap();
    assert_eq!((used.ms() % 3_600_000, seen.codes[0].used_at), (0, Some(used)), "to the hour");
}

async fn the_owner_sees_and_changes_every_member() {
    let studio = Studio::shared().await;
    let made = studio.issue(&json!({"name": "改名前", "kinds": ["image"]})).await.member.unwrap();
    let path = format!("/api/admin/members/{}", made.id);
    let change = json!({"name": "改名后", "kinds": null, "models": ["qwen-turbo"], "last_day": "2001-01-01",
        "budget": {"month": "3.50"}});
    let changed = member(&studio.owner.patch(&path, &change).await.with(200));
    assert_eq!((changed.name.as_str(), changed.standing), ("改名后", Standing::Ended));
    assert_eq!(
        (&changed.rights.kinds, changed.rights.models.as_deref()),
        (&None, Some(&["qwen-turbo".to_owned()][..]))
    );
    assert_eq!(changed.budget.month.limit, Some(Money::from_fen(350)));
    let revoked =
        member(&studio.owner.patch(&path, &json!({"revoked": true, "last_day": null})).await.with(200));
    assert_eq!((revoked.standing, revoked.last_day), (Standing::Revoked, None));
    assert_eq!(revoked.budget.month.limit, Some(Money::from_fen(350)), "what is absent stays");
    assert_eq!(member(&studio.owner.get(&path).await.with(200)), revoked);
    let list = studio.owner.get("/api/admin/members").await.with(200);
    let list: MemberList = serde_json::from_slice(&list.bytes).unwrap();
    assert!(list.items.contains(&revoked) && !list.items.iter().any(|member| member.id == "owner"));
    assert!(list.items.is_sorted_by_key(|member| member.created_at));
    for unknown in ["owner", "x", "0198c0de-0000-7000-8000-000000000000"] {
        let path = format!("/api/admin/members/{unknown}");
        studio.owner.get(&path).await.refused(404, "NotFound");
        studio.owner.patch(&path, &json!({"revoked": true})).await.refused(404, "NotFound");
        studio.owner.delete(&path).await.refused(404, "NotFound");
    }
}

async fn nobody_else_sees_members() {
    let studio = Studio::shared().await;
    let guest = studio.member("not-the-owner");
    let mut closed = 0;
    for route in ROUTES.iter().filter(|route| route.access == Access::Owner) {
        let call = |client: &Client| client.request(route.method.as_str(), route.path).json(&json!({}));
        send(call(&guest)).await.refused(403, "OwnerOnly");
        send(call(&studio.nobody)).await.refused(401, "NotLoggedIn");
        closed += 1;
    }
    assert_eq!(closed, 10);
}

async fn a_member_that_is_not_well_described_is_refused_by_field() {
    let studio = Studio::shared().await;
    for (body, field) in [
        (json!({}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"name": "长".repeat(61)}), "name"),
        (json!({"name": "a", "kinds": ["pictures"]}), "kinds"),
        (json!({"name": "a", "models": ["no-such-model"]}), "models"),
        (json!({"name": "a", "last_day": "tomorrow"}), "last_day"),
        (json!({"name": "a", "budget": {"day": "-1"}}), "budget.day"),
        (json!({"name": "a", "admin": true}), "admin"),
        (json!([]), ""),
    ] {
        let error =
            studio.owner.post("/api/admin/members", &body).await.refused(400, "InvalidParameter").error;
        assert_eq!(error.field.as_deref(), Some(field), "{body}");
    }
}

async fn the_owner_sees_what_everybody_has_spent() {
    let studio = Studio::unlimited().await;
    let (one, two) = (studio.member("甲"), studio.member("乙"));
    for (member, n) in [(&studio.owner, 1), (&one, 2), (&two, 1)] {
        for _ in 0..n {
            let _ = member.post("/api/jobs", &picture(&unique("花费"))).await.with(202);
        }
        studio.all_ended(member).await;
    }
    let answer = studio.owner.get("/api/admin/usage").await.with(200);
    let all: EverybodysSpend = serde_json::from_slice(&answer.bytes).unwrap();
    let rows: Vec<_> = all.rows.iter().map(|row| (row.name.as_str(), row.row.jobs, row.row.spent)).collect();
    let fen = Money::from_fen;
    assert_eq!(rows, [("owner", 1, fen(14)), ("甲", 2, fen(28)), ("乙", 1, fen(14))]);
    assert_eq!(studio.owner.budgets().await.studio.unwrap().day.spent, fen(56));
    let table = studio.owner.get("/api/admin/usage?format=csv").await.with(200);
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(table.text().contains("\r\n甲,") && table.text().contains("成员,日期"), "{}", table.text());
    studio.owner.get("/api/admin/usage?from=x").await.refused(400, "InvalidParameter");
}

/// A picture that is shared, an answer in a conversation, an uploaded recording: something of everything. The ids of two
/// jobs and of the share.
async fn live_a_little(studio: &Studio, member: &Client) -> ([String; 2], String) {
    let drawn = member.post("/api/jobs", &picture(&unique("留痕"))).await.with(202).job();
    let say = member.request("POST", "/api/text").header("accept", "application/json");
    let said = send(say.json(&text(&unique("留痕")))).await.with(200).job();
    let upload = member.request("POST", "/api/files?name=trace.wav").header("content-type", "audio/wav");
    let _ = send(upload.body(wav(500, 7))).await.with(201);
    let jobs = studio.all_ended(member).await;
    assert!(jobs.iter().all(|job| job.state == State::Done), "{jobs:#?}");
    assert_eq!(studio.in_bucket().1, 2, "picture and recording");
    let items = json!([{"job": drawn.id, "outputs": [0]}]);
    let share = member.share(&json!({"items": items, "shown": "both", "title": "分享"})).await;
    let _ = studio.open(&share.id).await.with(200);
    ([drawn.id, said.id], share.id)
}

async fn is_empty(member: &Client) {
    for path in ["/api/jobs", "/api/conversations", "/api/batches"] {
        assert_eq!(member.get(path).await.with(200).json()["items"], json!([]), "{path}");
    }
    let storage = member.get("/api/storage").await.with(200).json();
    assert_eq!((&storage["bytes"], &storage["files"]), (&json!(0), &json!(0)));
}

async fn a_deleted_member_is_gone_with_everything_though_the_worker_dies_meanwhile() {
    let studio = Studio::unlimited().await;
    let issued = studio.issue(&json!({"name": "离开"})).await;
    let member = studio.bearer(&issued.secret);
    let (_, share) = live_a_little(&studio, &member).await;
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    let _ = studio.owner.delete(&path).await.with(204);
    studio.kill_worker().await;
    studio.start_worker().await;
    member.get("/api/jobs").await.refused(401, "WrongCode");
    studio.owner.get(&path).await.refused(404, "NotFound");
    studio.owner.delete(&path).await.refused(404, "NotFound");
    assert_eq!(studio.owner.get("/api/admin/members").await.with(200).json()["items"], json!([]));
    until("the bucket to be empty", async || {
        // The alarm of the member's object goes on by itself, or with the next look at it.
        (studio.in_bucket() == (0, 0)).then_some(())
    })
    .await;
    studio.open(&share).await.refused(404, "NotFound");
    assert!(studio.owner.budgets().await.studio.unwrap().day.spent > Money::ZERO, "spent is spent");
}

async fn a_member_deletes_everything_of_their_own_and_goes_on() {
    let studio = Studio::unlimited().await;
    let member = studio.member("清空");
    let (ids, share) = live_a_little(&studio, &member).await;
    let spent = member.budgets().await.member.day.spent;
    let _ = member.delete("/api/data").await.with(204);
    for id in &ids {
        member.get(format!("/api/jobs/{id}")).await.refused(404, "NotFound");
    }
    is_empty(&member).await;
    until("the bucket to be empty", async || (studio.in_bucket() == (0, 0)).then_some(())).await;
    studio.open(&share).await.refused(404, "NotFound");
    let submitted = until("the end of the deletion", async || {
        let answer = member.post("/api/jobs", &picture(&unique("重新开始"))).await;
        (answer.status == 202).then_some(answer)
    })
    .await;
    studio.all_ended(&member).await;
    let job: Value = member.get(format!("/api/jobs/{}", submitted.job().id)).await.with(200).json();
    assert_eq!(job["state"], "done");
    assert_eq!(member.budgets().await.member.day.spent, spent.plus(Money::from_fen(14)));
}
