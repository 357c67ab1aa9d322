//! Text, film, speech and transcript: what is special about each.

use serde_json::{Value, json};

use super::*;

#[test]
fn a_conversation_is_checked_turn_by_turn() {
    let user = json!({"role":"user","content":"a"});
    let with = |messages: Value| json!({"model":"qwen-plus","messages":messages});
    for (messages, field) in [
        (json!([]), "messages"),
        (json!("a"), "messages"),
        (json!(["a"]), "messages[0]"),
        (json!([{"role":"user"}]), "messages[0].content"),
        (json!([{"role":"user","content":""}]), "messages[0].content"),
        (json!([{"role":"user","content":" \n"}]), "messages[0].content"),
        (json!([{"role":"user","content":["a"]}]), "messages[0].content"),
        (json!([{"role":"tool","content":"a"}]), "messages[0].role"),
        (json!([{"role":"User","content":"a"}]), "messages[0].role"),
        (json!([{"content":"a"}]), "messages[0].role"),
        (json!([user, {"role":"system","content":"a"}, user]), "messages[1].role"),
        (json!([user, {"role":"assistant","content":"b"}]), "messages[1].role"),
        (json!([{"role":"user","content":"a","name":"x"}]), "messages[0].name"),
        (json!([{"role":"user","content":"a".repeat(60_001)}]), "messages[0].content"),
    ] {
        assert_eq!(wrong(with(messages.clone())), [field], "{messages}");
    }
    assert!(Request::from_value(with(json!([{"role":"system","content":"s"}, user]))).is_ok());
    let two = json!([{"role":"x","content":""}, {"role":"user","content":7}]);
    assert_eq!(wrong(with(two)), ["messages[0].role", "messages[0].content", "messages[1].content"]);
}

#[test]
fn a_text_has_a_prompt_or_messages_and_one_system_message() {
    let messages = json!([{"role":"user","content":"a"}]);
    assert_eq!(wrong(json!({"model":"qwen-plus"})), ["prompt"]);
    assert_eq!(wrong(json!({"model":"qwen-plus","prompt":"a","messages":messages})), ["messages"]);
    let system = json!([{"role":"system","content":"s"},{"role":"user","content":"a"}]);
    assert_eq!(wrong(json!({"model":"qwen-plus","system":"t","messages":system})), ["system"]);
    assert_eq!(wrong(json!({"model":"qwen-plus","prompt":"a","stream":true})), ["stream"]);
}

#[test]
fn a_recording_is_at_an_address_or_in_a_file() {
    assert_eq!(wrong(json!({"model":"paraformer-v1"})), ["url"]);
    let both = json!({"model":"paraformer-v1","url":"https://example.com/a","file":"f1"});
    assert_eq!(wrong(both), ["file"]);
    let file = Request::from_value(json!({"model":"paraformer-v1","file":"f1"})).unwrap();
    assert_eq!(file.prompt(), "f1");
    let alone = json!({"model":"paraformer-v1","file":"f1","speaker_count":2});
    assert_eq!(wrong(alone), ["speaker_count"]);
}

#[test]
fn ten_thousand_characters_are_spoken_and_not_one_more() {
    let text = |count: usize| json!({"model":"sambert-zhichu-v1","text":"读".repeat(count)});
    let request = Request::from_value(text(10_000)).unwrap();
    assert_eq!(request.price().unwrap().to_string(), "1.00");
    let over = problems(text(10_001));
    assert_eq!(over[0].field, "text");
    assert!(over[0].message.en.contains("has 10001 characters, at most 10000"), "{over:?}");
}

#[test]
fn what_is_not_known_beforehand_has_no_price() {
    let recording = Request::from_value(json!({"model":"paraformer-v2","file":"f"})).unwrap();
    assert_eq!(recording.price(), None, "nobody has opened it");
    let usage = crate::usage::Usage { audio_seconds: Some(3600), ..Default::default() };
    assert_eq!(recording.price_of(&usage).unwrap().to_string(), "0.288");
    let unlisted = Request::from_value(json!({"model":"qwen3-max","prompt":"a"})).unwrap();
    assert_eq!(unlisted.price(), None, "not on the price page");
}

#[test]
fn tokens_are_priced_in_and_out() {
    let request = Request::from_value(json!({"model":"qwen-max","prompt":"a"})).unwrap();
    let usage = |input, output| crate::usage::Usage {
        input_tokens: Some(input),
        output_tokens: Some(output),
        ..Default::default()
    };
    let price = |input, output| request.price_of(&usage(input, output)).unwrap().to_string();
    assert_eq!(price(1_000_000, 0), "2.40");
    assert_eq!(price(0, 1_000_000), "9.60");
    assert_eq!(price(1, 1), "0.000012");
    assert_eq!(request.price_of(&crate::usage::Usage::default()), None, "no count, no price");
}
