//! Text.

use serde_json::{Value, json};

use super::*;
use crate::request::{Message, Role};

fn text(value: Value) -> (TextCall, Vec<Note>) {
    match sent(value) {
        (Call::Text(call), notes) => (call, notes),
        other => panic!("{other:?}"),
    }
}

#[test]
fn row_21_a_prompt_at_the_top_and_one_inside_input_are_the_same() {
    let flat = text(json!({"model":"qwen-turbo","prompt":"写一篇科技文章"}));
    let nested = text(json!({"model":"qwen-turbo","input":{"prompt":"写一篇科技文章"}}));
    assert_eq!(flat, nested);
    let messages =
        text(json!({"model":"qwen-turbo","messages":[{"role":"user","content":"写一篇科技文章"}]}));
    assert_eq!(flat, messages);
    let inside =
        json!({"model":"qwen-turbo","input":{"messages":[{"role":"user","content":"写一篇科技文章"}]}});
    assert_eq!(flat, text(inside));
}

#[test]
fn row_23_max_tokens_is_1500_when_absent() {
    assert_eq!(text(json!({"model":"qwen-max","prompt":"a"})).0.max_tokens, 1500);
    assert_eq!(text(json!({"model":"qwen-max","prompt":"a","max_tokens":1})).0.max_tokens, 1);
}

#[test]
fn row_24_a_temperature_of_2_is_sent_as_1_999_with_a_note() {
    let (call, notes) = text(json!({"model":"qwen-plus","prompt":"a","temperature":2}));
    assert_eq!((call.temperature, told(&notes)), (1.999, vec![("temperature", "2", "1.999")]));
    for (given, taken) in [(json!({}), 1.0), (json!(0), 0.0), (json!(1.99), 1.99)] {
        let mut request = json!({"model":"qwen-plus","prompt":"a"});
        if !given.is_object() {
            request["temperature"] = given;
        }
        let (call, notes) = text(request);
        assert_eq!((call.temperature, notes.len()), (taken, 0));
    }
    let over = Request::from_value(json!({"model":"qwen-plus","prompt":"a","temperature":2.01})).unwrap_err();
    assert_eq!(over[0].field, "temperature");
}

#[test]
fn row_25_a_top_p_of_0_is_sent_as_0_01_with_a_note() {
    let (call, notes) = text(json!({"model":"qwen-plus","prompt":"a","top_p":0}));
    assert_eq!((call.top_p, told(&notes)), (0.01, vec![("top_p", "0", "0.01")]));
    for (given, taken) in [(0.8, 0.8), (0.001, 0.001), (1.0, 1.0)] {
        let (call, notes) = text(json!({"model":"qwen-plus","prompt":"a","top_p":given}));
        assert_eq!((call.top_p, notes.len()), (taken, 0));
    }
}

#[test]
fn a_system_message_goes_first_wherever_it_stood() {
    let said = json!([{"role":"user","content":"一"},{"role":"assistant","content":"二"},{"role":"user","content":"三"}]);
    let (apart, _) = text(json!({"model":"qwen-plus","system":"你是编辑。","messages":said}));
    let mut among = said.as_array().unwrap().clone();
    among.insert(0, json!({"role":"system","content":"你是编辑。"}));
    let (first, _) = text(json!({"model":"qwen-plus","messages":among}));
    assert_eq!(apart, first);
    assert_eq!(apart.messages[0], Message { role: Role::System, content: "你是编辑。".to_owned() });
    assert_eq!(apart.messages.len(), 4);
}
