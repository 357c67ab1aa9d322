//! Cloudflare Access, where it is switched on: a second wall, in front of everything that is not public.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use studio_shared::error::code;
use studio_shared::route::{Access, Action, ROUTES};
use studio_tests::client::send;
use studio_tests::cloudflare::{AUDIENCE, TEAM, claims, now};
use studio_tests::order::with;
use studio_tests::{Answer, Client, Setup, Studio};

tests![
    every_route_that_is_not_public_needs_an_assertion_beside_the_code,
    an_assertion_holds_for_this_application_of_this_team_and_in_its_time,
    a_new_key_is_fetched_and_made_up_ones_are_not_fetched_for,
    where_the_keys_cannot_be_had_nobody_is_let_through,
    half_a_setting_or_another_host_stops_the_deployment,
];

const VARS: &[(&str, &str)] = &[("ACCESS_TEAM_DOMAIN", TEAM), ("ACCESS_AUD", AUDIENCE)];

async fn start() -> Studio {
    Studio::start(Setup { vars: VARS, ..Setup::default() }).await
}

fn by(request: RequestBuilder, assertion: &str) -> RequestBuilder {
    request.header("cf-access-jwt-assertion", assertion).header("accept-language", "en")
}

async fn who(client: &Client, assertion: &str) -> Answer {
    send(by(client.request("GET", "/api/session"), assertion)).await
}

fn is_public(action: Action, access: Access) -> bool {
    access == Access::Public && !matches!(action, Action::LogIn | Action::LogOut)
}

async fn every_route_that_is_not_public_needs_an_assertion_beside_the_code() {
    let studio = start().await;
    let right = studio.vendor.assertion(&claims(), &json!({})).await;
    let (mut walled, mut public) = (0, 0);
    for route in &ROUTES {
        let path = route.path.replace("{id}", "none").replace("{code}", "none").replace("{n}", "0");
        let answer = send(studio.owner.request(route.method.as_str(), &path).json(&json!({}))).await;
        if is_public(route.action, route.access) {
            assert!(matches!(answer.status, 200 | 404), "{path}: {}", answer.text());
            public += 1;
        } else {
            let reply = answer.refused(403, code::ACCESS_NEEDED);
            assert!(reply.error.message.contains("Cf-Access-Jwt-Assertion"), "{path}: {reply:?}");
            walled += 1;
        }
    }
    println!("{walled} routes behind Access, {public} in front of it");
    assert_eq!((walled + public, public), (ROUTES.len(), 7));

    // With one the code is asked for as ever: Access does not say who somebody is.
    let _ = who(&studio.owner, &right).await.with(200);
    who(&studio.nobody, &right).await.refused(401, "NotLoggedIn");
    who(&studio.bearer("not-the-code"), &right).await.refused(401, "WrongCode");
    let login = |code: &str| studio.nobody.request("POST", "/api/session").json(&json!({ "code": code }));
    let answer = send(by(login(Setup::default().owner_code), &right)).await.with(200);
    let page = Client::with_cookie(studio.nobody.base_url(), answer.cookie("studio_session"));
    let _ = who(&page, &right).await.with(200);
    page.get("/api/session").await.refused(403, code::ACCESS_NEEDED);
    let cookie = format!("{}; CF_Authorization={right}", answer.cookie("studio_session"));
    let by_cookie = Client::with_cookie(studio.nobody.base_url(), &cookie);
    by_cookie.get("/api/session").await.refused(403, code::ACCESS_NEEDED);
}

