//! Who may call: `/api/health`, `/api/catalogue`, `/api/session`.

use serde_json::json;
use studio_shared::catalogue::{Group, Rule, models};
use studio_shared::kind::Kind;
use studio_tests::client::send;
use studio_tests::{Answer, Client, Setup, Studio, picture, unique};

tests![
    health_says_what_the_worker_talks_to,
    the_catalogue_offers_six_image_models_with_their_ranges,
    a_right_code_logs_in_with_a_cookie_closed_to_scripts_and_other_sites,
    a_code_is_taken_with_stray_spaces,
    a_wrong_code_is_refused,
    a_login_that_is_not_one_code_is_refused,
    a_cookie_and_a_code_both_tell_who_i_am,
    logging_out_takes_the_cookie_away,
    a_changed_cookie_is_none,
    members_do_not_see_each_others_jobs,
    a_cookie_from_another_sites_page_is_refused,
    every_route_of_members_is_closed_to_strangers,
];

async fn log_in(studio: &Studio, code: &str) -> Answer {
    studio.nobody.post("/api/session", &json!({ "code": code })).await
}

/// The pair `name=value` of the cookie that a login sets.
async fn cookie(studio: &Studio) -> String {
    let answer = log_in(studio, Setup::default().owner_code).await.with(200);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn with_cookie(client: &Client, cookie: &str) -> Answer {
    send(client.request("GET", "/api/session").header("cookie", cookie)).await
}

async fn health_says_what_the_worker_talks_to() {
    let health = Studio::shared().await.nobody.get("/api/health").await.with(200).json();
    assert_eq!(
        health,
        json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "upstream": "simulator"})
    );
}

async fn the_catalogue_offers_six_image_models_with_their_ranges() {
    let answer = Studio::shared().await.nobody.get("/api/catalogue").await.with(200);
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let catalogue = answer.json();
    let shown = serde_json::to_string(&catalogue).unwrap();
    let reference = || models(Kind::Image).iter().filter(|model| model.group == Group::Reference);
    assert_eq!(reference().count(), 6);
    for model in reference() {
        let told = serde_json::to_value(model).unwrap();
        assert!(shown.contains(&serde_json::to_string(&told).unwrap()), "{} in {shown}", model.id);
        for name in ["prompt", "size", "n"] {
            let rule = &model.parameter(name).unwrap().rule;
            assert!(matches!(rule, Rule::Text { .. } | Rule::Size(_) | Rule::Integer { .. }), "{rule:?}");
        }
    }
}

async fn a_right_code_logs_in_with_a_cookie_closed_to_scripts_and_other_sites() {
    let studio = Studio::shared().await;
    let answer = log_in(&studio, Setup::default().owner_code).await.with(200);
    let (value, attributes) = answer.header("set-cookie").split_once("; ").unwrap();
    assert!(value.starts_with("studio_session=owner.-."), "{value}");
    assert_eq!(attributes, "Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
}

async fn a_code_is_taken_with_stray_spaces() {
    let studio = Studio::shared().await;
    let _ = log_in(&studio, &format!(" {}\n", Setup::default().owner_code)).await.with(200);
}

async fn a_wrong_code_is_refused() {
    let studio = Studio::shared().await;
    for code in ["", "wrong", "k7fq-m2xw-9dza-e2", "K7FQ-M2XW-9DZA-E2E"] {
        let answer = log_in(&studio, code).await;
        answer.refused(401, "WrongCode");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let stranger = Client::new(studio.nobody.base_url(), Some("wrong"));
    stranger.get("/api/jobs").await.refused(401, "WrongCode");
}

async fn a_login_that_is_not_one_code_is_refused() {
    let studio = Studio::shared().await;
    for body in
        [json!({}), json!({"code": 7}), json!({"code": "x", "as": "owner"}), json!(["x"]), json!(null)]
    {
        studio.nobody.post("/api/session", &body).await.refused(400, "InvalidParameter");
    }
}

async fn a_cookie_and_a_code_both_tell_who_i_am() {
    let studio = Studio::shared().await;
    let by_cookie = with_cookie(&studio.nobody, &cookie(&studio).await).await.with(200).json();
    let by_code = studio.owner.get("/api/session").await.with(200).json();
    assert_eq!(by_cookie, by_code);
    assert_eq!(
        by_code,
        json!({"member": "owner", "owner": true, "rights": {}, "upstream": "simulator", "region": "cn-beijing",
               "keep_qwen_1140": false, "english_voice": "sambert-beth-v1", "keeps_results": true})
    );
}

async fn logging_out_takes_the_cookie_away() {
    let studio = Studio::shared().await;
    let answer = studio.nobody.delete("/api/session").await.with(204);
    assert_eq!(answer.header("set-cookie"), "studio_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    with_cookie(&studio.nobody, "studio_session=").await.refused(401, "NotLoggedIn");
}

async fn a_changed_cookie_is_none() {
    let studio = Studio::shared().await;
    let cookie = cookie(&studio).await;
    let last = if cookie.ends_with('0') { "1" } else { "0" };
    for changed in [
        cookie.replace("owner", "admin"),
        cookie.replacen('.', ".9", 1),
        format!("{}{last}", &cookie[..cookie.len() - 1]),
        cookie.rsplit_once('.').unwrap().0.to_owned(),
    ] {
        assert_ne!(changed, cookie);
        with_cookie(&studio.nobody, &changed).await.refused(401, "NotLoggedIn");
    }
}

async fn members_do_not_see_each_others_jobs() {
    let studio = Studio::shared().await;
    let neighbour = studio.member("neighbour");
    assert_eq!(neighbour.get("/api/session").await.with(200).json()["member"], "neighbour");
    let job = neighbour.post("/api/jobs", &picture(&unique("邻居"))).await.with(202).job();
    let _ = neighbour.get(format!("/api/jobs/{}", job.id)).await.with(200);
    studio.owner.get(format!("/api/jobs/{}", job.id)).await.refused(404, "NotFound");
}

async fn a_cookie_from_another_sites_page_is_refused() {
    let studio = Studio::shared().await;
    let cookie = cookie(&studio).await;
    let prompt = unique("跨站");
    let post = |origin: &str| {
        let request = studio.nobody.request("POST", "/api/jobs").header("cookie", &cookie);
        send(request.header("origin", origin).json(&picture(&prompt)))
    };
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        post(origin).await.refused(403, "CrossSite");
    }
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 0);
    let _ = post(studio.nobody.base_url()).await.with(202);
}

async fn every_route_of_members_is_closed_to_strangers() {
    let studio = Studio::shared().await;
    for (method, path) in [
        ("GET", "/api/session"),
        ("POST", "/api/quote"),
        ("POST", "/api/jobs"),
        ("GET", "/api/jobs"),
        ("GET", "/api/jobs/x"),
        ("DELETE", "/api/jobs/x"),
        ("POST", "/api/jobs/x/cancel"),
        ("POST", "/api/jobs/x/retry"),
        ("GET", "/api/jobs/x/outputs/0"),
        ("GET", "/api/live"),
    ] {
        let answer = send(studio.nobody.request(method, path)).await;
        answer.refused(401, "NotLoggedIn");
    }
}
