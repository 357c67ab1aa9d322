//! Everything that any reply held, that was logged and that was kept. What must never be in it is looked for when all
//! tests are over.
//!
//! A [`Record`] can be made for a test of the search itself; the one of the whole run is filled by the functions here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use aho_corasick::AhoCorasick;

/// What marks an address of the vendor's result store (`dashscope-api.md` §1.5) or of its temporary one (§7).
const OF_A_SIGNED_ADDRESS: [&str; 4] = ["Signature=", "OSSAccessKeyId", "/result/", "dashscope-instant"];

/// What marks a text that a test has planted ([`crate::unique`]): no log may hold one.
const OF_A_PROMPT: [&str; 2] = ["№", "%E2%84%96"];

/// What the runtime says when the worker's program has ended by itself; it takes every call in hand with it.
const OF_A_PANIC: [&str; 3] = ["panicked at", "RuntimeError", "Reinitializing Wasm"];

/// Shorter ones would be found by chance.
pub const SHORTEST: usize = 8;

/// What was seen, and what must not be in it.
#[derive(Debug, Default)]
pub struct Record {
    texts: BTreeSet<String>,
    /// Keys, codes and passwords: in no reply, no log, no storage and nothing that is built.
    keys: BTreeSet<String>,
    /// The vendor's tasks and address: in no reply and no log.
    tasks: BTreeSet<String>,
    /// Sessions and views, which are told to whom they are for: in no log and no storage.
    tokens: BTreeSet<String>,
    /// What the workers logged.
    lines: BTreeSet<String>,
    /// Where a key lay, and how many files, of how many bytes, were looked through.
    kept: Vec<String>,
    files: usize,
    bytes: usize,
}

/// What a search has looked through, and what it found.
#[derive(Debug)]
pub struct Found {
    /// In words.
    pub figures: String,
    /// Each with where it is.
    pub leaks: Vec<String>,
}

impl Record {
    /// Keeps a reply, a header or a frame.
    pub fn seen(&mut self, text: &str) {
        self.texts.insert(text.to_owned());
    }

    /// Names a key, a code or a password.
    pub fn key(&mut self, key: &str) {
        named(&mut self.keys, key);
        if key.starts_with("bs_") {
            named(&mut self.keys, &key.replace('-', "")[3..]); // as it is read
        }
    }

    /// Names a task of the vendor, or where the vendor is.
    pub fn task(&mut self, task: &str) {
        named(&mut self.tasks, task);
    }

    /// Names a session or a view.
    pub fn token(&mut self, token: &str) {
        named(&mut self.tokens, token);
    }

    /// Keeps what a worker has logged so far.
    pub fn logged(&mut self, state: &Path) {
        let log = fs::read(state.join("logs/worker.log")).unwrap_or_default();
        self.lines.extend(String::from_utf8_lossy(&log).lines().map(str::to_owned));
    }

    /// Whether a worker has logged this.
    #[must_use]
    pub fn has_logged(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }

    /// Looks through all files of a folder for what must not be kept. Media is what the vendor made and is left out.
    pub fn search_files(&mut self, folder: &Path) {
        let words: Vec<String> = self.keys.iter().chain(&self.tokens).cloned().collect();
        self.search_files_for(&search_for(&words), &words, folder);
    }

    fn search_files_for(&mut self, search: &AhoCorasick, words: &[String], folder: &Path) {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "blobs") {
                    self.search_files_for(search, words, &path);
                }
                continue;
            }
            let bytes = fs::read(&path).unwrap_or_default();
            self.files += 1;
            self.bytes += bytes.len();
            let found = search
                .find_iter(&bytes)
                .map(|found| format!("{} in {}", words[found.pattern()], path.display()));
            let found: BTreeSet<String> = found.collect();
            self.kept.extend(found);
        }
    }

    /// The replies that hold what none may.
    #[must_use]
    pub fn in_replies(&self) -> Found {
        let words = self.words(&OF_A_SIGNED_ADDRESS, &[&self.keys, &self.tasks]);
        let search = search_for(&words);
        let leaks = self.texts.iter().filter_map(|text| {
            let found = search.find(text)?;
            Some(format!("{} in {text}", words[found.pattern()]))
        });
        let figures = format!(
            "searched {} replies, frames and headers for {} keys, codes and passwords, {} tasks, and signed addresses",
            self.texts.len(),
            self.keys.len(),
            self.tasks.len()
        );
        Found { figures, leaks: leaks.collect() }
    }

    /// Where a key is kept, and the lines that no log should hold.
    #[must_use]
    pub fn in_files_and_logs(&self) -> Found {
        let marks = [&OF_A_SIGNED_ADDRESS[..], &OF_A_PROMPT].concat();
        let words = self.words(&marks, &[&self.keys, &self.tasks, &self.tokens]);
        let search = search_for(&words);
        let told = self.lines.iter().filter_map(|line| {
            let why = match search.find(line) {
                Some(found) => words[found.pattern()].clone(),
                None if OF_A_PANIC.iter().any(|word| line.contains(word)) => "a panic".to_owned(),
                // The worker's own words begin so; what the runtime around it says is its own.
                None if line.starts_with('{') && !is_event(line) => "no event".to_owned(),
                None => return None,
            };
            Some(format!("{why} in the log: {line}"))
        });
        let figures = format!(
            "searched {} files ({} MB) and {} lines of logs for {} keys, codes and passwords and {} sessions and views",
            self.files,
            self.bytes / 1_000_000,
            self.lines.len(),
            self.keys.len(),
            self.tokens.len()
        );
        Found { figures, leaks: self.kept.iter().cloned().chain(told).collect() }
    }

    fn words(&self, marks: &[&str], sets: &[&BTreeSet<String>]) -> Vec<String> {
        let marks = marks.iter().map(|mark| (*mark).to_owned());
        marks.chain(sets.iter().copied().flatten().cloned()).collect()
    }
}

/// Thousands of words in hundreds of thousands of texts: all words at once.
fn search_for(words: &[String]) -> AhoCorasick {
    AhoCorasick::new(words).unwrap()
}

fn named(set: &mut BTreeSet<String>, word: &str) {
    assert!(word.len() >= SHORTEST, "too short to be looked for: {word}");
    set.insert(word.to_owned());
}

fn is_event(line: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    value["event"].is_string() && value["detail"].is_string()
}

static RECORD: LazyLock<Mutex<Record>> = LazyLock::new(Mutex::default);

/// The record of the whole run. A test that died while it wrote leaves it usable.
pub fn record() -> MutexGuard<'static, Record> {
    RECORD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a reply, a header or a frame.
pub fn seen(text: &str) {
    record().seen(text);
}

/// Names a key, a code or a password.
pub fn key(key: &str) {
    record().key(key);
}

/// Names a task of the vendor, or where the vendor is.
pub fn task(task: &str) {
    record().task(task);
}

/// Names a session or a view.
pub fn token(token: &str) {
    record().token(token);
}
