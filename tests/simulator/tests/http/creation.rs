//! Creating image tasks: the order of checks, refusals, rates.

use serde_json::{Value, json};
use studio_simulator::{Options, Region, catalogue};

use crate::support::{Bench, CREATE, refusal, wan};

/// Method, `Authorization`, `X-DashScope-Async`, body; status, code, message.
type Case<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a str, u16, &'a str, &'a str);

/// Each request is wrong in all later ways too.
#[tokio::test]
async fn the_first_check_that_fails_is_the_answer_and_nothing_is_created() {
    let bench = Bench::start().await;
    let body_text = "Required body invalid, please check the request body format.";
    let good = wan("猫", json!({"size": "1*1"})).to_string();
    let key = Some("Bearer sk-simulator");
    let cases: [Case<'_>; 11] = [
        ("GET", None, None, "", 400, "InvalidParameter", "Request method 'GET' is not supported."),
        ("POST", None, None, "{", 401, "InvalidApiKey", "No API-key provided."),
        ("POST", Some("Bearer sk-other"), None, "{", 401, "InvalidApiKey", "Invalid API-key provided."),
        ("POST", key, None, "{", 400, "InvalidParameter", body_text),
        ("POST", key, None, "\u{feff}{}", 400, "InvalidParameter", body_text),
        (
            "POST",
            key,
            None,
            "{}",
            400,
            "BadRequest.EmptyModel",
            "Required parameter \"model\" missing from request.",
        ),
        (
            "POST",
            key,
            None,
            r#"{"model":"x"}"#,
            400,
            "BadRequest.EmptyInput",
            "Required input parameter missing from request.",
        ),
        ("POST", key, None, r#"{"model":"x","input":{}}"#, 400, "InvalidParameter", "Model not exist."),
        (
            "POST",
            key,
            None,
            r#"{"model":"qwen-plus","input":{}}"#,
            400,
            "InvalidParameter",
            "url error, please check url！",
        ),
        (
            "POST",
            key,
            None,
            &good,
            403,
            "AccessDenied",
            "current user api does not support synchronous calls.",
        ),
        (
            "POST",
            key,
            Some("enable"),
            &good,
            400,
            "InvalidParameter",
            "The size is not match the allowed size",
        ),
    ];
    for (method, authorization, asynchronous, body, status, code, message) in cases {
        let mut request =
            bench.client().request(method.parse().unwrap(), bench.url(CREATE)).body(body.to_owned());
        for (name, value) in [("authorization", authorization), ("X-DASHSCOPE-ASYNC", asynchronous)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let answer = refusal(request.send().await.unwrap()).await;
        assert_eq!(answer, (status, code.to_owned(), message.to_owned()), "{method} {body}");
    }
    let figures = bench.figures().await;
    assert_eq!(figures["creations"], json!([]));
    assert_eq!(figures["requests"]["image.create"]["by_status"], json!({"400": 8, "401": 2, "403": 1}));
}

#[tokio::test]
async fn the_rate_is_checked_before_the_parameters_and_what_it_refuses_is_not_created() {
    let bench = Bench::start().await;
    bench.control("settings", &json!({"rates": {"image.create": 0}})).await;
    let (status, code, message) = refusal(bench.create(&wan("猫", json!({"n": 9}))).await).await;
    let expected = "Requests rate limit exceeded, please try again later.";
    assert_eq!((status, code.as_str(), message.as_str()), (429, "Throttling.RateQuota", expected));
    let figures = bench.figures().await;
    assert_eq!(
        (&figures["creations"], &figures["requests"]["image.create"]["total"]),
        (&json!([]), &json!(1))
    );
}

#[tokio::test]
async fn of_many_at_once_two_are_accepted() {
    let bench = std::sync::Arc::new(Bench::with(Options::default()).await);
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let bench = bench.clone();
        sent.spawn(async move { bench.create(&wan("猫", json!({}))).await.status().as_u16() });
    }
    let statuses = sent.join_all().await;
    let accepted = statuses.iter().filter(|status| **status == 200).count();
    assert!(accepted >= 2 && statuses.contains(&429), "{statuses:?}");
    assert_eq!(bench.figures().await["creations"].as_array().map(Vec::len), Some(accepted));
}

#[tokio::test]
async fn every_code_of_the_catalogue_can_be_provoked_at_creation() {
    let bench = Bench::start().await;
    for row in catalogue::ROWS {
        let fact = catalogue::find(row.code, 1).unwrap();
        let response =
            bench.create(&wan(&format!("猫 [[sim:refuse {} retry-after 7]]", row.code), json!({}))).await;
        assert_eq!(response.headers()["retry-after"], "7");
        let (status, code, message) = refusal(response).await;
        assert_eq!((status, code.as_str(), message.as_str()), (fact.status, fact.code, fact.message));
    }
    assert_eq!(bench.figures().await["creations"], json!([]));
}

#[tokio::test]
async fn the_region_decides_which_names_exist() {
    let cases = [
        (Region::Beijing, "wanx2.1-t2i-plus", 200),
        (Region::Beijing, "wan2.1-t2i-plus", 400),
        (Region::Singapore, "wan2.1-t2i-plus", 200),
        (Region::Singapore, "wanx2.0-t2i-turbo", 400),
        (Region::Virginia, "qwen-image", 200),
    ];
    for (region, model, status) in cases {
        let bench = Bench::with(Options { region, ..Options::default() }).await;
        let response = bench.create(&json!({"model": model, "input": {"prompt": "猫"}})).await;
        assert_eq!(response.status(), status, "{region:?} {model}");
    }
}

#[tokio::test]
async fn qwen_image_takes_1140_only_when_told_to() {
    let bench = Bench::start().await;
    let body = |size| json!({"model": "qwen-image", "input": {"prompt": "猫"}, "parameters": {"size": size}});
    assert_eq!(bench.create(&body("1472*1104")).await.status(), 200);
    assert_eq!(bench.create(&body("1472*1140")).await.status(), 400);
    bench.control("settings", &json!({"qwen_1140": "accept"})).await;
    assert_eq!(bench.create(&body("1472*1140")).await.status(), 200);
}

#[tokio::test]
async fn a_body_too_large_or_too_deep_is_refused_not_read() {
    let bench = Bench::start().await;
    let huge = format!("{{\"model\":\"{}\"}}", "x".repeat(studio_simulator::BODY_LIMIT));
    let (status, code, _) = refusal(bench.post(CREATE, huge).await.unwrap()).await;
    assert_eq!((status, code.as_str()), (400, "BadRequest.TooLarge"));
    let (status, code, _) = refusal(bench.post(CREATE, "[".repeat(100_000)).await.unwrap()).await;
    assert_eq!((status, code.as_str()), (400, "InvalidParameter"));
    let long = bench.create(&wan(&"猫".repeat(300_000), json!({}))).await;
    assert_eq!(long.status(), 200, "a long prompt is cut, not refused");
}

#[tokio::test]
async fn an_accepted_creation_is_entered_as_it_was_received_without_its_key() {
    let bench = Bench::start().await;
    let body = wan("可爱猫咪", json!({"n": 1, "whatever": [1, 2]}));
    let response = bench.create(&body).await;
    assert_eq!(response.headers()["x-dashscope-call-gateway"], "true");
    assert_eq!(response.headers()["content-type"], "application/json");
    let accepted: Value = response.json().await.unwrap();
    let creations = bench.figures().await["creations"].clone();
    let entry = &creations[0];
    assert_eq!((creations.as_array().unwrap().len(), &entry["body"]), (1, &body));
    assert_eq!(entry["task_id"], accepted["output"]["task_id"]);
    assert_eq!((&entry["status"], &entry["task_status"]), (&json!(200), &json!("PENDING")));
    assert_eq!(entry["headers"]["x-dashscope-async"], "enable");
    assert!(entry["headers"].get("authorization").is_none());
}

#[tokio::test]
async fn a_path_that_does_not_exist_is_not_found() {
    let bench = Bench::start().await;
    for path in ["/", "/api/v1/nothing", "/api/v1/services/aigc/text2image", "/_simulator2"] {
        let (status, code, _) = refusal(bench.get(path).await).await;
        assert_eq!((status, code.as_str()), (404, "NotFound"), "{path}");
    }
}
