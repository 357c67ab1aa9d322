//! What stands around every answer: headers, the refusal of other sites' pages, and the leave that a listed one gets.

use serde_json::json;
use studio_shared::route::{Access, Method, ROUTES, Route};
use studio_tests::client::send;
use studio_tests::{Answer, Client, Setup, Studio, picture, unique};

tests![
    every_answer_of_every_route_has_the_headers,
    the_page_and_its_files_have_the_same_headers,
    no_policy_allows_what_stands_inline_or_is_made_from_text,
    another_sites_page_is_refused_on_every_route,
    another_site_cannot_log_a_browser_in_or_out,
    a_listed_site_calls_with_a_code_and_never_with_a_cookie,
    nobody_elses_page_reads_an_answer,
    a_list_of_sites_that_is_none_stops_the_deployment,
];

/// Of everything that is answered, by the worker and by the host of the page's files. `cache-control` and the policy differ, but are never missing.
const HEADERS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
];

const EVIL: &str = "https://evil.example";
const LISTED: &str = "https://tool.example";

fn walled(answer: &Answer, what: &str) {
    for (name, value) in HEADERS {
        assert_eq!(answer.header(name), value, "{name} of {what}, which answers {}", answer.status);
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{what}");
    assert_ne!(answer.header("cache-control"), "", "{what}");
}

/// The route's address, of things that nobody has.
fn address(route: &Route) -> String {
    let id = "0198f2a0-0000-7000-8000-00000000dead";
    let path = route.path.replace("{id}", id).replace("{code}", id).replace("{n}", "0");
    assert!(!path.contains('{'), "{path}");
    path
}

/// Whether a call changes nothing, or cannot succeed without a right body.
fn harmless(route: &Route) -> bool {
    !matches!(route.method, Method::Delete) || route.path.contains('{')
}

async fn every_answer_of_every_route_has_the_headers() {
    let studio = Studio::shared().await;
    let wrong = Client::new(studio.nobody.base_url(), Some("wrong"));
    for route in &ROUTES {
        let path = address(route);
        let (method, what) = (route.method.as_str(), format!("{} {path}", route.method.as_str()));
        for client in [&studio.nobody, &wrong] {
            walled(&send(client.request(method, &path)).await, &what);
        }
        if harmless(route) {
            walled(&send(studio.owner.request(method, &path).body("{")).await, &what);
        }
        walled(&send(studio.owner.request("OPTIONS", &path)).await, &format!("OPTIONS {path}"));
        // A stranger's wish for another protocol is no handshake.
        let upgrade = studio.nobody.request(method, &path).header("upgrade", "websocket");
        walled(&send(upgrade.header("connection", "upgrade")).await, &format!("{what} with an upgrade"));
    }
    for path in ["/api/", "/api/nothing", "/api/jobs/x/y/z", "/api//jobs", "/api/%00"] {
        walled(&studio.owner.get(path).await, path);
    }
}

async fn the_page_and_its_files_have_the_same_headers() {
    let studio = Studio::shared().await;
    let page = studio.nobody.get("/").await.with(200);
    let html = page.text();
    let files = html.split('"').filter(|text| text.starts_with('/') && text.contains('.'));
    let files: Vec<_> =
        files.map(str::to_owned).chain(["/", "/jobs/x", "/s/x", "/login"].map(str::to_owned)).collect();
    assert!(files.iter().any(|file| file.ends_with(".wasm")), "{files:?}");
    for file in files {
        walled(&studio.nobody.get(&file).await, &file);
    }
}

async fn no_policy_allows_what_stands_inline_or_is_made_from_text() {
    let studio = Studio::shared().await;
    for path in ["/", "/api/health", "/api/nothing", "/api/catalogue"] {
        let answer = studio.nobody.get(path).await;
        let policy = answer.header("content-security-policy");
        for loose in ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", " *", "data: 'self'"] {
            assert!(!policy.contains(loose), "{path}: {policy}");
        }
    }
}

