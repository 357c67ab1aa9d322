use serde_json::json;

use super::*;
use crate::request::Request;

fn read_csv(text: &str) -> Reading {
    reading(Format::Csv, text, &Value::Null)
}

#[test]
fn cells_are_read_in_the_type_of_their_field() {
    let text = "model,prompt,size,n,prompt_extend,max_tokens,temperature,text,url,language_hints\r\n\
        wan2.2-t2i-flash,\"一只猫，\"\"咪\"\"\n第二行\",512*512,2,FALSE,,,,,\r\
        qwen-turbo,写,,,,200,0.5,,,\n\n,,,,,,,,,\n\
        sambert-zhichu-v1,,,,,,,读,,\n\
        paraformer-v2,,,,,,,,https://a.example/b.mp3,zh en\n\n";
    let reading = read_csv(text);
    assert_eq!(places(&reading), [""; 0]);
    let requests: Vec<_> = reading.entries.iter().map(|entry| entry.value.clone()).collect();
    let expected = [
        json!({"model": "wan2.2-t2i-flash", "prompt": "一只猫，\"咪\"\n第二行", "size": "512*512", "n": 2, "prompt_extend": false}),
        json!({"model": "qwen-turbo", "prompt": "写", "max_tokens": 200, "temperature": 0.5}),
        json!({"model": "sambert-zhichu-v1", "text": "读"}),
        json!({"model": "paraformer-v2", "url": "https://a.example/b.mp3", "language_hints": ["zh", "en"]}),
    ];
    assert_eq!(requests, expected.map(|fields| Request::from_value(fields).unwrap()));
    let lines: Vec<_> = reading.entries.iter().map(|entry| (entry.n, entry.line)).collect();
    assert_eq!(lines, [(0, 2), (1, 4), (2, 7), (3, 8)]);
}

#[test]
fn semicolons_and_tabs_part_cells_too() {
    for separator in [",", ";", "\t"] {
        let text = format!("model{separator}prompt\nqwen-image{separator}\"猫,;\t\"\n");
        let reading = read_csv(&text);
        assert_eq!(
            reading.entries.first().map(|entry| entry.value.prompt()),
            Some("猫,;\t"),
            "{separator:?}"
        );
    }
}

#[test]
fn all_that_is_wrong_is_named_at_its_cell() {
    let text = "model,prompt,n,promt,n,\n\
        qwen-image,猫,,,,\n\
        wan2.2-t2i-flash,猫,两,,,\n\
        wan2.2-t2i-flash,猫\n\
        wan2.2-t2i-flash,猫,1,,,,多\n\
        wan2.2-t2i-flash,\"猫\"咪,1,,,\n\
        ,猫,1,,,\n\
        wan2.2-t2i-flash,\"猫,1,,,\n";
    let reading = read_csv(text);
    assert_eq!(
        places(&reading),
        [
            "1:16 - promt",
            "1:22 - n",
            "1:24 - ",
            "3:20 rows[1] n",
            "4:1 rows[2] ",
            "5:25 rows[3] ",
            "6:21 rows[4] ",
            "7:1 rows[5] model",
            "8:18 rows[6] ",
        ]
    );
    assert_eq!(reading.found, 7);
}

#[test]
fn what_is_missing_everywhere_is_named_once() {
    let reading = read_csv("size,prompt\n512*512,猫\n512*512,狗\n");
    assert_eq!(places(&reading), ["1:1 rows[0] model"]);
    assert_eq!(reading.wrong, 1);
    let without_header = read_csv("一只猫\n一只狗\n");
    assert_eq!(places(&without_header), ["1:1 - 一只猫"]);
}

#[test]
fn a_cell_goes_before_the_shared_setting() {
    let shared = json!({"model": "wan2.2-t2i-flash", "n": 2, "size": "9*9"});
    let reading = reading(Format::Csv, "prompt,n,size\n猫,,512*512\n狗,3,\n鸟,7,512*512\n", &shared);
    assert_eq!(places(&reading), ["1:1 settings size", "4:3 rows[2] n"]);
    let Request::Image(first) = &reading.entries[0].value else { panic!("{reading:?}") };
    assert_eq!((first.n, first.size.to_string().as_str()), (2, "512*512"));
}

#[test]
fn an_empty_table_is_no_batch() {
    for text in ["", "\n\n", "model,prompt\n", "model,prompt\n,\n"] {
        assert_eq!(read_csv(text).problems[0].problem.message.en, "The batch is empty; write an entry.");
    }
}
