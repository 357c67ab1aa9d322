//! Files of batches, right and wrong: a dry run names everything at once with its line and column, and sends nothing.

use std::time::Instant;

use serde_json::{Value, json};
use studio_shared::batch::{BatchQuote, MOST_ENTRIES, MOST_PROBLEMS};
use studio_shared::route::BATCH_CAP;
use studio_tests::client::send;
use studio_tests::{Answer, Setup, Studio, unique};

tests![
    the_reference_pages_file_is_quoted_with_its_price_and_notes,
    one_file_in_every_encoding_that_is_taken,
    everything_wrong_with_a_file_of_json_is_named_at_once,
    what_is_wrong_with_a_whole_file_is_named,
    a_table_is_read_with_quotes_and_line_ends_of_all_sorts,
    everything_wrong_with_a_table_is_named_at_once,
    lines_share_their_settings_whose_faults_are_named_once,
    two_thousand_entries_are_quick_and_one_more_is_too_many,
    a_file_over_the_cap_is_refused_and_one_under_it_is_read,
    a_query_or_a_format_that_is_none_is_refused,
    a_model_that_the_region_lacks_is_named_with_its_entry,
];

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8";
const LINES: &str = "text/plain";

/// `bailian-reference.md` §6, to the letter.
const REFERENCE: &str = r#"{"image_tasks":[{"model":"wan2.2-t2i-flash","prompt":"未来科技城市","size":"1440*810","n":2}],
 "text_tasks":[{"model":"qwen-turbo","prompt":"生成产品文案"}],
 "video_tasks":[{"model":"wan2.1-t2v-plus","prompt":"日出延时摄影","duration":10}]}"#;

async fn ask(studio: &Studio, media_type: &str, settings: &Value, bytes: impl Into<Vec<u8>>) -> Answer {
    let mut path = "/api/batches/quote?name=a".to_owned();
    if !settings.is_null() {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("settings", &settings.to_string())
            .finish();
        path = format!("{path}&{query}");
    }
    send(studio.owner.request("POST", path).header("content-type", media_type).body(bytes.into())).await
}

/// The dry run of a file.
async fn quote(studio: &Studio, media_type: &str, settings: &Value, bytes: impl Into<Vec<u8>>) -> BatchQuote {
    let answer = ask(studio, media_type, settings, bytes).await.with(200);
    let quote: BatchQuote = serde_json::from_slice(&answer.bytes).unwrap();
    for problem in &quote.problems {
        for words in [&problem.problem.allowed, &problem.problem.message] {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{problem:?}");
        }
    }
    quote
}

/// Where problems are, and what they are about: `line:column entry field`.
fn places(quote: &BatchQuote) -> Vec<String> {
    assert_eq!(quote.wrong as usize, quote.problems.len());
    let place = |found: &studio_shared::batch::BatchProblem| {
        let entry = found.entry.as_deref().unwrap_or("-");
        format!("{}:{} {entry} {}", found.line, found.column, found.problem.field)
    };
    quote.problems.iter().map(place).collect()
}

async fn the_reference_pages_file_is_quoted_with_its_price_and_notes() {
    let studio = Studio::shared().await;
    let quote = quote(&studio, JSON, &Value::Null, REFERENCE).await;
    assert_eq!(places(&quote), [""; 0]);
    assert_eq!((quote.entries, quote.unpriced), (3, 0));
    let kinds: Vec<_> = quote.kinds.iter().map(|counted| (counted.kind.as_str(), counted.count)).collect();
    assert_eq!(kinds, [("image", 1), ("text", 1), ("video", 1)]);
    // Pictures 1 to 2 at 0.14; the film 5 s at 0.70; text by its tokens.
    let price = |money: Option<studio_shared::money::Money>| money.unwrap().to_string();
    assert_eq!((price(quote.price.low), price(quote.price.high)), ("3.6400009".into(), "3.7809114".into()));
    let notes: Vec<_> = quote
        .notes
        .iter()
        .map(|note| (note.note.field.as_str(), note.note.given.as_str(), note.note.sent.as_str(), note.first))
        .collect();
    assert_eq!(
        notes,
        [
            ("model", "wan2.1-t2v-plus", "wanx2.1-t2v-plus", 2),
            ("fps", "24", "30", 2),
            ("duration", "10", "5", 2)
        ]
    );
    assert!(quote.send_ms < 60_000, "{}", quote.send_ms);
    for prompt in ["未来科技城市", "生成产品文案", "日出延时摄影"] {
        assert_eq!(studio.vendor.creations(prompt).await.len(), 0);
    }
}

