//! Pictures, and what holds for all kinds.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::size::Size;

fn image(value: Value) -> ImageRequest {
    match Request::from_value(value) {
        Ok(Request::Image(image)) => image,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_references_request_and_the_flat_form_mean_the_same() {
    let nested = json!({"model":"wan2.2-t2i-flash",
        "input":{"prompt":"提示词","negative_prompt":"反向提示词"},
        "parameters":{"size":"1024*1024","n":1,"prompt_extend":true,"watermark":false,"seed":12345}});
    let flat = json!({"kind":"image","model":"wan2.2-t2i-flash","prompt":"提示词","negative_prompt":"反向提示词",
        "size":"1024×1024","n":1,"prompt_extend":true,"watermark":false,"seed":12345});
    assert_eq!(image(nested), image(flat));
}

#[test]
fn the_references_four_image_command_lines_are_valid_settings() {
    for (line, cny) in [
        (json!({"prompt":"可爱猫咪","model":"wan2.2-t2i-flash","size":"1024*1024"}), "0.14"),
        (json!({"prompt":"中文对联设计","model":"qwen-image","size":"1472*1140"}), "0.25"),
        (json!({"prompt":"风景画","model":"wan2.2-t2i-flash","n":4,"size":"512*512"}), "0.56"),
        (json!({"prompt":"未来城市","model":"wan2.2-t2i-flash","size":"1440*810","n":2}), "0.28"),
    ] {
        let request = Request::from_value(line.clone()).unwrap();
        assert_eq!(request.price().unwrap().to_string(), cny, "{line}");
    }
}

#[test]
fn the_references_batch_entry_is_a_request() {
    let entry = image(json!({"model":"wan2.2-t2i-flash","prompt":"未来科技城市","size":"1440*810","n":2}));
    assert_eq!((entry.size, entry.n), (Size::new(1440, 810), 2));
}

#[test]
fn what_is_absent_has_the_references_default() {
    let wan = image(json!({"model":"wanx2.0-t2i-turbo","prompt":"a"}));
    assert_eq!((wan.size, wan.n), (Size::new(1024, 1024), 1));
    assert_eq!((wan.prompt_extend, wan.watermark, wan.seed), (true, false, None));
    assert_eq!(wan.negative_prompt, None);
    let qwen = image(json!({"model":"qwen-image","prompt":"a","size":null}));
    assert_eq!((qwen.size, qwen.n), (Size::new(1328, 1328), 1));
}

#[test]
fn a_prompt_is_counted_in_characters() {
    for (text, fits) in [
        ("猫".repeat(800), true),
        ("猫".repeat(801), false),
        ("🐱".repeat(800), true),
        ("🐱".repeat(801), false),
        ("a".repeat(1_000_000), false),
    ] {
        let result = Request::from_value(json!({"model":"qwen-image","prompt":text}));
        assert_eq!(result.is_ok(), fits, "{} characters", text.chars().count());
    }
    let over = problems(json!({"model":"qwen-image","prompt":"a","negative_prompt":"x".repeat(501)}));
    assert!(over[0].message.en.contains("has 501 characters, at most 500"), "{over:?}");
}

#[test]
fn hostile_texts_are_texts() {
    for text in [
        "<script>alert(1)</script>",
        "\u{202e}gnp.exe",
        "👩‍👩‍👧‍👦",
        "a\nb\tc",
        "'; DROP TABLE jobs;--",
        "\u{feff}x",
    ] {
        assert_eq!(image(json!({"model":"qwen-image","prompt":text})).prompt, text);
    }
    assert_eq!(wrong(json!({"model":"qwen-image","prompt":"a\u{0}b"})), ["prompt"]);
    assert_eq!(wrong(json!({"model":"qwen-image","prompt":" \n\u{3000}"})), ["prompt"]);
}

#[test]
fn all_problems_are_answered_at_once() {
    let fields = wrong(json!({"kind":"image","model":"wan2.2-t2i-flash","prompt":7,"negative_prompt":["a"],
        "size":"1440*1440","n":5,"prompt_extend":"yes","watermark":1,"seed":-1,"style":"x"}));
    assert_eq!(
        fields,
        ["prompt", "negative_prompt", "size", "n", "prompt_extend", "watermark", "seed", "style"]
    );
}

#[test]
fn each_parameter_is_refused_outside_its_range_and_type() {
    let base = json!({"model":"wan2.2-t2i-flash","prompt":"a"});
    for (field, values) in [
        ("prompt", json!(["", 1, true, {}, []])),
        ("size", json!(["", "512", "511*512", "512*1441", "1440*1389", "1024,1024", 1024, [1024, 1024]])),
        ("n", json!([0, 5, -1, 1.5, "2", true, 9_223_372_036_854_775_808_u64, 1e300])),
        ("prompt_extend", json!(["true", 1, 0])),
        ("watermark", json!(["false", 0, []])),
        ("seed", json!([-1, 2_147_483_648_i64, 1.5, "1"])),
        ("model", json!(["", "wan", "WAN2.2-T2I-FLASH", " wan2.2-t2i-flash", 1])),
        ("kind", json!(["picture", "Image", 1])),
    ] {
        for value in values.as_array().unwrap() {
            let mut request = base.clone();
            request[field] = value.clone();
            assert_eq!(wrong(request), [field], "{value}");
        }
    }
}

#[test]
fn both_ends_of_each_range_are_taken() {
    for (field, values) in [
        ("size", json!(["512*512", "1440*1388", "512*1440"])),
        ("n", json!([1, 4])),
        ("seed", json!([0, 2_147_483_647])),
    ] {
        for value in values.as_array().unwrap() {
            let mut request = json!({"model":"wan2.2-t2i-plus","prompt":"a"});
            request[field] = value.clone();
            assert!(Request::from_value(request).is_ok(), "{field} {value}");
        }
    }
}

#[test]
fn qwen_makes_one_picture_and_takes_no_seed() {
    let found = problems(json!({"model":"qwen-image","prompt":"a","n":2,"seed":1,"size":"1024*1024"}));
    let fields: Vec<_> = found.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["size", "n", "seed"]);
    assert_eq!(found[1].allowed.en, "1");
    assert!(found[2].message.en.contains("does not offer seed for qwen-image"));
}

#[test]
fn a_field_that_stands_at_two_places_is_refused_by_both_names() {
    let found = problems(json!({"model":"qwen-image","prompt":"a","input":{"prompt":"b"}}));
    assert!(found[0].message.en.contains("prompt"), "{found:?}");
    assert_eq!(found.len(), 1);
}

#[test]
fn missing_parts_are_named() {
    assert_eq!(wrong(json!({})), ["model"]);
    assert_eq!(wrong(json!({"model":"qwen-image"})), ["prompt"]);
    assert_eq!(wrong(json!([])), ["", "model"]);
    assert_eq!(wrong(json!({"model":"qwen-image","input":"a"})), ["prompt", "input"]);
    assert_eq!(wrong(json!({"kind":"video","model":"qwen-image","prompt":"a"})), ["model"]);
}

#[test]
fn the_references_examples_of_other_kinds_are_valid_settings() {
    for (example, cny) in [
        // 6 characters and a frame of 32 tokens in, 1,500 tokens out.
        (json!({"model":"qwen-turbo","prompt":"生成产品文案"}), "0.0009114"),
        (json!({"model":"qwen-turbo","prompt":"写一篇科技文章"}), "0.0009117"),
        (json!({"model":"wan2.1-t2v-plus","prompt":"日出延时摄影","duration":10}), "3.50"),
        (json!({"model":"wan2.1-t2v-turbo","prompt":"日出延时"}), "1.20"),
        (json!({"model":"sambert-zhichu-v1","text":"今天天气怎么样？"}), "0.0008"),
    ] {
        let request = Request::from_value(example.clone()).unwrap();
        assert_eq!(request.price().unwrap().to_string(), cny, "{example}");
    }
    let recording = json!({"model":"paraformer-v1","url":"https://example.com/a.mp3"});
    assert_eq!(Request::from_value(recording).unwrap().price(), None);
}

#[test]
fn a_stored_request_reads_back() {
    let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"猫","seed":7})).unwrap();
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&stored).unwrap(), request);
    insta::assert_snapshot!(stored);
}

#[test]
fn a_problem_on_the_wire() {
    insta::assert_json_snapshot!(problems(json!({"model":"wan2.2-t2i-flash","prompt":"","n":9})));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let name = "model|kind|prompt|size|n|seed|input|parameters|[a-z]{1,3}";
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(name, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_value_makes_the_reader_panic(value in any_json()) {
        let _ = Request::from_value(value);
    }

    #[test]
    fn what_is_accepted_reads_back_from_its_own_writing(
        prompt in "[a-z猫🐱 ]{1,20}x", n in 1..=4, width in 512_u32..=1440, height in 512_u32..=1388,
        seed in prop::option::of(0_u32..=2_147_483_647),
    ) {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":prompt,"n":n,
            "size":format!("{width}x{height}"),"seed":seed})).unwrap();
        let again = Request::from_value(serde_json::to_value(&request).unwrap());
        prop_assert_eq!(again, Ok(request));
    }
}
