//! Sessions: closed to scripts and other sites, ended everywhere at once, and useless when changed.

use serde_json::json;
use studio_tests::client::send;
use studio_tests::live::Socket;
use studio_tests::{Client, Setup, Studio};

tests![
    a_members_browser_gets_a_session_and_the_owners_is_known_again,
    logging_out_everywhere_ends_every_session_and_no_code,
    a_session_that_was_logged_out_is_of_no_use_to_whoever_has_kept_it,
    logging_in_again_ends_the_session_that_the_browser_had,
    a_session_outlives_the_worker_and_not_its_member,
    a_changed_session_is_none,
];

const ATTRIBUTES: &str = "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict";

async fn a_members_browser_gets_a_session_and_the_owners_is_known_again() {
    let studio = Studio::shared().await;
    let secret = studio.issue(&json!({"name": "浏览器"})).await.secret;
    let answer = studio.nobody.post("/api/session", &json!({"code": secret})).await.with(200);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
    assert!(cookies.len() == 1 && cookies[0].ends_with(ATTRIBUTES), "{cookies:?}");
    let login = json!({"code": Setup::default().owner_code});
    let answer = studio.nobody.post("/api/session", &login).await.with(200);
    let device = answer.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).nth(1).unwrap();
    assert!(
        device.starts_with("studio_device=") && device.contains("; HttpOnly; SameSite=Strict"),
        "{device}"
    );
    assert!(device.contains("Max-Age=34560000"), "{device}");
    // It only says which browser it is.
    let alone = Client::with_cookie(studio.nobody.base_url(), answer.cookie("studio_device"));
    alone.get("/api/session").await.refused(401, "NotLoggedIn");
}

async fn logging_out_everywhere_ends_every_session_and_no_code() {
    let studio = Studio::shared().await;
    let issued = studio.issue(&json!({"name": "全部退出"})).await;
    let (one, two) = tokio::join!(studio.log_in(&issued.secret), studio.log_in(&issued.secret));
    let program = studio.bearer(&issued.secret);
    let mut page = Socket::of(&two).await;
    let answer = one.delete("/api/sessions").await.with(204);
    assert_eq!(answer.cookie("studio_session"), "studio_session=");
    assert_eq!(page.closed().await, 4401);
    one.get("/api/session").await.refused(401, "SessionRevoked");
    two.get("/api/session").await.refused(401, "SessionRevoked");
    let _ = program.get("/api/session").await.with(200);
    let _ = studio.log_in(&issued.secret).await.get("/api/session").await.with(200);
}

async fn a_session_that_was_logged_out_is_of_no_use_to_whoever_has_kept_it() {
    let setup = Setup::default();
    let studio = Studio::start(setup.clone()).await;
    let secret = studio.issue(&json!({"name": "退出"})).await.secret;
    let (one, two) = tokio::join!(studio.log_in(&secret), studio.log_in(&secret));
    // Renewed meanwhile, it is the same session.
    let renewed = one.ending(&setup, u64::from(u32::MAX) * 1000);
    let _ = renewed.get("/api/session").await.with(200);
    assert_eq!(one.delete("/api/session").await.with(204).cookie("studio_session"), "studio_session=");
    for session in [&one, &renewed] {
        session.get("/api/session").await.refused(401, "SessionRevoked");
        let _ = session.delete("/api/session").await.with(204);
    }
    let _ = two.get("/api/session").await.with(200);
    studio.kill_worker().await;
    studio.start_worker().await;
    one.get("/api/session").await.refused(401, "SessionRevoked");
    let _ = two.get("/api/session").await.with(200);
    let owner = studio.log_in(setup.owner_code).await;
    let _ = owner.delete("/api/session").await.with(204);
    owner.get("/api/session").await.refused(401, "SessionRevoked");
}

async fn logging_in_again_ends_the_session_that_the_browser_had() {
    let studio = Studio::shared().await;
    let secret = studio.issue(&json!({"name": "重新登录"})).await.secret;
    let before = studio.log_in(&secret).await;
    let wrong = before.request("POST", "/api/session").header("cf-connecting-ip", "198.51.100.200");
    send(wrong.json(&json!({"code": "wrong"}))).await.refused(401, "WrongCode");
    let _ = before.get("/api/session").await.with(200);
    let answer = before.post("/api/session", &json!({"code": secret})).await.with(200);
    before.get("/api/session").await.refused(401, "SessionRevoked");
    let now = Client::with_cookie(before.base_url(), answer.cookie("studio_session"));
    let _ = now.get("/api/session").await.with(200);
}

async fn a_session_outlives_the_worker_and_not_its_member() {
    let studio = Studio::start(Setup::default()).await;
    let issued = studio.issue(&json!({"name": "重启"})).await;
    let page = studio.log_in(&issued.secret).await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let _ = page.get("/api/session").await.with(200);
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    for (out, again) in [
        (json!({"revoked": true}), json!({"revoked": false})),
        (json!({"last_day": "2001-01-01"}), json!({"last_day": null})),
    ] {
        let _ = studio.owner.patch(&path, &out).await.with(200);
        page.get("/api/session").await.refused(401, "SessionRevoked");
        studio.bearer(&issued.secret).get("/api/session").await.refused(401, "WrongCode");
        studio.kill_worker().await;
        studio.start_worker().await;
        page.get("/api/session").await.refused(401, "SessionRevoked");
        let _ = studio.owner.patch(&path, &again).await.with(200);
        let _ = page.get("/api/session").await.with(200);
    }
}

async fn a_changed_session_is_none() {
    let studio = Studio::shared().await;
    let issued = studio.issue(&json!({"name": "改动"})).await;
    let answer = studio.nobody.post("/api/session", &json!({"code": issued.secret})).await.with(200);
    let cookie = answer.cookie("studio_session").to_owned();
    let member = issued.member.unwrap().id;
    for changed in [
        cookie.replace(&member, "owner"),
        cookie.replace(&issued.code.id, "-"),
        cookie.replace(&member, "owner").replace(&issued.code.id, "-"),
        format!("{cookie}0"),
        cookie.trim_end_matches(|c: char| c.is_ascii_hexdigit()).to_owned(),
        "studio_session=".to_owned(),
    ] {
        assert_ne!(changed, cookie);
        let client = Client::with_cookie(studio.nobody.base_url(), &changed);
        client.get("/api/session").await.refused(401, "NotLoggedIn");
    }
}