/// The owner's browser: its cookie, and nothing that a page cannot send.
async fn cookie(studio: &Studio) -> String {
    let login = json!({"code": Setup::default().owner_code});
    let answer = studio.nobody.post("/api/session", &login).await.with(200);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn another_sites_page_is_refused_on_every_route() {
    let studio = Studio::shared().await;
    let cookie = cookie(&studio).await;
    for route in &ROUTES {
        let path = address(route);
        let call = || studio.nobody.request(route.method.as_str(), &path).header("cookie", &cookie);
        for origin in [EVIL, "null", "http://127.0.0.1:1"] {
            send(call().header("origin", origin)).await.refused(403, "CrossSite");
        }
        if route.method != Method::Get {
            for site in ["cross-site", "same-site"] {
                send(call().header("sec-fetch-site", site)).await.refused(403, "CrossSite");
                let own = call().header("origin", studio.nobody.base_url());
                send(own.header("sec-fetch-site", site)).await.refused(403, "CrossSite");
            }
        }
        // A code helps nobody there either.
        let coded = studio.owner.request(route.method.as_str(), &path).header("origin", EVIL);
        send(coded).await.refused(403, "CrossSite");
    }
    let _ = studio.owner.get("/api/session").await.with(200);
}

async fn another_site_cannot_log_a_browser_in_or_out() {
    let studio = Studio::shared().await;
    let login = json!({"code": Setup::default().owner_code});
    for (name, value) in [("origin", EVIL), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        for method in ["POST", "DELETE"] {
            let call = studio.nobody.request(method, "/api/session").header(name, value);
            let answer = send(call.json(&login)).await;
            answer.refused(403, "CrossSite");
            assert_eq!(answer.header("set-cookie"), "");
        }
    }
}

async fn a_listed_site_calls_with_a_code_and_never_with_a_cookie() {
    let setup =
        Setup { vars: &[("CORS_ORIGINS", "https://tool.example, http://127.0.0.1:1")], ..Setup::default() };
    let studio = Studio::start(setup).await;
    let from =
        |client: &Client, method: &str, path: &str| client.request(method, path).header("origin", LISTED);

    let asked = from(&studio.nobody, "OPTIONS", "/api/jobs").header("access-control-request-method", "POST");
    let leave =
        send(asked.header("access-control-request-headers", "authorization,idempotency-key")).await.with(204);
    walled(&leave, "the leave");
    assert_eq!(leave.header("access-control-allow-origin"), LISTED);
    assert_eq!(leave.header("access-control-allow-credentials"), "");
    assert!(leave.header("access-control-allow-headers").contains("idempotency-key"), "{leave:?}");
    assert!(leave.header("access-control-allow-methods").contains("PATCH"), "{leave:?}");

    let prompt = unique("别处的页面");
    let made = send(from(&studio.owner, "POST", "/api/jobs").json(&picture(&prompt))).await.with(202);
    let refused = send(from(&studio.owner, "GET", "/api/jobs/x")).await;
    refused.refused(404, "NotFound");
    for answer in [&made, &refused, &send(from(&studio.nobody, "GET", "/api/catalogue")).await.with(200)] {
        walled(answer, "an answer to a listed site");
        assert_eq!(answer.header("access-control-allow-origin"), LISTED);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert!(answer.header("access-control-expose-headers").contains("x-request-id"));
        assert_eq!(answer.header("vary"), "origin");
    }

    let cookie = cookie(&studio).await;
    for route in ROUTES.iter().filter(|route| route.access != Access::Public || route.method != Method::Get) {
        let call = from(&studio.nobody, route.method.as_str(), &address(route));
        send(call.header("cookie", &cookie)).await.refused(403, "CrossSite");
    }
    send(studio.owner.request("GET", "/api/jobs").header("origin", EVIL)).await.refused(403, "CrossSite");
    // The studio's own page is served as before, and no cache mixes the two up.
    let own = send(studio.owner.request("GET", "/api/jobs").header("origin", studio.owner.base_url())).await;
    assert_eq!(
        (own.status, own.header("access-control-allow-origin"), own.header("vary")),
        (200, "", "origin")
    );
}

async fn nobody_elses_page_reads_an_answer() {
    let studio = Studio::shared().await;
    for origin in [EVIL, "null", studio.nobody.base_url()] {
        for path in ["/api/health", "/api/catalogue", "/api/jobs"] {
            let answer = send(studio.owner.request("GET", path).header("origin", origin)).await;
            assert!(
                answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
                "{answer:?}"
            );
        }
    }
    let asked = studio.nobody.request("OPTIONS", "/api/jobs").header("origin", EVIL);
    let answer = send(asked.header("access-control-request-method", "POST")).await;
    assert!(answer.status >= 400 && answer.header("access-control-allow-origin").is_empty(), "{answer:?}");
}

async fn a_list_of_sites_that_is_none_stops_the_deployment() {
    let studio = Studio::start(Setup { vars: &[("CORS_ORIGINS", "*")], ..Setup::misconfigured() }).await;
    let answer = send(studio.owner.request("GET", "/api/jobs").header("accept-language", "en")).await;
    let reply = answer.refused(503, "Misconfigured");
    assert!(
        reply.error.message.contains("CORS_ORIGINS") && reply.error.message.contains("https://"),
        "{reply:?}"
    );
    walled(&answer, "a deployment that is not set up");
}
