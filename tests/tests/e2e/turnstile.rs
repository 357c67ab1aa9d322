//! Turnstile, where it is switched on: a code is looked at only together with a token that holds.

use serde_json::{Value, json};
use studio_shared::error::code;
use studio_tests::client::send;
use studio_tests::{Answer, Client, Setup, Studio, record};

tests![
    a_code_needs_a_token_that_holds_once_here_and_now,
    wrong_tokens_are_no_guesses_and_right_ones_forgive_none,
    the_secrets_for_tests_do_as_they_are_said_to,
    where_cloudflare_does_not_say_nobody_is_logged_in,
    only_the_page_to_log_in_lets_the_widget_in,
    half_a_setting_stops_the_deployment,
];

const SITE_KEY: &str = "0x4AAAAAAA-e2e-site_key";
const SECRET: &str = "0x4AAAAAAA-e2e-secret-5c0ffee5";
const HOST: &str = "https://challenges.cloudflare.com";

async fn start() -> Studio {
    record::key(SECRET);
    let vars = &[("TURNSTILE_SITE_KEY", SITE_KEY), ("TURNSTILE_SECRET_KEY", SECRET)];
    Studio::start(Setup { vars, ..Setup::default() }).await
}

async fn log_in(client: &Client, code: &str, token: Option<&str>) -> Answer {
    let mut login = json!({ "code": code });
    if let Some(token) = token {
        login["turnstile"] = json!(token);
    }
    let request = client.request("POST", "/api/session").header("cf-connecting-ip", "198.51.100.7");
    send(request.header("accept-language", "en").json(&login)).await
}

async fn a_code_needs_a_token_that_holds_once_here_and_now() {
    let studio = start().await;
    let (nobody, right) = (&studio.nobody, Setup::default().owner_code);
    assert_eq!(nobody.get("/api/health").await.with(200).json()["turnstile"], true);
    for none in [None, Some(""), Some("  ")] {
        let reply = log_in(nobody, right, none).await.refused(403, code::TURNSTILE_NEEDED);
        assert!(reply.error.advice.contains("/login") && reply.error.advice.contains("bearer"), "{reply:?}");
    }
    assert_eq!(studio.vendor.asked_of_cloudflare().await["siteverify"], json!([]), "nothing to ask about");

    let token = studio.vendor.fresh_token().await;
    let answer = log_in(nobody, right, Some(&token)).await.with(200);
    assert!(answer.cookie("studio_session").len() > 20);
    let asked = &studio.vendor.asked_of_cloudflare().await["siteverify"];
    assert_eq!(asked, &json!([{"response": token, "remoteip": "198.51.100.7"}]));

    let made = |host: &'static str, action: &'static str, age| studio.vendor.token(host, action, age);
    let refused = [
        ("used before", token),
        ("too old", made("127.0.0.1", "login", 301).await),
        ("of another page", made("evil.example", "login", 0).await),
        ("for something else", made("127.0.0.1", "comment", 0).await),
        ("never given", "0.made-up".to_owned()),
        ("too long", "x".repeat(3000)),
    ];
    for (why, token) in refused {
        let answer = log_in(nobody, right, Some(&token)).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, ""), "{why}");
        let reply = answer.refused(403, code::TURNSTILE_REFUSED);
        assert!(reply.error.message.contains("counts as no wrong one"), "{why}: {reply:?}");
    }
    // Programs show no widget: a code as the bearer token is as good as ever, and counted as ever.
    let _ = studio.owner.get("/api/session").await.with(200);
    studio.bearer("not-the-code").get("/api/session").await.refused(401, "WrongCode");
}

async fn wrong_tokens_are_no_guesses_and_right_ones_forgive_none() {
    let studio = start().await;
    let right = Setup::default().owner_code;
    for n in 0..30 {
        let answer = log_in(&studio.nobody, &format!("guess-{n}"), Some("0.made-up")).await;
        answer.refused(403, code::TURNSTILE_REFUSED);
    }
    let with_token = async |code: &str| {
        let token = studio.vendor.fresh_token().await;
        log_in(&studio.nobody, code, Some(&token)).await
    };
    let _ = with_token(right).await.with(200);
    let mut answers = Vec::new();
    for n in 0..14 {
        answers.push(with_token(&format!("guess-{n}")).await.status);
    }
    assert_eq!(answers.iter().filter(|status| **status == 401).count() + 1, 12, "{answers:?}");
    assert_eq!(answers.last(), Some(&429), "{answers:?}");
    with_token(right).await.refused(429, "TooManyAttempts");
}