async fn one_file_in_every_encoding_that_is_taken() {
    let studio = Studio::shared().await;
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let le: Vec<u8> = REFERENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = REFERENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let plain = quote(&studio, JSON, &Value::Null, REFERENCE).await;
    for bytes in [
        marked(&[0xef, 0xbb, 0xbf], REFERENCE.as_bytes().to_vec()),
        marked(&[0xff, 0xfe], le.clone()),
        marked(&[0xfe, 0xff], be.clone()),
        le,
        be,
    ] {
        let quote = quote(&studio, JSON, &Value::Null, bytes).await;
        assert_eq!((&quote.price, &quote.notes, quote.wrong), (&plain.price, &plain.notes, 0));
    }
    // 未来 in GBK, behind what both have alike.
    let gbk =
        [b"{\"image_tasks\":[\n{\"prompt\":\"".as_slice(), &[0xce, 0xb4, 0xc0, 0xb4], b"\"}]}"].concat();
    let quote = quote(&studio, JSON, &Value::Null, gbk).await;
    let [problem] = quote.problems.as_slice() else { panic!("{quote:?}") };
    // CE B4 happens to be a letter of UTF-8.
    assert_eq!((problem.line, problem.column, &problem.problem.given), (2, 13, &json!("0xC0")));
    assert!(problem.problem.message.zh.contains("GBK"), "{problem:?}");
}

async fn everything_wrong_with_a_file_of_json_is_named_at_once() {
    let studio = Studio::shared().await;
    let prompt = unique("批量不该发送");
    let text = format!(
        r#"{{
  "image_tasks": [
    {{"model": "wan2.2-t2i-flash", "prompt": "{prompt}", "n": "2"}},
    {{"model": "qwen-turbo", "prompt": "{prompt}", "size": "9*9"}},
    {{"model": "wan2.2-t2i-flash", "prompt": "猫", "prompt": "{prompt}"}},
    {{"kind": "video", "model": "wan2.2-t2i-flash", "prompt": "{prompt}"}},
    "{prompt}",
    {{"model": "wan2.2-t2i-flash", "prompt": "{prompt}"}}
  ],
  "audio_tasks": [{{"prompt": "{prompt}"}}],
  "text_tasks": {{"model": "qwen-turbo", "prompt": "{prompt}"}},
  "image_tasks": []
}}"#
    );
    let width = prompt.chars().count();
    let quote = quote(&studio, JSON, &Value::Null, text).await;
    assert_eq!(
        places(&quote),
        [
            format!("3:{} image_tasks[0] n", 54 + width),
            "4:15 image_tasks[1] model".into(),
            format!("4:{} image_tasks[1] size", 51 + width),
            "5:50 image_tasks[2] prompt".into(),
            "6:14 image_tasks[3] kind".into(),
            "7:5 image_tasks[4] ".into(),
            "10:3 - audio_tasks".into(),
            "11:17 - text_tasks".into(),
            "12:3 - image_tasks".into(),
        ]
    );
    assert_eq!(quote.entries, 6);
    assert_eq!(quote.kinds.iter().map(|counted| counted.count).sum::<u32>(), 1, "the right one is counted");
    studio.vendor.settled(&prompt, 0).await;
}

async fn what_is_wrong_with_a_whole_file_is_named() {
    let studio = Studio::shared().await;
    for (media_type, text, place, said) in [
        (JSON, "", "1:1 - ", "the file ends here"),
        (JSON, "model,prompt", "1:1 - ", "This is not JSON"),
        (JSON, "{\"image_tasks\":[{\"prompt\":'猫'}]}", "1:27 - ", "there should be a value"),
        (JSON, "{\"image_tasks\":[\n  {},\n]}", "3:1 - ", "there should be a value"),
        (JSON, "[]", "1:1 - ", "must be an object"),
        (JSON, "{}", "1:1 - ", "The batch is empty"),
        (CSV, "", "1:1 - ", "The batch is empty"),
        (CSV, "model,prompt\n\n,\n", "1:1 - ", "The batch is empty"),
        (LINES, "\n \r\n\r", "1:1 - ", "The batch is empty"),
    ] {
        let quote = quote(&studio, media_type, &Value::Null, text).await;
        assert_eq!(places(&quote), [place], "{text}");
        assert!(quote.problems[0].problem.message.en.contains(said), "{quote:?}");
    }
}

