//! Pictures.

use serde_json::{Value, json};

use super::*;
use crate::size::Size;

fn live(value: Value, settings: Settings) -> (ImageCall, Vec<Note>) {
    match sent_with(value, settings) {
        (Call::Image(call), notes) => (call, notes),
        other => panic!("{other:?}"),
    }
}

fn beijing(value: Value) -> (ImageCall, Vec<Note>) {
    live(value, Settings::default())
}

#[test]
fn row_8_wanx_models_have_another_name_abroad() {
    let abroad = Settings { region: Region::Singapore, ..Settings::default() };
    for (given, at_home, sent_abroad) in [
        ("wanx2.1-t2i-turbo", "wanx2.1-t2i-turbo", "wan2.1-t2i-turbo"),
        ("wanx2.1-t2i-plus", "wanx2.1-t2i-plus", "wan2.1-t2i-plus"),
        ("wan2.2-t2i-flash", "wan2.2-t2i-flash", "wan2.2-t2i-flash"),
    ] {
        let value = json!({"model":given,"prompt":"a"});
        let (call, notes) = beijing(value.clone());
        assert_eq!((call.model, notes.len()), (at_home, 0));
        let (call, notes) = live(value, abroad);
        assert_eq!(call.model, sent_abroad);
        assert_eq!(notes.len(), usize::from(given != sent_abroad), "{notes:?}");
    }
}

#[test]
fn row_14_n_is_always_sent_and_is_1_when_absent() {
    assert_eq!(beijing(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).0.n, 1);
}

#[test]
fn row_15_size_is_always_sent() {
    assert_eq!(beijing(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).0.size, Size::new(1024, 1024));
    assert_eq!(beijing(json!({"model":"qwen-image","prompt":"a"})).0.size, Size::new(1328, 1328));
}

#[test]
fn row_16_qwens_1140_is_sent_as_1104_with_a_note() {
    for (given, sent) in [("1472*1140", "1472*1104"), ("1140*1472", "1104*1472")] {
        let value = json!({"model":"qwen-image","prompt":"a","size":given});
        let (call, notes) = beijing(value.clone());
        assert_eq!(call.size.to_string(), sent);
        assert_eq!((notes[0].given.as_str(), notes[0].sent.as_str()), (given, sent));
        let keep = Settings { keep_qwen_1140: true, ..Settings::default() };
        let (call, notes) = live(value, keep);
        assert_eq!((call.size.to_string().as_str(), notes.len()), (given, 0));
    }
    let (call, notes) = beijing(json!({"model":"qwen-image","prompt":"a","size":"1472*1104"}));
    assert_eq!((call.size.to_string().as_str(), notes.len()), ("1472*1104", 0));
    let (call, notes) = beijing(json!({"model":"wan2.2-t2i-flash","prompt":"a","size":"1140x1140"}));
    assert_eq!((call.size.to_string().as_str(), notes.len()), ("1140*1140", 0));
}

#[test]
fn row_17_a_seed_for_qwen_is_refused() {
    let refused = Request::from_value(json!({"model":"qwen-image","prompt":"a","seed":1})).unwrap_err();
    assert_eq!(refused[0].field, "seed");
}

#[test]
fn row_18_two_million_pixels_is_the_limit_and_the_message_says_so() {
    let refused =
        Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a","size":"1440*1440"})).unwrap_err();
    assert!(refused[0].message.en.contains("2,000,000 pixels"), "{refused:?}");
    assert!(refused[0].message.zh.contains("2,000,000"), "{refused:?}");
}

#[test]
fn row_19_a_prompt_over_the_limit_is_refused_and_not_cut() {
    let value = json!({"model":"wan2.2-t2i-flash","prompt":"猫".repeat(801)});
    assert!(Request::from_value(value).is_err());
    let (call, _) = beijing(json!({"model":"wan2.2-t2i-flash","prompt":"猫".repeat(800)}));
    assert_eq!(call.prompt.chars().count(), 800);
}

#[test]
fn row_20_every_mark_is_sent_as_an_asterisk() {
    for mark in ["*", "x", "X", "×"] {
        let value = json!({"model":"wan2.2-t2i-flash","prompt":"a","size":format!("1024{mark}768")});
        assert_eq!(beijing(value).0.size.to_string(), "1024*768");
    }
}

#[test]
fn a_note_on_the_wire() {
    let (_, notes) = beijing(json!({"model":"qwen-image","prompt":"a","size":"1472*1140"}));
    insta::assert_json_snapshot!(notes);
}