async fn an_assertion_holds_for_this_application_of_this_team_and_in_its_time() {
    let studio = start().await;
    let right = studio.vendor.assertion(&claims(), &json!({})).await;
    let _ = who(&studio.owner, &right).await.with(200);
    let service = with(claims(), &json!({"aud": AUDIENCE, "common_name": "bot.access"}));
    let service = studio.vendor.assertion(&service, &json!({})).await;
    let _ = who(&studio.owner, &service).await.with(200);

    let (signed, signature) = right.rsplit_once('.').unwrap();
    let (head, told) = signed.split_once('.').unwrap();
    let mut wrong = vec![
        ("none at all", String::new()),
        ("no assertion", "eyJ.eyJ.x".to_owned()),
        ("not signed", format!("{signed}.")),
        ("of another's signature", format!("{signed}.{}", service.rsplit_once('.').unwrap().1)),
        ("of other claims", format!("{head}.{}.{signature}", service.split('.').nth(1).unwrap())),
        ("of another head", format!("{}.{told}.{signature}", head.replace('e', "f"))),
    ];
    let changed: [(&str, Value, Value); 8] = [
        ("over", json!({"exp": now() - 1}), json!({})),
        ("not begun", json!({"nbf": now() + 120}), json!({})),
        ("for another application", json!({"aud": ["0".repeat(64)]}), json!({})),
        ("of another team", json!({"iss": "https://other.cloudflareaccess.com"}), json!({})),
        ("by no algorithm", json!({}), json!({"head": {"alg": "none"}})),
        ("by another algorithm", json!({}), json!({"head": {"alg": "HS256"}})),
        ("with what must be understood", json!({}), json!({"head": {"crit": ["x"]}})),
        (
            "by a key that is not the team's",
            json!({}),
            json!({"key": "hidden", "hidden": true, "head": {"kid": "simulator"}}),
        ),
    ];
    for (why, change, how) in changed {
        wrong.push((why, studio.vendor.assertion(&with(claims(), &change), &how).await));
    }
    for (why, assertion) in wrong {
        let answer = who(&studio.owner, &assertion).await;
        assert_eq!(answer.status, 403, "{why}: {}", answer.text());
        answer.refused(403, code::ACCESS_NEEDED);
    }
}

async fn certs(studio: &Studio) -> u64 {
    studio.vendor.asked_of_cloudflare().await["certs"].as_u64().unwrap()
}

async fn a_new_key_is_fetched_and_made_up_ones_are_not_fetched_for() {
    let studio = start().await;
    let first = studio.vendor.assertion(&claims(), &json!({"key": "first"})).await;
    for _ in 0..5 {
        let _ = who(&studio.owner, &first).await.with(200);
    }
    assert_eq!(certs(&studio).await, 1, "kept");
    // The keys were fetched less than a minute ago.
    let made_up =
        studio.vendor.assertion(&claims(), &json!({"key": "first", "head": {"kid": "made-up"}})).await;
    for _ in 0..5 {
        who(&studio.owner, &made_up).await.refused(403, code::ACCESS_NEEDED);
    }
    assert_eq!(certs(&studio).await, 1, "not fetched again and again for what nobody has");
    // A program that starts anew fetches them anew, with the key that has been added.
    let second = studio.vendor.assertion(&claims(), &json!({"key": "second"})).await;
    studio.kill_worker().await;
    studio.start_worker().await;
    for assertion in [&second, &first] {
        let _ = who(&studio.owner, assertion).await.with(200);
    }
    assert_eq!(certs(&studio).await, 2);
}

async fn where_the_keys_cannot_be_had_nobody_is_let_through() {
    let studio = start().await;
    let right = studio.vendor.assertion(&claims(), &json!({})).await;
    let elsewhere = format!("{}/api/health", studio.nobody.base_url());
    for mood in [json!("down"), json!("babble"), json!({ "redirect": elsewhere })] {
        studio.vendor.cloudflare(&mood).await;
        who(&studio.owner, &right).await.refused(503, code::ACCESS_UNREACHABLE);
        let _ = studio.nobody.get("/api/health").await.with(200);
    }
    studio.vendor.cloudflare(&json!("up")).await;
    let _ = who(&studio.owner, &right).await.with(200);
    // What is known already goes on.
    studio.vendor.cloudflare(&json!("down")).await;
    let _ = who(&studio.owner, &right).await.with(200);
}

async fn half_a_setting_or_another_host_stops_the_deployment() {
    let setups: [(&'static [(&str, &str)], &str); 3] = [
        (&[("ACCESS_TEAM_DOMAIN", TEAM)], "ACCESS_AUD; set that to"),
        (&[("ACCESS_AUD", AUDIENCE)], "ACCESS_TEAM_DOMAIN; set that to"),
        (
            &[("ACCESS_TEAM_DOMAIN", "keys.evil.example"), ("ACCESS_AUD", AUDIENCE)],
            "name.cloudflareaccess.com",
        ),
    ];
    for (vars, what) in setups {
        let studio = Studio::start(Setup { vars, ..Setup::misconfigured() }).await;
        let request = studio.owner.request("GET", "/api/jobs").header("accept-language", "en");
        let reply = send(request).await.refused(503, "Misconfigured");
        assert!(reply.error.message.contains(what), "{reply:?}");
        assert_eq!(certs(&studio).await, 0);
    }
}
