//! Uploads: policy, form, and everything the store refuses.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Bench, refusal};

const BOUNDARY: &str = "----simulator";

/// A policy for this model.
pub(crate) async fn policy(bench: &Bench, model: &str) -> Value {
    let response = bench.get(&format!("/api/v1/uploads?action=getPolicy&model={model}")).await;
    assert_eq!(response.status(), 200);
    response.json::<Value>().await.unwrap()["data"].clone()
}

/// The document's form, in its order, with some fields changed; an empty value leaves a field out.
pub(crate) fn form(policy: &Value, name: &str, file: &[u8], changed: &[(&str, &str)]) -> Vec<u8> {
    let text = |field: &str| policy[field].as_str().unwrap().to_owned();
    let fields = [
        ("OSSAccessKeyId", text("oss_access_key_id")),
        ("Signature", text("signature")),
        ("policy", text("policy")),
        ("x-oss-object-acl", text("x_oss_object_acl")),
        ("x-oss-forbid-overwrite", text("x_oss_forbid_overwrite")),
        ("key", format!("{}/{name}", text("upload_dir"))),
        ("success_action_status", "200".to_owned()),
    ];
    let mut body = Vec::new();
    for (field, value) in fields {
        let other = changed.iter().find(|(changed, _)| *changed == field);
        let value = other.map_or(value.as_str(), |(_, value)| value);
        if !value.is_empty() {
            body.extend(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .into_bytes(),
            );
        }
    }
    body.extend(
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
            .into_bytes(),
    );
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    body
}

pub(crate) async fn send(bench: &Bench, body: Vec<u8>) -> Response {
    let request = bench.client().post(bench.store());
    request
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(body)
        .send()
        .await
        .unwrap()
}

/// Status and code of the store's XML.
async fn refused(bench: &Bench, body: Vec<u8>) -> (u16, String) {
    let response = send(bench, body).await;
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/xml");
    let text = response.text().await.unwrap();
    let (_, code) = text.split_once("<Code>").unwrap();
    (status, code.split_once('<').unwrap().0.to_owned())
}

#[tokio::test]
async fn a_policy_opens_its_own_folder_on_another_port() {
    let bench = Bench::start().await;
    let policy = policy(&bench, "paraformer-v1").await;
    assert_eq!(policy["upload_host"].as_str().unwrap(), bench.store().trim_end_matches('/'));
    assert_eq!((&policy["expire_in_seconds"], &policy["max_file_size_mb"]), (&json!(300), &json!(1024)));
    let taken = send(&bench, form(&policy, "a.wav", b"hello", &[])).await;
    assert_eq!((taken.status().as_u16(), taken.text().await.unwrap().as_str()), (200, ""));
    let figures = bench.figures().await;
    let upload = &figures["uploads"][0];
    assert_eq!((&upload["size"], &upload["model"]), (&json!(5), &json!("paraformer-v1")));
    assert!(upload["key"].as_str().unwrap().ends_with("/a.wav"));
    assert_eq!(figures["requests"]["upload.store"]["by_status"], json!({"200": 1}));
    let again = refused(&bench, form(&policy, "a.wav", b"hello", &[])).await;
    assert_eq!(again, (409, "FileAlreadyExists".to_owned()));
}

#[tokio::test]
async fn the_store_refuses_what_the_policy_does_not_allow() {
    let bench = Bench::start().await;
    bench.control("settings", &json!({"max_upload_mb": 1})).await;
    let policy = policy(&bench, "paraformer-v1").await;
    let large = vec![0; 1024 * 1024 + 1];
    for (file, changed, expected) in [
        (b"x".as_slice(), ("key", "dashscope-instant/other/a.wav"), (403, "AccessDenied")),
        (b"x", ("x-oss-object-acl", "public-read"), (403, "AccessDenied")),
        (b"x", ("Signature", "AAAA"), (403, "SignatureDoesNotMatch")),
        (b"x", ("policy", "e30="), (403, "SignatureDoesNotMatch")),
        (b"x", ("OSSAccessKeyId", "LTAI-OTHER"), (403, "InvalidAccessKeyId")),
        (b"x", ("key", ""), (400, "InvalidArgument")),
        (&large, ("nothing", ""), (400, "EntityTooLarge")),
    ] {
        let told = refused(&bench, form(&policy, "a.wav", file, &[changed])).await;
        assert_eq!(told, (expected.0, expected.1.to_owned()), "{changed:?}");
    }
    let exact = send(&bench, form(&policy, "b.wav", &large[1..], &[])).await;
    assert_eq!(exact.status(), 200, "exactly the limit");
    bench.advance(300.0).await;
    let response = send(&bench, form(&policy, "c.wav", b"x", &[])).await;
    assert_eq!(response.status(), 403);
    assert!(response.text().await.unwrap().contains("Invalid according to Policy: Policy expired."));
}

#[tokio::test]
async fn a_form_that_breaks_off_or_goes_on_after_the_file_leaves_nothing() {
    let bench = Bench::start().await;
    let policy = policy(&bench, "paraformer-v1").await;
    let mut half = form(&policy, "a.wav", &[7; 5_000], &[]);
    half.truncate(half.len() - 2_000);
    assert_eq!(refused(&bench, half).await, (400, "MalformedPOSTRequest".to_owned()));
    let whole = String::from_utf8(form(&policy, "a.wav", b"x", &[])).unwrap();
    let more = format!(
        "\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nz\r\n--{BOUNDARY}--\r\n"
    );
    let after = whole.replace(&format!("\r\n--{BOUNDARY}--\r\n"), &more);
    assert_eq!(refused(&bench, after.into_bytes()).await, (400, "MalformedPOSTRequest".to_owned()));
    assert_eq!(refused(&bench, b"hello".to_vec()).await.0, 400);
    let fetched = bench.client().get(bench.store()).send().await.unwrap();
    assert_eq!(fetched.status(), 405, "nothing can be fetched from it");
    assert_eq!(bench.figures().await["uploads"], json!([]));
}

#[tokio::test]
async fn a_policy_needs_a_key_a_model_and_its_rate() {
    let bench = Bench::start().await;
    let plain = bench.client().get(bench.url("/api/v1/uploads?action=getPolicy&model=paraformer-v1"));
    assert_eq!(refusal(plain.send().await.unwrap()).await.0, 401);
    for (query, code) in [
        ("action=getPolicy", "BadRequest.EmptyModel"),
        ("action=getPolicy&model=nope", "InvalidParameter"),
        ("model=paraformer-v1", "InvalidParameter"),
    ] {
        let told = refusal(bench.get(&format!("/api/v1/uploads?{query}")).await).await;
        assert_eq!((told.0, told.1.as_str()), (400, code), "{query}");
    }
    bench.control("settings", &json!({"rates": {"upload.policy": 0}})).await;
    assert_eq!(refusal(bench.get("/api/v1/uploads?action=getPolicy&model=paraformer-v1").await).await.0, 429);
}

#[tokio::test]
async fn faults_strike_the_store_too() {
    let bench = Bench::start().await;
    let policy = policy(&bench, "paraformer-v1").await;
    bench.plant(json!({"endpoint": "upload.store", "fault": {"html": 502}})).await;
    assert_eq!(send(&bench, form(&policy, "a.wav", b"x", &[])).await.status(), 502);
    assert_eq!(bench.figures().await["uploads"], json!([]));
    assert_eq!(send(&bench, form(&policy, "a.wav", b"x", &[])).await.status(), 200);
}
