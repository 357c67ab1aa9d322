//! Bad input: every parameter, in every way. All problems are named, nothing is sent, nothing is charged.

use serde_json::{Value, json};
use studio_shared::problem::Problem;
use studio_tests::order::with;
use studio_tests::{Studio, picture, unique};

tests![
    a_parameter_out_of_range_is_refused_by_name,
    a_parameter_of_the_wrong_type_is_refused_by_name,
    a_missing_parameter_is_refused_by_name,
    an_unknown_parameter_is_refused_by_name,
    a_field_of_the_reference_pages_form_is_named_by_its_path,
    all_problems_are_named_at_once,
    a_prompt_of_800_characters_is_taken_and_one_of_801_is_not,
    control_characters_are_refused,
    a_prompt_as_long_as_the_body_may_be_is_refused_for_its_length,
    null_counts_as_absent,
];

/// Submits and quotes a bad request; its problems, which both answers name alike.
async fn problems(studio: &Studio, request: &Value) -> Vec<Problem> {
    let quoted = studio.owner.post("/api/quote", request).await.refused(400, "InvalidParameter").error;
    let error = studio.owner.post("/api/jobs", request).await.refused(400, "InvalidParameter").error;
    assert_eq!(quoted.problems, error.problems);
    assert_eq!(error.field.as_ref(), error.problems.first().map(|problem| &problem.field));
    for problem in &error.problems {
        for words in [&problem.allowed, &problem.message] {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{problem:?}");
        }
    }
    if let Some(prompt) = request["prompt"].as_str().filter(|prompt| !prompt.is_empty()) {
        assert_eq!(studio.vendor.creations(prompt).await.len(), 0);
    }
    error.problems
}

fn fields(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.field.as_str()).collect()
}

/// Each of the fields alone makes the request bad, and is what is named.
async fn refuses_each(about: &str, bad: &[(&str, Value)]) {
    let studio = Studio::shared().await;
    for (field, value) in bad {
        let request = with(picture(&unique(about)), &json!({ *field: value }));
        let problems = problems(&studio, &request).await;
        assert_eq!(fields(&problems), [*field], "{value}");
        if value.is_number() || value.is_boolean() {
            assert_eq!(problems[0].given, *value);
        }
    }
}

async fn a_parameter_out_of_range_is_refused_by_name() {
    refuses_each(
        "越界",
        &[
            ("n", json!(0)),
            ("n", json!(5)),
            ("n", json!(-1)),
            ("n", json!(1e300)),
            ("seed", json!(-1)),
            ("seed", json!(2_147_483_648_u64)),
            ("seed", json!(u64::MAX)),
            ("size", json!("511*512")),
            ("size", json!("512*1441")),
            ("size", json!("1440*1440")), // the reference page's limit is 2,000,000 pixels
            ("size", json!("1440*1389")),
            ("size", json!("0*0")),
            ("size", json!("99999999999*1")),
            ("negative_prompt", json!("丑".repeat(501))),
            ("prompt", json!("")),
            ("prompt", json!(" \n\t")),
        ],
    )
    .await;
    let studio = Studio::shared().await;
    for (field, value) in [("n", json!(2)), ("size", json!("1024*1024"))] {
        let request =
            with(json!({"model": "qwen-image", "prompt": unique("越界")}), &json!({ field: value }));
        assert_eq!(fields(&problems(&studio, &request).await), [field]);
    }
}

async fn a_parameter_of_the_wrong_type_is_refused_by_name() {
    refuses_each(
        "类型",
        &[
            ("n", json!("2")),
            ("n", json!(1.5)),
            ("n", json!(true)),
            ("n", json!([1])),
            ("seed", json!("7")),
            ("seed", json!(0.5)),
            ("size", json!(1024)),
            ("size", json!([1024, 1024])),
            ("size", json!("big")),
            ("size", json!("1024")),
            ("size", json!("１０２４*１０２４")),
            ("prompt", json!(7)),
            ("prompt", json!({"text": "猫"})),
            ("negative_prompt", json!(["丑"])),
            ("prompt_extend", json!("true")),
            ("prompt_extend", json!(1)),
            ("watermark", json!("no")),
            ("watermark", json!(0)),
            ("model", json!(22)),
            ("kind", json!(["image"])),
        ],
    )
    .await;
}

