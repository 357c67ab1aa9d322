//! Everything that any reply held, that was logged and that was kept. What must never be in it is looked for when all
//! tests are over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What marks an address of the vendor's result store (`dashscope-api.md` §1.5) or of its temporary one (§7).
const OF_A_SIGNED_ADDRESS: [&str; 4] = ["Signature=", "OSSAccessKeyId", "/result/", "dashscope-instant"];

/// What marks a text that a test has planted ([`crate::unique`]): no log may hold one.
const OF_A_PROMPT: [&str; 2] = ["№", "%E2%84%96"];

/// What the runtime says when the worker's program has ended by itself; it takes every call in hand with it.
const OF_A_PANIC: [&str; 3] = ["panicked at", "RuntimeError", "Reinitializing Wasm"];

#[derive(Debug)]
struct Record {
    texts: BTreeSet<String>,
    secrets: BTreeSet<String>,
    /// Keys and codes: these must not be kept either.
    keys: BTreeSet<String>,
    /// What the workers logged.
    lines: BTreeSet<String>,
    /// Where a key lay, and how many files were looked through.
    kept: Vec<String>,
    files: usize,
}

static RECORD: Mutex<Record> = Mutex::new(Record {
    texts: BTreeSet::new(),
    secrets: BTreeSet::new(),
    keys: BTreeSet::new(),
    lines: BTreeSet::new(),
    kept: Vec::new(),
    files: 0,
});

/// A test that died while it wrote leaves the record usable.
fn record() -> MutexGuard<'static, Record> {
    RECORD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a reply, a header or a frame.
pub fn seen(text: &str) {
    record().texts.insert(text.to_owned());
}

/// Names something that no reply may hold.
pub fn secret(secret: &str) {
    assert!(secret.len() >= 8, "too short to be looked for: {secret}");
    record().secrets.insert(secret.to_owned());
}

/// How many different texts were seen, how many secrets are known, and the texts that hold one.
#[must_use]
pub fn search() -> (usize, usize, Vec<String>) {
    let record = record();
    let words = || record.secrets.iter().map(String::as_str).chain(OF_A_SIGNED_ADDRESS);
    let leaks = record.texts.iter().filter_map(|text| {
        let word = words().find(|word| text.contains(word))?;
        Some(format!("{word} in {text}"))
    });
    (record.texts.len(), record.secrets.len(), leaks.collect())
}

/// Names a key or a code: no reply, no log, no storage and nothing that is built may hold it.
pub fn key(key: &str) {
    secret(key);
    record().keys.insert(key.to_owned());
}

/// Keeps what a worker logged, and looks through what it has stored: its own words are JSON, one line an event.
pub(crate) fn looked_over(state: &Path) {
    let log = fs::read(state.join("logs/worker.log")).unwrap_or_default();
    let lines = String::from_utf8_lossy(&log).into_owned();
    record().lines.extend(lines.lines().map(str::to_owned));
    search_files(&state.join("worker"));
}

/// Looks through all files of a folder for keys and codes. Media is what the vendor made and is left out.
pub fn search_files(folder: &Path) {
    let keys: Vec<String> = record().keys.iter().cloned().collect();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "blobs") {
                search_files(&path);
            }
            continue;
        }
        let bytes = fs::read(&path).unwrap_or_default();
        record().files += 1;
        for key in keys.iter().filter(|key| holds(&bytes, key.as_bytes())) {
            record().kept.push(format!("{key} in {}", path.display()));
        }
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let begins = bytes.iter().enumerate().filter(|(_, byte)| *byte == first);
    begins.into_iter().any(|(at, _)| bytes.get(at..at + word.len()) == Some(word))
}

/// How many files and lines were looked at; where a key is kept; lines that no log should hold.
#[must_use]
pub fn search_kept_and_logged() -> (usize, usize, Vec<String>) {
    let record = record();
    let words = || record.secrets.iter().map(String::as_str).chain(OF_A_SIGNED_ADDRESS).chain(OF_A_PROMPT);
    let told = record.lines.iter().filter_map(|line| {
        let word = words().find(|word| line.contains(word));
        let why = match word {
            Some(word) => word.to_owned(),
            // The worker's own words begin so; what the runtime around it says is its own.
            None if OF_A_PANIC.iter().any(|word| line.contains(word)) => "a panic".to_owned(),
            None if line.starts_with('{') && !is_event(line) => "no event".to_owned(),
            None => return None,
        };
        Some(format!("{why} in the log: {line}"))
    });
    (record.files, record.lines.len(), record.kept.iter().cloned().chain(told).collect())
}

fn is_event(line: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    value["event"].is_string() && value["detail"].is_string()
}
