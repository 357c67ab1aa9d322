//! The rules of the house for styles, held by a program: what is written is linked, and colours are tokens.
#![allow(clippy::unwrap_used)] // a test program throughout

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use studio_frontend::words::texts;
use studio_shared::words::Language;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every style sheet, by its path from the package's folder, with its text without comments.
fn sheets() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["styles", "src"] {
        collect(&root().join(folder), &mut found);
    }
    found.sort();
    assert!(found.len() > 20, "the sheets were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            found.push((name, without_comments(&fs::read_to_string(&path).unwrap())));
        }
    }
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn page() -> String {
    fs::read_to_string(root().join("index.html")).unwrap()
}

/// The names after each `mark`: `--accent` after `var(`.
fn names_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).filter_map(|rest| rest.split([')', ',', ':', ' ']).next())
}

#[test]
fn every_sheet_is_linked_once_and_the_tokens_come_first() {
    let page = page();
    for (name, _) in sheets() {
        let link = format!(r#"<link data-trunk rel="css" href="{name}" />"#);
        assert_eq!(page.matches(&link).count(), 1, "{name} in index.html");
    }
    let first = page.split(r#"rel="css" href=""#).nth(1).unwrap();
    assert!(first.starts_with("styles/tokens.css"), "tokens.css names the layers in their order");
}

#[test]
fn colours_are_written_in_the_tokens_only() {
    for (name, text) in sheets() {
        if name == "styles/tokens.css" {
            continue;
        }
        for call in ["rgb(", "rgba(", "hsl(", "oklch(", "lab("] {
            assert!(!text.contains(call), "{name}: {call}…) belongs into tokens.css");
        }
        for value in text.lines().filter_map(|line| line.split_once(": ")).map(|(_, value)| value) {
            let is_hex = |word: &str| {
                word.strip_prefix('#')
                    .is_some_and(|hex| hex.len() >= 3 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            };
            let literal = value.split([' ', ',', ';', '(', ')']).find(|word| is_hex(word));
            assert_eq!(literal, None, "{name}: a colour belongs into tokens.css");
        }
    }
}

#[test]
fn every_token_that_is_used_is_defined() {
    let sheets = sheets();
    let defined: BTreeSet<&str> = sheets
        .iter()
        .flat_map(|(_, text)| text.split(['{', ';', '}']))
        .filter_map(|rule| rule.trim().split_once(':'))
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("--"))
        .collect();
    for (name, text) in &sheets {
        for used in names_after(text, "var(") {
            assert!(defined.contains(used), "{name} uses {used}, which nobody defines");
        }
    }
}

#[test]
fn every_sheet_stands_in_a_layer() {
    for (name, text) in sheets() {
        assert!(text.trim_start().starts_with("@layer"), "{name}: outside a layer it would beat everything");
    }
}

#[test]
fn the_page_has_no_inline_script_style_or_handler() {
    let page = page();
    for forbidden in ["<style", " style=", " onload=", " onclick=", " onerror="] {
        assert!(!page.contains(forbidden), "the content policy forbids {forbidden}");
    }
    for script in page.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(" src="), "a script in the page itself");
    }
}

#[test]
fn the_shell_says_what_the_program_will_say() {
    let page = page();
    for language in [Language::Zh, Language::En] {
        let words = &texts(language).shell;
        assert!(page.contains(words.product) && page.contains(words.lead), "{language:?}");
    }
}
