use super::*;
use crate::size::Size;

#[test]
fn the_reference_pages_models_are_all_there() {
    let reference = |model: &&Model| model.group == Group::Reference;
    let ids = |kind| models(kind).iter().filter(reference).map(|model| model.id).collect::<Vec<_>>();
    assert_eq!(
        ids(Kind::Image),
        [
            "qwen-image",
            "wan2.2-t2i-flash",
            "wan2.2-t2i-plus",
            "wanx2.1-t2i-turbo",
            "wanx2.1-t2i-plus",
            "wanx2.0-t2i-turbo"
        ]
    );
    assert_eq!(ids(Kind::Text), ["qwen-turbo", "qwen-plus", "qwen-max"]);
    assert_eq!(ids(Kind::Video), ["wan2.1-t2v-plus", "wan2.1-t2v-turbo"]);
    assert_eq!(ids(Kind::Speech), ["sambert-zhichu-v1", "sambert-en-v1"]);
    assert_eq!(ids(Kind::Transcription), ["paraformer-v1", "paraformer-en-v1"]);
}

#[test]
fn the_vendors_limits_of_each_model_are_those_of_its_table() {
    let limits = |name| model(name).unwrap().limits;
    for (name, per_second, per_minute, at_work) in [
        ("qwen-image", Some(2), None, Some(2)),
        ("qwen-image-plus", Some(2), None, None),
        ("qwen-image-max", None, Some(2), None),
        ("wan2.2-t2i-flash", Some(2), None, Some(2)),
        ("wanx2.0-t2i-turbo", Some(2), None, Some(2)),
        ("wan2.5-t2i-preview", Some(5), None, Some(5)),
        ("wan2.6-t2i", Some(1), None, Some(5)),
        ("wan2.2-t2v-plus", Some(2), None, Some(2)),
        ("wan2.6-t2v", Some(5), None, Some(5)),
        ("sambert-zhichu-v1", Some(20), None, None),
        ("cosyvoice-v2", Some(3), None, None),
        ("qwen3-tts-flash", None, Some(180), None),
        ("paraformer-v1", Some(10), None, None),
        ("paraformer-v2", Some(20), None, None),
        ("qwen-max", None, Some(1200), None),
        ("qwen-plus", None, Some(30_000), None),
        ("qwen3-max", None, None, None),
    ] {
        let found = limits(name);
        assert_eq!(
            (found.per_second, found.per_minute, found.at_work),
            (per_second, per_minute, at_work),
            "{name}"
        );
    }
    let rates = |name, region| limits(name).rates(region).collect::<Vec<_>>();
    assert_eq!(rates("qwen-max", Region::Beijing), [(1200, 60_000)]);
    assert_eq!(rates("qwen-max", Region::Singapore), [(120, 60_000)]);
    assert_eq!(rates("wan2.6-t2i", Region::Tokyo), [(1, 1000)]);
}

#[test]
fn a_model_is_known_by_each_regions_name() {
    for (name, id) in [
        ("wan2.1-t2i-turbo", "wanx2.1-t2i-turbo"),
        ("wanx2.1-t2v-plus", "wan2.1-t2v-plus"),
        ("qwen-image", "qwen-image"),
    ] {
        assert_eq!(model(name).unwrap().id, id);
    }
    assert!(model("Qwen-Image").is_none());
    assert!(model("").is_none());
}

#[test]
fn row_31_free_quotas_have_both_lives_and_prices_their_date() {
    let qwen = model("qwen-image").unwrap();
    assert!(matches!(qwen.price, Price::Image { cny } if cny.to_string() == "0.25"));
    let free = qwen.free.unwrap();
    assert_eq!((free.amount, free.days, free.days_before_2025_09), (100, Some(90), Some(180)));
    assert_eq!(PRICES_AS_OF, "2026-06");
    for model in Kind::ALL.into_iter().flat_map(models) {
        if let Some(FreeQuota { days: Some(days), days_before_2025_09: Some(before), .. }) = model.free {
            assert_eq!((days, before), (90, 180), "{}", model.id);
        }
    }
}

#[test]
fn every_default_is_taken_by_its_own_rule() {
    for model in Kind::ALL.into_iter().flat_map(models) {
        for parameter in model.parameters {
            let fits = match (parameter.default, parameter.rule) {
                (Default::None, _) => true,
                (Default::Integer(number), Rule::Integer { min, max }) => (min..=max).contains(&number),
                (Default::Number(number), Rule::Number { min, max }) => (min..=max).contains(&number),
                (Default::Switch(_), Rule::Switch) => true,
                (Default::Choice(word), Rule::Choice { of }) => of.contains(&word),
                (Default::Choice(word), Rule::Name { max }) => word.len() <= max,
                (Default::Integer(number), Rule::OneOf { of }) => of.contains(&number),
                (Default::Several(words), Rule::Several { of }) => words.iter().all(|word| of.contains(word)),
                (Default::Size(size), Rule::Size(rule)) => rule.takes(size),
                _ => false,
            };
            assert!(fits, "{} {}", model.id, parameter.name);
        }
    }
}

#[test]
fn wan_takes_512_to_1440_a_side_and_two_million_pixels() {
    let Some(Parameter { rule: Rule::Size(rule), .. }) = model("wan2.2-t2i-flash").unwrap().parameter("size")
    else {
        panic!("no size");
    };
    for (width, height, taken) in [
        (512, 512, true),
        (1440, 512, true),
        (1440, 1388, true),  // 1,998,720
        (1440, 1389, false), // 2,000,160
        (1440, 1440, false), // 2,073,600
        (511, 512, false),
        (512, 1441, false),
        (0, 0, false),
        (u32::MAX, u32::MAX, false),
    ] {
        assert_eq!(rule.takes(Size::new(width, height)), taken, "{width}*{height}");
    }
}

#[test]
fn qwen_takes_its_five_sizes_and_the_two_that_replaced_two_of_them() {
    let Some(Parameter { rule: Rule::Size(rule), .. }) = model("qwen-image").unwrap().parameter("size")
    else {
        panic!("no size");
    };
    for size in ["1328*1328", "1664*928", "1472*1140", "1140*1472", "928*1664", "1472*1104", "1104*1472"] {
        assert!(rule.takes(size.parse().unwrap()), "{size}");
    }
    assert!(!rule.takes("1024*1024".parse().unwrap()));
}

#[test]
fn the_catalogue_on_the_wire() {
    let catalogue = serde_json::to_value(catalogue(Region::Beijing)).unwrap();
    insta::assert_json_snapshot!(catalogue);
}