async fn a_missing_parameter_is_refused_by_name() {
    let studio = Studio::shared().await;
    for (request, missing) in [
        (json!({"prompt": "猫"}), vec!["model"]),
        (json!({"model": "wan2.2-t2i-flash"}), vec!["prompt"]),
        (json!({"model": "wan2.2-t2i-flash", "input": {}}), vec!["prompt"]),
        (json!({}), vec!["model"]),
    ] {
        assert_eq!(fields(&problems(&studio, &request).await), missing, "{request}");
    }
}

async fn an_unknown_parameter_is_refused_by_name() {
    refuses_each(
        "未知",
        &[
            ("sise", json!("512*512")),
            ("N", json!(1)),
            ("api_key", json!("x")),
            ("__proto__", json!({"n": 4})),
            ("voice", json!("zhichu")),
            ("model", json!("wan9")),
            ("model", json!("WAN2.2-T2I-FLASH")),
            ("model", json!("wan2.2-t2i-flash ")),
            ("kind", json!("picture")),
        ],
    )
    .await;
    let studio = Studio::shared().await;
    let request = json!({"model": "qwen-image", "prompt": unique("种子"), "seed": 7});
    assert_eq!(fields(&problems(&studio, &request).await), ["seed"]);
}

async fn a_field_of_the_reference_pages_form_is_named_by_its_path() {
    let studio = Studio::shared().await;
    let request = json!({"model": "wan2.2-t2i-flash", "n": 1,
        "input": {"prompt": "猫", "style": "油画"}, "parameters": {"size": "1*1", "n": 9}});
    let problems = problems(&studio, &request).await;
    let mut fields = fields(&problems);
    fields.sort_unstable();
    assert_eq!(fields, ["input.style", "parameters.n", "parameters.size"]);
}

async fn all_problems_are_named_at_once() {
    let studio = Studio::shared().await;
    let request = json!({"kind": "image", "model": "wan2.2-t2i-flash", "size": "1*1", "n": 9, "seed": "x",
        "prompt_extend": 3, "watermark": [], "negative_prompt": "丑".repeat(600), "more": 1, "<b>": 2});
    let problems = problems(&studio, &request).await;
    let mut fields = fields(&problems);
    fields.sort_unstable();
    let all = ["<b>", "more", "n", "negative_prompt", "prompt", "prompt_extend", "seed", "size", "watermark"];
    assert_eq!(fields, all);
    let error = studio.owner.post("/api/jobs", &request).await.refused(400, "InvalidParameter").error;
    assert!(error.message.ends_with("（另有 8 处）"), "{}", error.message);
}

async fn a_prompt_of_800_characters_is_taken_and_one_of_801_is_not() {
    let studio = Studio::shared().await;
    for character in ["猫", "a", "😀", "\u{301}"] {
        let longest = character.repeat(800);
        let quote = studio.owner.post("/api/quote", &picture(&longest)).await.with(200).json();
        assert_eq!(quote["request"]["prompt"], longest);
        let problems = problems(&studio, &picture(&character.repeat(801))).await;
        assert_eq!(fields(&problems), ["prompt"]);
        assert!(problems[0].message.en.contains("801"), "{problems:?}");
    }
}

async fn control_characters_are_refused() {
    for character in ['\0', '\u{1}', '\u{1b}', '\u{7f}', '\u{85}'] {
        let text = format!("猫{character}咪");
        refuses_each("控制", &[("prompt", json!(text)), ("negative_prompt", json!(text))]).await;
    }
}

async fn a_prompt_as_long_as_the_body_may_be_is_refused_for_its_length() {
    let studio = Studio::shared().await;
    let problems = problems(&studio, &picture(&"猫".repeat(20_000))).await;
    assert_eq!(fields(&problems), ["prompt"]);
    let repeated = problems[0].given.as_str().unwrap().chars().count();
    assert!(repeated < 100, "a long text is not sent back whole: {repeated}");
}

async fn null_counts_as_absent() {
    let studio = Studio::shared().await;
    let request = with(picture(&unique("空")), &json!({"seed": null, "negative_prompt": null, "n": null}));
    let quote = studio.owner.post("/api/quote", &request).await.with(200).json();
    assert_eq!((&quote["request"]["n"], quote["request"].get("seed")), (&json!(1), None));
}
