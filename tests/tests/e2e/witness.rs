//! What the log says of who was let in, who was not, and who has changed that: one JSON line each, by ids, without a code.

use serde_json::json;
use studio_tests::client::send;
use studio_tests::{Client, Setup, Studio, picture, unique};

tests![
    who_is_let_in_and_who_is_not_is_logged,
    what_is_changed_of_members_and_codes_is_logged,
    what_is_opened_and_taken_out_is_logged,
    a_browser_forgets_what_it_has_kept_when_one_logs_out,
];

async fn who_is_let_in_and_who_is_not_is_logged() {
    let studio = Studio::start(Setup::default()).await;
    let issued = studio.issue(&json!({"name": "见证", "kinds": ["image"]})).await;
    let (member, code) = (issued.member.unwrap().id, issued.code.id);
    let page = studio.log_in(&issued.secret).await;
    studio
        .heard("logged_in", &json!({"detail": "LogIn", "by": "nothing", "member": member, "code": code}))
        .await;
    let _ = studio.log_in(Setup::default().owner_code).await;
    studio.heard("logged_in", &json!({"member": "owner", "code": null})).await;

    studio.bearer("not-the-code").get("/api/jobs").await.refused(401, "WrongCode");
    studio.heard("login_refused", &json!({"detail": "ListJobs", "by": "bearer", "member": null})).await;
    page.get("/api/admin/members").await.refused(403, "OwnerOnly");
    studio.heard("right_refused", &json!({"detail": "ListMembers", "by": "session", "member": member})).await;
    let text = json!({"kind": "text", "model": "qwen-turbo", "prompt": unique("不许")});
    page.post("/api/jobs", &text).await.refused(403, "NotAllowed");
    studio.heard("right_refused", &json!({"detail": "Submit", "member": member})).await;
    let foreign = studio.owner.request("POST", "/api/jobs").header("origin", "https://evil.example");
    let answer = send(foreign.json(&picture(&unique("跨站")))).await;
    let request = answer.refused(403, "CrossSite").request_id;
    studio.heard("cross_site_refused", &json!({"detail": "Submit", "request": request})).await;

    let _ = page.delete("/api/sessions").await.with(204);
    studio.heard("logged_out_everywhere", &json!({"member": member, "by": "session"})).await;
    assert_eq!(page.get("/api/jobs").await.status, 401);
    studio.heard("login_refused", &json!({"by": "session", "member": member})).await;
    for n in 0..12 {
        let _ = studio.nobody.post("/api/session", &json!({"code": format!("guess-{n}")})).await;
    }
    studio.heard("guesses_slowed", &json!({"detail": "LogIn", "by": "nothing"})).await;
}

async fn what_is_changed_of_members_and_codes_is_logged() {
    let studio = Studio::start(Setup::default()).await;
    let issued = studio.issue(&json!({"name": "变动"})).await;
    let member = issued.member.unwrap().id;
    studio.heard("member_made", &json!({"detail": "MakeMember", "by": "bearer", "member": member})).await;
    let path = format!("/api/admin/members/{member}");
    let made = studio.owner.post(format!("{path}/codes"), &json!({"name": "手机"})).await.with(201).issued();
    let code = made.code.id;
    let about = |detail: &str| json!({"detail": detail, "member": member, "code": code});
    studio.heard("code_made", &about("MakeMembersCode")).await;
    let rotate = format!("{path}/codes/{code}/rotate");
    let rotated = studio.owner.post(rotate, &json!({})).await.with(200).issued();
    studio.heard("code_rotated", &about("RotateMembersCode")).await;

    // A browser that rotates the code it came in with is in with the new one, by the same answer.
    let page = studio.log_in(&rotated.secret).await;
    let answer = page.post(format!("/api/codes/{code}/rotate"), &json!({})).await.with(200);
    studio.heard("code_rotated", &about("RotateCode")).await;
    let renewed = Client::with_cookie(studio.nobody.base_url(), answer.cookie("studio_session"));
    assert_eq!(renewed.get("/api/session").await.with(200).json()["code"], json!(code));
    assert_eq!(page.get("/api/session").await.status, 401);
    let program = studio.bearer(&answer.issued().secret);
    let answer = program.post(format!("/api/codes/{code}/rotate"), &json!({})).await.with(200);
    assert_eq!(answer.header("set-cookie"), "", "a program has no use for a session");

    let _ = studio.owner.delete(format!("{path}/codes/{code}")).await.with(204);
    studio.heard("code_revoked", &about("RevokeMembersCode")).await;
    let _ = studio.owner.patch(&path, &json!({"note": "朋友"})).await.with(200);
    studio.heard("member_changed", &json!({"member": member})).await;
    let _ = studio.owner.patch(&path, &json!({"revoked": true})).await.with(200);
    studio.heard("member_shut_out", &json!({"member": member})).await;
    studio.bearer(&issued.secret).get("/api/jobs").await.refused(401, "WrongCode");
    studio.heard("login_refused", &json!({"by": "bearer", "member": member})).await;
    let _ = studio.owner.delete(&path).await.with(204);
    studio.heard("member_deleted", &json!({"detail": "DeleteMember", "member": member})).await;
}

async fn what_is_opened_and_taken_out_is_logged() {
    let studio = Studio::start(Setup::default()).await;
    let job = studio.run(&picture(&unique("见证"))).await;
    let share = json!({"items": [{"job": job.id}], "password": "芝麻开门"});
    let share = studio.owner.share(&share).await.id;
    studio.open_with(&share, "芝麻关门").await.refused(401, "WrongPassword");
    let heard = studio.heard("share_password_wrong", &json!({"detail": "OpenShare", "by": "nothing"})).await;
    let said = heard["share"].as_str().unwrap();
    assert!(said.len() == 6 && share.starts_with(said), "{heard}");

    let issued = studio.issue(&json!({"name": "搬家"})).await;
    let (member, page) = (issued.member.unwrap().id, studio.log_in(&issued.secret).await);
    let _ = page.get("/api/export").await.with(200);
    studio.heard("data_exported", &json!({"by": "session", "member": member})).await;
    let answer = page.delete("/api/data").await;
    assert!(answer.status < 300, "{}", answer.text());
    studio.heard("data_deleted", &json!({"member": member})).await;
    assert!(!studio.stores(&format!("\"share\":\"{share}")), "by its id a share is opened");
}

async fn a_browser_forgets_what_it_has_kept_when_one_logs_out() {
    let studio = Studio::shared().await;
    let issued = studio.issue(&json!({"name": "清理"})).await;
    for path in ["/api/session", "/api/sessions"] {
        let page = studio.log_in(&issued.secret).await;
        let answer = page.delete(path).await.with(204);
        // Not the cookies: `studio_device` stays. Not the storage: drafts are the person's.
        assert_eq!(answer.header("clear-site-data"), "\"cache\"", "{path}");
        assert_eq!(answer.cookie("studio_session"), "studio_session=");
    }
    for path in ["/api/session", "/api/jobs", "/api/health"] {
        let page = studio.log_in(&issued.secret).await;
        assert_eq!(page.get(path).await.with(200).header("clear-site-data"), "", "{path}");
    }
}