async fn the_secrets_for_tests_do_as_they_are_said_to() {
    let dummy = Some("XXXX.DUMMY.TOKEN.XXXX");
    let right = Setup::default().owner_code;
    let started = [
        &[
            ("TURNSTILE_SITE_KEY", "1x00000000000000000000AA"),
            ("TURNSTILE_SECRET_KEY", "1x0000000000000000000000000000000AA"),
        ],
        &[
            ("TURNSTILE_SITE_KEY", "2x00000000000000000000AB"),
            ("TURNSTILE_SECRET_KEY", "2x0000000000000000000000000000000AA"),
        ],
        &[
            ("TURNSTILE_SITE_KEY", "3x00000000000000000000FF"),
            ("TURNSTILE_SECRET_KEY", "3x0000000000000000000000000000000AA"),
        ],
        &[
            ("TURNSTILE_SITE_KEY", "4x00000000000000000000AA"),
            ("TURNSTILE_SECRET_KEY", "no-secret-of-any-widget"),
        ],
    ];
    for (n, vars) in (1..).zip(started) {
        let studio = Studio::start(Setup { vars, ..Setup::default() }).await;
        let answer = log_in(&studio.nobody, right, dummy).await;
        match n {
            1 => {
                let _ = answer.with(200);
                let _ = log_in(&studio.nobody, right, dummy).await.with(200);
                let other = Some("a-token-of-another-widget");
                let _ = log_in(&studio.nobody, right, other).await.with(200);
                log_in(&studio.nobody, right, other).await.refused(403, code::TURNSTILE_REFUSED);
            }
            2 | 3 => drop(answer.refused(403, code::TURNSTILE_REFUSED)),
            _ => {
                let reply = answer.refused(503, code::MISCONFIGURED);
                assert!(reply.error.message.contains("TURNSTILE_SECRET_KEY; set it"), "{reply:?}");
            }
        }
    }
}

async fn where_cloudflare_does_not_say_nobody_is_logged_in() {
    let studio = start().await;
    let right = Setup::default().owner_code;
    let elsewhere = format!("{}/api/health", studio.nobody.base_url());
    for mood in [json!("down"), json!("babble"), json!({ "redirect": elsewhere })] {
        studio.vendor.cloudflare(&mood).await;
        let token = studio.vendor.fresh_token().await;
        let answer = log_in(&studio.nobody, right, Some(&token)).await;
        assert_eq!(answer.header("set-cookie"), "", "{mood}");
        let reply = answer.refused(503, code::TURNSTILE_UNREACHABLE);
        assert!(reply.error.message.contains("Cloudflare cannot be asked"), "{mood}: {reply:?}");
    }
    studio.vendor.cloudflare(&json!("up")).await;
    let token = studio.vendor.fresh_token().await;
    let _ = log_in(&studio.nobody, right, Some(&token)).await.with(200);
}

fn policy(answer: &Answer) -> &str {
    answer.header("content-security-policy")
}

async fn only_the_page_to_log_in_lets_the_widget_in() {
    let studio = start().await;
    let plain = Studio::shared().await;
    assert_eq!(plain.nobody.get("/api/health").await.with(200).json().get("turnstile"), None::<&Value>);
    let without = plain.nobody.get("/login").await.with(200);
    let page = plain.nobody.get("/").await.with(200);
    assert_eq!((policy(&without), without.text()), (policy(&page), page.text()), "the one page, as it is");

    let login = studio.nobody.get("/login").await.with(200);
    assert!(login.text().contains(&format!("<meta name=\"turnstile-site-key\" content=\"{SITE_KEY}\" />")));
    let narrowed = policy(&login).replace(&format!(" {HOST}"), "").replace("; frame-src", "");
    assert_eq!(narrowed, policy(&page), "but for the widget's host the policy is the page's own");
    let script = policy(&login).split("; ").find(|directive| directive.starts_with("script-src")).unwrap();
    assert!(script.ends_with(HOST), "{script}");
    assert!(policy(&login).ends_with(&format!("; frame-src {HOST}")), "{}", policy(&login));
    for path in ["/", "/history", "/login/", "/s/0123"] {
        let answer = studio.nobody.get(path).await;
        assert!(!policy(&answer).contains("cloudflare") && !answer.text().contains(SITE_KEY), "{path}");
    }
    studio.nobody.post("/login", &json!({})).await.refused(405, "MethodNotAllowed");
}

async fn half_a_setting_stops_the_deployment() {
    for (vars, what) in [
        (&[("TURNSTILE_SITE_KEY", SITE_KEY)], "set it to the widget's secret key"),
        (&[("TURNSTILE_SECRET_KEY", SECRET)], "set the variable TURNSTILE_SITE_KEY"),
    ] {
        let studio = Studio::start(Setup { vars, ..Setup::misconfigured() }).await;
        let request = studio.owner.request("GET", "/api/jobs").header("accept-language", "en");
        let reply = send(request).await.refused(503, "Misconfigured");
        assert!(reply.error.message.contains(what), "{reply:?}");
    }
}
