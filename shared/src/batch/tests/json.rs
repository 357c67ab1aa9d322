use serde_json::json;

use super::*;
use crate::live::Settings;

fn read_json(text: &str) -> Reading {
    reading(Format::Json, text, &Value::Null)
}

/// `bailian-reference.md` §6, to the letter.
const REFERENCE: &str = r#"{"image_tasks":[{"model":"wan2.2-t2i-flash","prompt":"未来科技城市","size":"1440*810","n":2}],
 "text_tasks":[{"model":"qwen-turbo","prompt":"生成产品文案"}],
 "video_tasks":[{"model":"wan2.1-t2v-plus","prompt":"日出延时摄影","duration":10}]}"#;

#[test]
fn the_reference_pages_file_is_read_priced_and_noted() {
    let looked = look(REFERENCE.as_bytes(), Format::Json, &Map::new(), Settings::default());
    assert_eq!(looked.quote.problems, []);
    assert_eq!(looked.entries.len(), 3);
    assert_eq!(looked.entries[2].name, "video_tasks[0]");
    let place = |n: usize| (looked.entries[n].line, looked.entries[n].column);
    assert_eq!([place(0), place(1), place(2)], [(1, 17), (2, 16), (3, 17)]);
    insta::assert_json_snapshot!(looked.quote);
}

#[test]
fn all_that_is_wrong_with_all_entries_is_named_at_once() {
    let text = r#"{
  "image_tasks": [
    {"model": "wan2.2-t2i-flash", "prompt": "好", "n": "2"},
    {"model": "qwen-turbo", "prompt": "猫", "size": "9*9"},
    {"model": "wan2.2-t2i-flash", "prompt": "猫", "prompt": "狗"},
    "猫",
    {"model": "wan9", "prompt": "猫"},
    {"kind": "video", "prompt": "", "model": "qwen-image"}
  ],
  "audio_tasks": [],
  "text_tasks": {"model": "qwen-turbo"},
  "speech_tasks": [{"model": "sambert-zhichu-v1", "text": "好", "rate": 3, "extra": {"a": 1, "a": 2}}],
  "transcription_tasks": [{"model": "paraformer-v1"}],
  "image_tasks": []
}"#;
    let reading = read_json(text);
    assert_eq!(
        places(&reading),
        [
            "3:55 image_tasks[0] n",
            "4:15 image_tasks[1] model",
            "4:52 image_tasks[1] size",
            "5:50 image_tasks[2] prompt",
            "6:5 image_tasks[3] ",
            "7:15 image_tasks[4] model",
            "8:14 image_tasks[5] kind",
            "8:33 image_tasks[5] prompt",
            "10:3 - audio_tasks",
            "11:17 - text_tasks",
            "12:72 speech_tasks[0] rate",
            "12:84 speech_tasks[0] extra",
            "12:93 speech_tasks[0] extra.a",
            "13:27 transcription_tasks[0] url",
            "14:3 - image_tasks",
        ]
    );
    assert_eq!((reading.found, reading.entries.len(), reading.wrong), (8, 0, 15));
    let said = |n: usize| reading.problems[n].problem.message.en.as_ref();
    assert_eq!(said(0), r#"n cannot be "2"; allowed: a whole number from 1 to 4, without quotes."#);
    assert_eq!(said(1), r#""qwen-turbo" does not belong into image_tasks; move the entry to text_tasks."#);
    assert_eq!(said(3), "prompt stands twice, first in line 5, column 35; keep one of them.");
    assert_eq!(reading.problems[8].problem.allowed.en.matches("_tasks").count(), 5);
}

#[test]
fn what_is_not_json_is_named_with_its_place() {
    let broken = read_json("{\"image_tasks\": [\n  {\"model\": \"wan2.2-t2i-flash\" \"prompt\": \"猫\"}\n]}");
    assert_eq!(places(&broken), ["2:32 - "]);
    assert_eq!(broken.problems[0].problem.message.zh, "不是合法的 JSON：这里是 '\"'，应是逗号或 }。");
    assert_eq!(places(&read_json("")), ["1:1 - "]);
    assert_eq!(places(&read_json("[]")), ["1:1 - "]);
    assert_eq!(places(&read_json("{\"image_tasks\":[{}\n")), ["2:1 - "]);
}

#[test]
fn an_empty_batch_is_no_batch() {
    for text in ["{}", "{\"image_tasks\":[]}"] {
        assert_eq!(read_json(text).problems[0].problem.message.zh, "这一批是空的，请至少写一条。");
    }
}

#[test]
fn the_two_thousand_and_first_entry_is_too_many() {
    let file = |count: usize| {
        let entry = json!({"model": "wan2.2-t2i-flash", "prompt": "猫"});
        json!({"image_tasks": vec![entry; count]}).to_string()
    };
    assert_eq!(read_json(&file(MOST_ENTRIES)).entries.len(), MOST_ENTRIES);
    let reading = read_json(&file(MOST_ENTRIES + 1));
    assert_eq!((reading.found, reading.wrong), (2001, 1));
    assert!(reading.problems[0].problem.message.en.contains("2001 entries"), "{:?}", reading.problems);
    assert!(reading.problems[0].column > 80_000, "at the entry that is too many");
}

#[test]
fn shared_settings_are_not_for_json() {
    let reading = reading(Format::Json, REFERENCE, &json!({"n": 1}));
    assert_eq!(places(&reading), ["1:1 settings "]);
}

#[test]
fn of_many_problems_the_first_are_shown_and_all_are_counted() {
    let entry = json!({"model": "wan2.2-t2i-flash", "n": 9, "size": 1, "seed": "a"});
    let reading = read_json(&json!({"image_tasks": vec![entry; 1500]}).to_string());
    assert_eq!((reading.problems.len(), reading.wrong), (MOST_PROBLEMS, 6000));
    let mut keys = (0..100_000).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>();
    keys.push("\"0\":1".to_owned());
    let reading = read_json(&format!("{{\"image_tasks\":[{{{}}}]}}", keys.join(",")));
    assert_eq!(places(&reading), ["1:17 image_tasks[0] "]);
}

#[test]
fn a_model_that_the_region_lacks_is_named_with_its_entry() {
    let text = r#"{"image_tasks":[{"model":"wan2.2-t2i-flash","prompt":"猫"}],
"speech_tasks":[{"model":"sambert-zhichu-v1","text":"好"}]}"#;
    let abroad = Settings { region: crate::catalogue::Region::Singapore, ..Settings::default() };
    let looked = look(text.as_bytes(), Format::Json, &Map::new(), abroad);
    assert_eq!((looked.quote.entries, looked.quote.wrong, looked.entries.len()), (2, 1, 1));
    assert_eq!(looked.quote.problems[0].clone().flat().field, "speech_tasks[0].model");
}
