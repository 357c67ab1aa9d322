use serde_json::json;

use super::*;

#[test]
fn each_line_is_a_prompt_with_the_shared_settings() {
    let text = "一只猫\r\n\r\n  一只狗  \r一只鸟\n\n";
    let reading = reading(Format::Lines, text, &json!({"model": "wan2.2-t2i-flash", "n": 3}));
    let read: Vec<_> =
        reading.entries.iter().map(|entry| (entry.value.prompt(), entry.line, entry.column)).collect();
    assert_eq!(read, [("一只猫", 1, 1), ("一只狗", 3, 3), ("一只鸟", 4, 1)]);
    assert_eq!(places(&reading), [""; 0]);
}

#[test]
fn a_line_is_what_the_model_reads() {
    for (model, line) in [
        ("qwen-turbo", "写一首诗"),
        ("sambert-zhichu-v1", "你好"),
        ("paraformer-v2", "https://a.example/b.mp3"),
        ("wan2.1-t2v-plus", "日出"),
    ] {
        let reading = reading(Format::Lines, line, &json!({"model": model}));
        assert_eq!(reading.entries.first().map(|entry| entry.value.prompt()), Some(line), "{model}");
    }
}

#[test]
fn a_line_too_long_is_named_by_its_line_and_a_wrong_setting_once() {
    let text = format!("猫\n{}\n狗\n a\u{1}b\n", "长".repeat(801));
    let shared = json!({"model": "wan2.2-t2i-flash", "n": 9, "colour": "red", "prompt": "猫"});
    let reading = reading(Format::Lines, &text, &shared);
    assert_eq!(
        places(&reading),
        [
            "1:1 settings prompt",
            "1:1 settings n",
            "1:1 settings colour",
            "2:1 lines[1] prompt",
            "4:2 lines[3] prompt"
        ]
    );
}

#[test]
fn without_a_model_one_problem_says_so() {
    for shared in [json!({}), json!({"model": "wan9"}), json!({"model": 7})] {
        let reading = reading(Format::Lines, "猫\n狗\n", &shared);
        assert_eq!(places(&reading), ["1:1 settings model"], "{shared}");
    }
}
