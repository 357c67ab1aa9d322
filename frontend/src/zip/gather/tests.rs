//! A whole archive, read back by another's reader.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use studio_shared::job::{Answer, Output, State};
use studio_shared::request::Request;
use zip::ZipArchive;

use super::*;
use crate::state::sample;

fn order(language: Language) -> Order {
    Order {
        title: "春季 <海报>".to_owned(),
        made_at: Timestamp::from_ms(1_768_874_400_000),
        ahead_min: 480,
        language,
        most: 12,
    }
}

fn output(n: u32, media_type: Option<&str>) -> Output {
    Output {
        n,
        media_type: media_type.map(ToOwned::to_owned),
        bytes: None,
        expires_at: None,
        orig_prompt: Some("原文".to_owned()),
        actual_prompt: Some("改写".to_owned()),
        error: None,
    }
}

fn job(id: &str, prompt: &str, outputs: Vec<Output>) -> Job {
    let request =
        Request::from_value(json!({"model": "wan2.2-t2i-flash", "prompt": prompt, "n": 2})).unwrap();
    Job { request, outputs, ..sample::job(id, State::Done) }
}

fn made(language: Language) -> ZipArchive<Cursor<Vec<u8>>> {
    let jobs = vec![
        job(
            "a",
            "<script>alert(1)</script>",
            vec![output(0, Some("image/png")), output(1, Some("image/png"))],
        ),
        job("b", "没有结果", vec![output(0, None)]),
        Job {
            text: Some(Answer { text: "答".to_owned(), ..Answer::default() }),
            ..job("c", "问", Vec::new())
        },
    ];
    let order = order(language);
    let mut part = Part::default();
    let mut all = Vec::new();
    for (number, job) in numbered(jobs) {
        part.mention(number, &job);
        for wanted in files_of(number, &job) {
            let bytes = format!("{number}{:?}", wanted.of).into_bytes();
            let media_type = if wanted.of == Of::Answer { "text/plain" } else { "image/png" }.to_owned();
            let size = u64::try_from(bytes.len()).unwrap();
            let (before, after) =
                part.put(&order, &wanted, Fetched { media_type, size, crc: crc32fast::hash(&bytes) });
            all.extend(before);
            all.extend(bytes);
            all.extend(after);
        }
        if job.id == "b" {
            part.mention(number, &job).missing.push((0, "gone & <lost>".to_owned()));
        }
    }
    all.extend(part.close(&order));
    ZipArchive::new(Cursor::new(all)).unwrap()
}

fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_file_has_its_settings_beside_it() {
    let mut archive = made(Language::Zh);
    let names: Vec<_> = archive.file_names().map(ToOwned::to_owned).collect();
    assert_eq!(
        names,
        [
            "01-wan2.2-t2i-flash-script-alert-1-script-1.png",
            "01-wan2.2-t2i-flash-script-alert-1-script-1.settings.json",
            "01-wan2.2-t2i-flash-script-alert-1-script-2.png",
            "01-wan2.2-t2i-flash-script-alert-1-script-2.settings.json",
            "03-wan2.2-t2i-flash-问.txt",
            "03-wan2.2-t2i-flash-问.settings.json",
            "manifest.json",
            "index.html",
        ]
    );
    let settings: Value = serde_json::from_str(&read(&mut archive, &names[3])).unwrap();
    assert_eq!(settings["file"], names[2].as_str());
    assert_eq!(settings["request"]["n"], 2);
    assert_eq!((&settings["orig_prompt"], &settings["actual_prompt"]), (&json!("原文"), &json!("改写")));
}

#[test]
fn the_manifest_names_every_entry_also_those_without_a_file() {
    let manifest: Value = serde_json::from_str(&read(&mut made(Language::En), "manifest.json")).unwrap();
    assert_eq!((&manifest["title"], &manifest["part"]), (&json!("春季 <海报>"), &json!(1)));
    let entries = manifest["entries"].as_array().unwrap();
    let of = |n: usize| (entries[n]["entry"].clone(), entries[n]["files"].as_array().unwrap().len());
    assert_eq!([of(0), of(1), of(2)], [(json!(1), 2), (json!(2), 0), (json!(3), 1)]);
    assert_eq!(entries[1]["missing"], json!([{"n": 0, "why": "gone & <lost>"}]));
    assert_eq!(entries[0]["job"]["request"]["prompt"], "<script>alert(1)</script>");
    assert_eq!(entries[0]["job"]["state"], "done");
}

#[test]
fn the_page_shows_the_files_and_means_nothing_but_its_words() {
    let page = read(&mut made(Language::Zh), "index.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"));
    assert!(page.contains("<img src=\"01-wan2.2-t2i-flash-script-alert-1-script-2.png\""));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"));
    assert!(page.contains("gone &amp; &lt;lost&gt;") && page.contains("春季 &lt;海报&gt;"));
    assert!(page.contains("张数 2"), "{page}");
    assert!(read(&mut made(Language::En), "index.html").contains("<html lang=\"en\">"));
}

#[test]
fn a_part_that_would_grow_too_large_is_closed_first() {
    let mut part = Part::default();
    assert!(!part.is_full(LIMIT * 3), "one file is never split");
    let job = Rc::new(job("a", "x", vec![output(0, Some("video/mp4"))]));
    for wanted in files_of(1, &job) {
        part.put(
            &order(Language::Zh),
            &wanted,
            Fetched { media_type: "video/mp4".to_owned(), size: LIMIT - 1000, crc: 0 },
        );
    }
    assert!(part.is_full(2000));
    let mut next = part.next();
    assert_eq!((next.nth, next.length()), (1, 0));
    let wanted = files_of(1, &job).remove(0);
    let (before, _) = next.put(
        &order(Language::Zh),
        &wanted,
        Fetched { media_type: "video/mp4".to_owned(), size: 1, crc: 0 },
    );
    assert!(String::from_utf8_lossy(&before).contains("x-2.mp4"), "no name comes twice in an order");
}
