//! Batch files in every format and encoding.

use serde_json::{Map, Value, json};
use studio_fuzz::proptest::prelude::*;
use studio_fuzz::{bytes, holds, json as mutated, run, text};

use super::examples;
use crate::batch::{Format, Looked, MOST_ENTRIES, MOST_PROBLEMS, look};
use crate::live::Settings;

/// What holds for every batch that was looked at.
fn looked(file: &[u8], format: Format, shared: &Map<String, Value>) -> Result<(), String> {
    let Looked { entries, quote, .. } = look(file, format, shared, Settings::default());
    let problems = &quote.problems;
    holds(problems.len() <= MOST_PROBLEMS, || format!("{} problems are shown", problems.len()))?;
    holds(problems.len() <= quote.wrong as usize, || {
        format!("{} of {} problems", problems.len(), quote.wrong)
    })?;
    holds(entries.len() <= MOST_ENTRIES, || format!("{} entries", entries.len()))?;
    let lines = 1 + file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for problem in problems {
        let place = (problem.line as usize, problem.column as usize);
        let there = (1..=lines).contains(&place.0) && (1..=file.len() + 2).contains(&place.1);
        holds(there, || format!("a problem at {place:?} of {lines} lines: {problem:?}"))?;
        super::told(std::slice::from_ref(&problem.problem))?;
        super::told(&[problem.clone().flat()])?;
    }
    let right: u32 = quote.kinds.iter().map(|kind| kind.count).sum();
    holds(right <= quote.entries, || format!("{right} right ones of {}", quote.entries))?;
    if problems.is_empty() {
        holds(quote.wrong == 0 && right == quote.entries, || format!("{right} of {}", quote.entries))?;
        holds(entries.len() == right as usize, || format!("{} of {right}", entries.len()))?;
        holds(right > 0, || "a batch of nothing is taken".to_owned())?;
    }
    if let (Some(low), Some(high)) = (quote.price.low, quote.price.high) {
        holds(low <= high, || format!("{low} to {high}"))?;
    }
    let length = serde_json::to_string(&quote).map_err(|error| error.to_string())?.len();
    holds(length < 600_000, || format!("the answer has {length} bytes"))
}

fn reference() -> Value {
    json!({
        "image_tasks": [
            {"model": "wan2.2-t2i-flash", "prompt": "未来科技城市", "size": "1440*810", "n": 2},
            {"model": "qwen-image", "prompt": "猫", "size": "1664*928"}],
        "text_tasks": [{"model": "qwen-turbo", "prompt": "生成产品文案", "temperature": 0.7}],
        "video_tasks": [{"model": "wan2.2-t2v-plus", "prompt": "海", "size": "1920*1080"}],
    })
}

#[test]
fn fuzz_batches_of_json() {
    let mut all = vec![reference()];
    all.extend(examples().into_iter().map(|example| json!({"tasks": [example]})));
    run("batch JSON, by structure", mutated(all), |value| {
        looked(value.to_string().as_bytes(), Format::Json, &Map::new())
    });
    let written = serde_json::to_string_pretty(&reference()).unwrap_or_default();
    run(
        "batch JSON, by text",
        text(&[&written], &["\"image_tasks\"", "\"n\":0,", "}{", "//", "\r"]),
        |text| looked(text.as_bytes(), Format::Json, &Map::new()),
    );
}

#[test]
fn fuzz_batches_of_tables() {
    let tables = [
        "kind,model,prompt,size,n\nimage,wan2.2-t2i-flash,\"猫, 大\",1024*1024,2\ntext,qwen-turbo,文案,,\n",
        "model,prompt\r\nqwen-image,\"两行\r\n的提示\"\r\n",
        "model;prompt\nqwen-turbo;你好\n",
        "prompt\n一\n二\n",
    ];
    let strategy =
        (text(&tables, &["\"\"", "\",\"", "\n\n", ",,", "\t", "kind", "model,model"]), any::<bool>());
    run("batch CSV", strategy, |(text, set)| {
        let mut shared = Map::new();
        if set {
            shared.insert("model".to_owned(), json!("qwen-turbo"));
        }
        looked(text.as_bytes(), Format::Csv, &shared)
    });
}

#[test]
fn fuzz_batches_of_lines() {
    let strategy =
        (text(&["一只猫\n一条狗\n\n# 天空\n", "a\r\nb\rc"], &["\n", "\r", "\u{2028}"]), any::<bool>());
    run("batch lines", strategy, |(text, set)| {
        let model = if set { "qwen-turbo" } else { "no-such-model" };
        let shared = Map::from_iter([("model".to_owned(), json!(model))]);
        looked(text.as_bytes(), Format::Lines, &shared)
    });
}

#[test]
fn fuzz_batches_shared_settings() {
    let settings: Vec<Value> = examples().into_iter().map(Value::Object).collect();
    run("batch settings", mutated(settings), |settings| match settings {
        Value::Object(settings) => looked("一只猫\n一条狗".as_bytes(), Format::Lines, &settings),
        _ => Ok(()),
    });
}

#[test]
fn fuzz_batches_in_any_encoding() {
    let utf_16 = |text: &str, mark: bool, big: bool| {
        let mark = mark.then_some(0xfeff);
        let units = mark.into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    let text = reference().to_string();
    let files = [
        text.clone().into_bytes(),
        utf_16(&text, true, false),
        utf_16(&text, true, true),
        utf_16(&text, false, false),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
    ];
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let pieces: [&[u8]; 6] =
        [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xd8\x00", b"\x00\xdc", b"\xc3\x28"];
    let formats = prop_oneof![Just(Format::Json), Just(Format::Csv), Just(Format::Lines)];
    run("batch encodings", (bytes(&files, &pieces), formats), |(file, format)| {
        // Columns are counted in characters, which are never more than bytes.
        let Looked { quote, .. } = look(&file, format, &Map::new(), Settings::default());
        holds(quote.problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1), || {
            format!("{:?}", quote.problems)
        })?;
        holds(quote.problems.len() <= quote.wrong as usize, || format!("{}", quote.wrong))
    });
}
