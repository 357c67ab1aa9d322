//! Short texts: values, names, addresses of the route table, headers.

use std::fmt::Display;
use std::str::FromStr;

use studio_fuzz::proptest::prelude::*;
use studio_fuzz::{holds, run, text};

use crate::day::Day;
use crate::file;
use crate::money::Money;
use crate::route::{Found, ROUTES, find};
use crate::size::Size;
use crate::time::Timestamp;
use crate::words::Language;

fn there_and_back<T: FromStr + Display + PartialEq>(target: &str, examples: &[&str]) {
    run(target, text(examples, &["0", "9", "-", ".", "*", "x", "×", ":"]), |text| {
        let Ok(first) = text.parse::<T>() else { return Ok(()) };
        let written = first.to_string();
        let again = written.parse::<T>().ok();
        holds(again == Some(first), || format!("{text:?} is written {written:?}, which is another"))?;
        holds(written.len() <= text.len() + 12, || format!("{text:?} grows to {written:?}"))
    });
}

#[test]
fn fuzz_values() {
    there_and_back::<Money>("amounts", &["0.14", "-1.00", "9223372036.854775807", "0.000000001"]);
    there_and_back::<Size>("sizes", &["1024*1024", "512 x 512", "1×1", "4294967295*1"]);
    there_and_back::<Day>("days", &["2026-11-22", "1970-01-01", "9999-12-31", "2024-02-29"]);
    run(
        "times",
        text(
            &["2026-01-20T02:00:00.101Z", "2026-01-20T10:00:00+08:00", "2026-01-20 10:00:00.101"],
            &["T", "Z"],
        ),
        |text| {
            let _ = Timestamp::from_beijing(&text);
            let Ok(first) = serde_json::from_value::<Timestamp>(text.clone().into()) else { return Ok(()) };
            let again = serde_json::from_value::<Timestamp>(first.to_string().into()).ok();
            holds(again == Some(first), || format!("{text:?} is written {first}"))
        },
    );
}

#[test]
fn fuzz_file_names() {
    let names = ["meeting.mp3", "C:\\Users\\x\\录音.WAV", "../../etc/passwd.mp4", "a.b.c.flac", ".mp3"];
    run("file names", text(&names, &["/", "\\", "..", ".mp3", "\u{202e}", "\0"]), |text| {
        match file::name(&text) {
            Ok(name) => {
                let plain = !name.contains(['/', '\\']) && !name.chars().any(char::is_control);
                holds(plain && name.chars().count() <= file::NAME_CAP, || format!("{name:?} is taken"))?;
                holds(file::ending(&name).is_some(), || format!("{name:?} ends otherwise"))?;
                holds(file::name(&name).as_ref() == Ok(&name), || format!("{name:?} is changed once more"))
            }
            Err(problem) => super::told(&[problem]),
        }
    });
}

#[test]
fn fuzz_addresses() {
    let paths: Vec<&str> = ROUTES.iter().map(|route| route.path).collect();
    let methods = prop_oneof![
        Just("GET"),
        Just("HEAD"),
        Just("POST"),
        Just("DELETE"),
        Just("PATCH"),
        Just("PUT"),
        Just("X")
    ];
    run(
        "addresses",
        (methods, text(&paths, &["/", "//", "%2F", "..", "?", "#", "/api"])),
        |(method, path)| match find(method, &path) {
            Found::Action(_, access, names) => {
                let clean = names.iter().all(|name| !name.is_empty() && !name.contains('/'));
                holds(clean, || format!("{path}: {names:?}"))?;
                let route =
                    ROUTES.iter().find(|route| route.path.split('/').count() == path.split('/').count());
                holds(route.is_some(), || format!("{path} of {access:?} is as long as no route"))
            }
            Found::OtherMethods(others) => holds(!others.is_empty() && !others.contains(&method), || {
                format!("{method} {path}: {others:?}")
            }),
            Found::Nothing => Ok(()),
        },
    );
}

#[test]
fn fuzz_accepted_languages() {
    run(
        "accepted languages",
        text(&["zh-CN,zh;q=0.9,en;q=0.8", "en-GB,en", "fr"], &["en", "zh", ";q="]),
        |header| {
            let language = Language::accepted(&header);
            let lower = header.to_ascii_lowercase();
            holds(language == Language::Zh || lower.contains("en"), || format!("{header:?} asks for English"))
        },
    );
}