async fn a_table_is_read_with_quotes_and_line_ends_of_all_sorts() {
    let studio = Studio::shared().await;
    for (end, separator) in [("\n", ","), ("\r\n", ";"), ("\r", "\t")] {
        let text = [
            "\u{feff}model,prompt,n,prompt_extend,max_tokens",
            "wan2.2-t2i-flash,\"一只猫，说\"\"咪\"\"\r\n第二行\n第三行\",2,FALSE,",
            "",
            "qwen-turbo, \"写\" ,,,200",
            ",,,,",
            "",
        ]
        .join(end)
        .replace(',', separator);
        let quote = quote(&studio, CSV, &Value::Null, text).await;
        assert_eq!((places(&quote), quote.entries), (vec![], 2), "{end:?}");
    }
}

async fn everything_wrong_with_a_table_is_named_at_once() {
    let studio = Studio::shared().await;
    let prompt = unique("表格不该发送");
    let width = prompt.chars().count();
    let text = [
        "model,prompt,n,colour,n".to_owned(),
        format!("wan2.2-t2i-flash,{prompt},two,,"),
        format!("wan2.2-t2i-flash,{prompt},2"),
        format!("wan2.2-t2i-flash,\"{prompt}\"!,2,,"),
        format!("wan9,{prompt},2,,"),
        format!("wan2.2-t2i-flash,{prompt},2,,"),
        format!("wan2.2-t2i-flash,\"{prompt},2,,"),
    ];
    let quote = quote(&studio, CSV, &Value::Null, text.join("\r\n")).await;
    assert_eq!(
        places(&quote),
        [
            "1:16 - colour".to_owned(),
            "1:23 - n".into(),
            format!("2:{} rows[0] n", 19 + width),
            "3:1 rows[1] ".into(),
            format!("4:{} rows[2] ", 20 + width),
            "5:1 rows[3] model".into(),
            "7:18 rows[5] ".into(),
        ]
    );
    assert_eq!(quote.entries, 6);
    studio.vendor.settled(&prompt, 0).await;
}

async fn lines_share_their_settings_whose_faults_are_named_once() {
    let studio = Studio::shared().await;
    let text = format!("一只猫\r\n\r\n{}\n 一只狗", "长".repeat(801));
    let right = json!({"model": "wan2.2-t2i-flash", "n": 4, "size": "512*512"});
    let quote_of = async |settings: &Value| quote(&studio, LINES, settings, text.clone()).await;
    let quote = quote_of(&right).await;
    assert_eq!((places(&quote), quote.entries), (vec!["3:1 lines[1] prompt".into()], 3));
    assert_eq!(quote.price.high.unwrap().to_string(), "1.12", "two right ones of four pictures");
    let wrong = json!({"model": "wan2.2-t2i-flash", "n": 9, "colour": "red"});
    let quote = quote_of(&wrong).await;
    assert_eq!(places(&quote), ["1:1 settings n", "1:1 settings colour", "3:1 lines[1] prompt"]);
    assert_eq!(places(&quote_of(&Value::Null).await), ["1:1 settings model"]);
}

async fn two_thousand_entries_are_quick_and_one_more_is_too_many() {
    let studio = Studio::shared().await;
    let entry = |n: usize| {
        json!({"model": "wan2.2-t2i-flash", "prompt": format!("第 {n} 张：{}", "猫".repeat(100)), "size": "1440*810",
            "negative_prompt": "模糊", "n": 2, "seed": n, "watermark": false})
    };
    let file = |count: usize| json!({"image_tasks": (0..count).map(entry).collect::<Vec<_>>()}).to_string();
    let most = file(MOST_ENTRIES);
    let bytes = most.len();
    let mut best = u128::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let quote = quote(&studio, JSON, &Value::Null, most.clone()).await;
        best = best.min(begun.elapsed().as_millis());
        assert_eq!((quote.entries, quote.wrong), (2000, 0));
        assert_eq!(quote.price.high.unwrap().to_string(), "560.00");
        assert!((900_000..1_200_000).contains(&quote.send_ms), "at 2 a second: {}", quote.send_ms);
    }
    println!("a dry run of {MOST_ENTRIES} entries, {bytes} bytes, took {best} ms");
    assert!(best < 3000, "{best} ms");

    let quote = quote(&studio, JSON, &Value::Null, file(MOST_ENTRIES + 1)).await;
    assert_eq!((quote.entries, quote.wrong), (2001, 1));
    assert!(quote.problems[0].problem.message.en.contains("2001 entries"), "{:?}", quote.problems);
    let lines = "猫\n".repeat(2001);
    let settings = json!({"model": "wan2.2-t2i-flash"});
    assert_eq!(places(&self::quote(&studio, LINES, &settings, lines).await), ["2001:1 - "]);

    let all_wrong = json!({"image_tasks": vec![json!({"model": "wan2.2-t2i-flash", "n": 9}); 2000]});
    let begun = Instant::now();
    let quote = self::quote(&studio, JSON, &Value::Null, all_wrong.to_string()).await;
    println!("with {} problems it took {} ms", quote.wrong, begun.elapsed().as_millis());
    assert_eq!((quote.problems.len(), quote.wrong), (MOST_PROBLEMS, 4000));
}

