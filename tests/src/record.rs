//! Everything that any reply held. What must never be in one is looked for when all tests are over.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What marks an address of the vendor's result store (`dashscope-api.md` §1.5) or of its temporary one (§7).
const OF_A_SIGNED_ADDRESS: [&str; 4] = ["Signature=", "OSSAccessKeyId", "/result/", "dashscope-instant"];

#[derive(Debug)]
struct Record {
    texts: BTreeSet<String>,
    secrets: BTreeSet<String>,
}

static RECORD: Mutex<Record> = Mutex::new(Record { texts: BTreeSet::new(), secrets: BTreeSet::new() });

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
