//! What the targets of this crate share; they stand beside the readers they are about. Here are those whose readers
//! can be seen from here.

use std::borrow::Cow;

use studio_fuzz::proptest::prelude::*;
use studio_fuzz::{holds, run, text};
use studio_shared::problem::Problem;

use crate::range::{self, Part};
use crate::sound;

/// The names and values of a query string.
pub(crate) fn pairs(query: &str) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let Ok(url) = worker::Url::parse(&format!("https://studio.example/?{query}")) else { return Vec::new() };
    let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    url.query_pairs().map(|(name, value)| (own(name), own(value))).collect()
}

/// What is said about a wrong call: about each thing that is wrong, in both languages, and not more than a page of it.
pub(crate) fn told(problems: &[Problem]) -> Result<(), String> {
    let silent = |problem: &&Problem| problem.message.zh.is_empty() || problem.message.en.is_empty();
    if let Some(problem) = problems.iter().find(silent) {
        return Err(format!("a problem says nothing: {problem:?}"));
    }
    if let Some(problem) = problems.iter().find(|problem| problem.given.to_string().len() > 1000) {
        return Err(format!("what was given is given back whole: {}", problem.field));
    }
    holds(!problems.is_empty(), || "it is refused without a word".to_owned())
}

#[test]
fn fuzz_ranges() {
    let headers =
        text(&["bytes=0-99", "bytes=-5", "bytes=7-", "bytes=0-0,5-9"], &["bytes=", "-", ",", "=", "0"]);
    run("ranges", (headers, any::<u64>()), |(header, length)| match range::read(Some(&header), length) {
        Part::Bytes { first, last } => {
            holds(first <= last && last < length, || format!("{header:?} of {length}: {first}-{last}"))?;
            // Whoever asks for what was understood gets the same.
            let again = range::read(Some(&format!("bytes={first}-{last}")), length);
            holds(again == Part::Bytes { first, last }, || format!("{header:?} of {length}: {again:?}"))
        }
        Part::Whole | Part::Outside => Ok(()),
    });
}

#[test]
fn fuzz_first_bytes_of_recordings() {
    let files: [&[u8]; 6] = [
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"ID3\x04\0\0\0",
        b"fLaC\0\0\0\x22",
        b"OggS\0\x02",
        b"\0\0\0\x20ftypM4A ",
        b"#!AMR\n",
    ];
    run("first bytes", studio_fuzz::bytes(&files, &[b"ftyp", b"WAVE", b"<html", b"%PDF", b"PK"]), |head| {
        let known = sound::media_type(&head);
        let sounding = known.is_none_or(|kind| kind.starts_with("audio/") || kind.starts_with("video/"));
        holds(sounding, || format!("{head:?} is taken for {known:?}"))?;
        let page = head.trim_ascii_start().starts_with(b"<");
        holds(!page || known.is_none(), || format!("a page is taken for {known:?}"))
    });
}
