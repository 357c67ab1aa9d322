//! Deployments that are set up otherwise, each a studio of its own.

use serde_json::json;
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_shared::route::ROUTES;
use studio_tests::client::send;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, picture, unique};

tests![
    without_an_owners_code_every_route_says_what_to_set,
    with_a_weak_signing_key_every_route_says_what_to_set,
    without_the_vendors_key_every_route_says_what_to_set,
    a_wrong_key_fails_the_job_with_the_vendors_words,
    another_region_has_names_and_an_offer_of_its_own,
];

async fn refuses_every_route(setup: Setup, setting: &str) {
    let studio = Studio::start(setup).await;
    for route in &ROUTES {
        let request = studio.owner.request(route.method.as_str(), route.path.replace(['{', '}'], ""));
        let answer = send(request.header("accept-language", "en").json(&json!({}))).await;
        let reply = answer.refused(503, "Misconfigured");
        assert!(reply.error.message.contains(setting), "{}: {}", route.path, reply.error.message);
    }
}

async fn without_an_owners_code_every_route_says_what_to_set() {
    refuses_every_route(Setup { owner_code: "", ..Setup::misconfigured() }, "set the secret OWNER_CODE")
        .await;
}

async fn with_a_weak_signing_key_every_route_says_what_to_set() {
    let setup = Setup { signing_key: "too-weak-e2e", ..Setup::misconfigured() };
    refuses_every_route(setup, "SIGNING_KEY is too weak").await;
}

async fn without_the_vendors_key_every_route_says_what_to_set() {
    refuses_every_route(Setup { api_key: "", ..Setup::misconfigured() }, "DASHSCOPE_API_KEY").await;
}

async fn a_wrong_key_fails_the_job_with_the_vendors_words() {
    let studio = Studio::start(Setup { api_key: "sk-e2e-another1", ..Setup::default() }).await;
    let job = studio.run(&picture(&unique("密钥"))).await;
    assert_eq!(job.state, State::Failed);
    let error = error(&job);
    assert_eq!((error.code.as_str(), error.message.as_str()), ("InvalidApiKey", "Invalid API-key provided."));
    assert_eq!(error.advice.zh, "检查密钥、首尾空格，以及密钥的地域与 DASHSCOPE_REGION 是否一致");
    assert_eq!(error.charged, Charged::No);
    assert!(job.request_id.is_some());
}

async fn another_region_has_names_and_an_offer_of_its_own() {
    let singapore = "ap-southeast-1";
    let studio =
        Studio::start(Setup { region: singapore, vendor_region: singapore, ..Setup::default() }).await;
    let prompt = unique("新加坡");
    let job = studio.run(&with(picture(&prompt), &json!({"model": "wanx2.1-t2i-turbo"}))).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    assert_eq!(job.request.model(), "wanx2.1-t2i-turbo");
    assert_eq!(studio.vendor.sent(&prompt).await["model"], "wan2.1-t2i-turbo");
    let note = &job.notes[0];
    assert_eq!((note.field.as_str(), note.sent.as_str()), ("model", "wan2.1-t2i-turbo"));

    // What the region does not offer is refused with what it does, before anything is sent.
    let prompt = unique("不提供");
    for request in [
        with(picture(&prompt), &json!({"model": "wanx2.0-t2i-turbo"})),
        json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": prompt}),
    ] {
        for path in ["/api/quote", "/api/jobs"] {
            let reply = studio.owner.post(path, &request).await.refused(400, "InvalidParameter");
            assert_eq!(reply.error.field.as_deref(), Some("model"), "{reply:?}");
        }
    }
    assert!(studio.vendor.creations(&prompt).await.is_empty());
}
