//! Whatever is broken in a file, the problem points at it; whatever bytes come, nothing panics.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::*;
use crate::batch::place::Place;

const FORMATS: [Format; 3] = Format::ALL;

/// A file of right entries, written one way or another, each with a size of its own.
fn json_file(sizes: &[u32], words: &[String], is_pretty: bool) -> String {
    let entries: Vec<_> = sizes
        .iter()
        .zip(words)
        .map(|(side, word)| json!({"model": "wan2.2-t2i-flash", "prompt": format!("猫{word}"), "size": format!("{side}*{side}")}))
        .collect();
    let file = json!({"image_tasks": entries});
    if is_pretty { serde_json::to_string_pretty(&file).unwrap() } else { file.to_string() }
}

fn csv_file(sizes: &[u32], words: &[String], end: &str) -> String {
    let row = |(side, word): (&u32, &String)| {
        format!("\"猫{}\",wan2.2-t2i-flash,{side}*{side}{end}", word.replace('"', "\"\""))
    };
    format!("prompt,model,size{end}{}", sizes.iter().zip(words).map(row).collect::<String>())
}

fn parts() -> impl Strategy<Value = (Vec<u32>, Vec<String>)> {
    // Sizes that differ, so that each stands once in the text; words that hold no size.
    (1_usize..12).prop_flat_map(|count| {
        (
            Just((0..count).map(|n| 600 + u32::try_from(n).unwrap()).collect()),
            prop::collection::vec("[a猫 \"\\\\,;\n\r]{0,40}", count),
        )
    })
}

proptest! {
    #[test]
    fn a_size_that_is_broken_is_pointed_at(
        (sizes, words) in parts(),
        which in any::<Index>(),
        way in 0_usize..5,
    ) {
        let (format, text) = match way {
            0 | 1 => (Format::Json, json_file(&sizes, &words, way == 0)),
            _ => (Format::Csv, csv_file(&sizes, &words, ["\n", "\r\n", "\r"][way - 2])),
        };
        let right = reading(format, &text, &Value::Null);
        prop_assert_eq!(places(&right), [""; 0], "{}", text);
        prop_assert_eq!(right.entries.len(), sizes.len());

        let n = which.index(sizes.len());
        let size = format!("{0}*{0}", sizes[n]);
        let broken = text.replacen(&size, "9*9", 1);
        let mut at = broken.find("9*9").unwrap();
        if format == Format::Json {
            at -= 1; // the quote before it
        }
        let Place { line, column } = Place::after(&broken[..at]);
        let reading = reading(format, &broken, &Value::Null);
        let name = if format == Format::Json { "image_tasks" } else { "rows" };
        prop_assert_eq!(places(&reading), [format!("{line}:{column} {name}[{n}] size")], "{}", broken);
        prop_assert_eq!(reading.entries.len() + 1, sizes.len());
    }

    #[test]
    fn a_file_cut_anywhere_is_not_json_where_it_ends_or_where_its_last_text_began(
        (sizes, words) in parts(),
        cut in any::<Index>(),
    ) {
        let text = json_file(&sizes, &words, true);
        let at = (0..=cut.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let reading = reading(Format::Json, &text[..at], &Value::Null);
        prop_assert_eq!(reading.wrong, 1);
        let end = Place::after(&text[..at]);
        prop_assert!(reading.problems[0].line <= end.line);
    }

    #[test]
    fn no_bytes_make_any_reader_panic(bytes in any::<Vec<u8>>()) {
        for format in FORMATS {
            let _ = read(&bytes, format, &shared(&json!({"model": "qwen-image"})));
        }
    }

    #[test]
    fn no_text_makes_any_reader_panic(
        text in r#"([\[\]{}:,"\\;\t\r\n猫a0]|image_tasks|model|prompt|qwen-image){0,40}"#
    ) {
        for format in FORMATS {
            let _ = read(text.as_bytes(), format, &shared(&json!({"model": "qwen-image"})));
        }
    }
}