async fn a_file_over_the_cap_is_refused_and_one_under_it_is_read() {
    let studio = Studio::shared().await;
    let padded = |length: usize| format!("{REFERENCE}{}", " ".repeat(length - REFERENCE.len()));
    assert_eq!(quote(&studio, JSON, &Value::Null, padded(BATCH_CAP)).await.wrong, 0);
    let refused = ask(&studio, JSON, &Value::Null, padded(BATCH_CAP + 1)).await.refused(413, "BodyTooLarge");
    assert!(refused.error.message.contains("1024 KiB"), "{}", refused.error.message);
    assert!(refused.error.advice.contains("2000"), "{}", refused.error.advice);
    // What costs a reader most: as much nesting, as many keys and as many columns as fit.
    let keys = (0..90_000).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>().join(",");
    for (media_type, text) in [
        (JSON, "[".repeat(BATCH_CAP)),
        (JSON, format!("{{{keys}}}")),
        (JSON, format!("{{\"image_tasks\":[{{{keys}}}]}}")),
        (JSON, format!("{{\"image_tasks\":[{}0]}}", "0,".repeat(BATCH_CAP / 2 - 20))),
        (CSV, ",".repeat(BATCH_CAP)),
        (CSV, format!("model,prompt\n{}", "\"\n".repeat(BATCH_CAP / 2 - 10))),
        (LINES, "\n".repeat(BATCH_CAP)),
    ] {
        let begun = Instant::now();
        let quote = quote(&studio, media_type, &Value::Null, text.clone()).await;
        println!("{:?}… took {} ms", text.get(..20).unwrap(), begun.elapsed().as_millis());
        assert!(quote.wrong > 0 && quote.problems.len() <= MOST_PROBLEMS);
    }
}

async fn a_query_or_a_format_that_is_none_is_refused() {
    let studio = Studio::shared().await;
    for media_type in ["text/html", "application/x-www-form-urlencoded", ""] {
        let refused =
            ask(&studio, media_type, &Value::Null, REFERENCE).await.refused(415, "UnsupportedMediaType");
        assert!(refused.error.advice.contains("text/csv"), "{}", refused.error.advice);
    }
    for (query, field) in [("settings=[]", "settings"), ("settings={", "settings"), ("format=csv", "format")]
    {
        let request = studio.owner.request("POST", format!("/api/batches/quote?{query}"));
        let refused = send(request.header("content-type", LINES).body("猫")).await;
        let refused = refused.refused(400, "InvalidParameter");
        assert_eq!(refused.error.field.as_deref(), Some(field));
    }
    studio.nobody.post("/api/batches/quote", &json!({})).await.refused(401, "NotLoggedIn");
}

async fn a_model_that_the_region_lacks_is_named_with_its_entry() {
    let region = "ap-southeast-1";
    let studio = Studio::start(Setup { region, vendor_region: region, ..Setup::default() }).await;
    let text = r#"{"image_tasks":[{"model":"wan2.2-t2i-flash","prompt":"猫"},
{"model":"wanx2.0-t2i-turbo","prompt":"猫"}]}"#;
    let quote = quote(&studio, JSON, &Value::Null, text).await;
    assert_eq!(places(&quote), ["2:1 image_tasks[1] model"]);
    assert_eq!(quote.kinds.iter().map(|counted| counted.count).sum::<u32>(), 1);
}
