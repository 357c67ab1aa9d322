//! Regions and workspaces: names, what is offered, and what is said to a key of another one.

use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, picture, unique};

use crate::crossing::received;

tests![
    singapore_knows_films_by_the_references_names_and_offers_less,
    virginia_has_a_name_of_its_own_for_a_film,
    a_workspace_of_a_younger_region_is_named_in_every_call,
    a_region_without_a_host_of_its_own_asks_for_a_workspace,
    a_workspace_that_is_none_is_refused,
];

/// Ends the task at once: here only the creation is looked at.
const FAILS: &str = "[[sim:fail InternalError]]";

async fn in_region(region: &'static str) -> Studio {
    Studio::start(Setup { region, vendor_region: region, ..Setup::default() }).await
}

/// The name of a model that the vendor received.
async fn name_sent(studio: &Studio, request: Value) -> Value {
    let prompt = format!("{} {FAILS}", unique("地域"));
    received(studio, &with(request, &json!({ "prompt": prompt })), &prompt).await["model"].clone()
}

async fn singapore_knows_films_by_the_references_names_and_offers_less() {
    let studio = in_region("ap-southeast-1").await;
    for name in ["wan2.1-t2v-turbo", "wanx2.1-t2v-turbo"] {
        assert_eq!(name_sent(&studio, json!({ "model": name })).await, "wan2.1-t2v-turbo");
    }
    assert_eq!(name_sent(&studio, json!({"model": "wan2.6-t2i"})).await, "wan2.6-t2i");
    let request = with(picture(&unique("没有")), &json!({"model": "wanx2.0-t2i-turbo"}));
    let refused = studio.owner.post("/api/jobs", &request).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("model"));
    assert!(refused.error.message.contains("ap-southeast-1"), "{}", refused.error.message);
    let catalogue = studio.owner.get("/api/catalogue").await.with(200).json();
    assert_eq!(catalogue["region"], "ap-southeast-1");
    let ids = catalogue["kinds"][0]["models"].as_array().unwrap().iter().map(|model| &model["id"]);
    assert!(!ids.into_iter().any(|id| id == "wanx2.0-t2i-turbo"));
}

async fn virginia_has_a_name_of_its_own_for_a_film() {
    let studio = in_region("us-east-1").await;
    assert_eq!(name_sent(&studio, json!({"model": "wan2.6-t2v"})).await, "wan2.6-t2v-us");
}

async fn a_workspace_of_a_younger_region_is_named_in_every_call() {
    let studio = Studio::start(Setup {
        region: "eu-central-1",
        vendor_region: "ap-southeast-1",
        workspace: "llm-e2e_1",
        ..Setup::default()
    })
    .await;
    let prompt = unique("法兰克福");
    let job = studio.run(&with(picture(&prompt), &json!({"model": "wanx2.1-t2i-turbo"}))).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    let creation = &studio.vendor.creations(&prompt).await[0];
    assert_eq!(creation["headers"]["x-dashscope-workspace"], "llm-e2e_1");
    assert_eq!(creation["body"]["model"], "wan2.1-t2i-turbo");

    // The vendor answers a key of another region exactly like a wrong one: the advice names the setting.
    studio.vendor.fault("image.create", "错地域", json!({"status": 401, "code": "InvalidApiKey"})).await;
    let job = studio.run(&picture(&unique("错地域"))).await;
    assert_eq!((job.state, error(&job).charged), (State::Failed, Charged::No));
    assert!(error(&job).advice.zh.contains("DASHSCOPE_REGION"), "{job:?}");
    assert!(error(&job).advice.en.contains("the key's own region"), "{job:?}");
}

async fn refuses_to_run(setup: Setup, says: &str) {
    let studio = Studio::start(setup).await;
    let answer = studio.nobody.get("/api/health").await.refused(503, "Misconfigured");
    assert!(answer.error.message.contains(says), "{}", answer.error.message);
}

async fn a_region_without_a_host_of_its_own_asks_for_a_workspace() {
    let setup = Setup { region: "ap-northeast-1", ..Setup::misconfigured() };
    refuses_to_run(setup, "set DASHSCOPE_WORKSPACE").await;
}

async fn a_workspace_that_is_none_is_refused() {
    let setup = Setup { workspace: "evil.example/", ..Setup::misconfigured() };
    refuses_to_run(setup, "DASHSCOPE_WORKSPACE is").await;
}
