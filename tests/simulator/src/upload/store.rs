//! What was uploaded. Of each file only its beginning, its end, its size and its digest are kept.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// "48 h life" (dashscope-api.md §7).
const LIFE_MS: u64 = 48 * 3_600_000;
/// Enough for any header that is looked at.
const HEAD: usize = 256 * 1024;
const TAIL: usize = 64 * 1024;

/// A file as far as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Its first bytes.
    pub head: Vec<u8>,
    /// Its last bytes, if it is longer than `head`.
    pub tail: Vec<u8>,
    /// All of them.
    pub size: u64,
    /// SHA-256, in hex.
    pub digest: String,
    /// The model it was uploaded for.
    pub model: String,
    pub(crate) at_ms: u64,
}

/// A file on its way in: it is never held whole.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    stored: Stored,
    hasher: Sha256,
}

impl Intake {
    /// Takes the next bytes; the size so far.
    pub(crate) fn take(&mut self, chunk: &Bytes) -> u64 {
        let Stored { head, tail, size, .. } = &mut self.stored;
        let (first, rest) = chunk.split_at(chunk.len().min(HEAD.saturating_sub(head.len())));
        head.extend_from_slice(first);
        tail.extend_from_slice(rest);
        tail.drain(..tail.len().saturating_sub(TAIL));
        *size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.hasher.update(chunk);
        *size
    }

    fn finish(self) -> Stored {
        let digest = self.hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Stored { digest, ..self.stored }
    }
}

/// All files, and the folders that policies were given for.
#[derive(Debug, Default)]
pub(crate) struct Store {
    files: BTreeMap<String, Stored>,
    models: HashMap<String, String>,
}

impl Store {
    /// A policy for this folder was given to this model.
    pub(crate) fn promise(&mut self, upload_dir: String, model: String) {
        self.models.insert(upload_dir, model);
    }

    /// Whether there is a file of this key.
    pub(crate) fn has(&self, key: &str, now_ms: u64) -> bool {
        self.get(key, now_ms).is_some()
    }

    /// Keeps a file that arrived whole.
    pub(crate) fn keep(&mut self, key: String, intake: Intake, now_ms: u64) {
        let folder = key.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A name with a path in it is a longer key, no other folder.
        let model = self
            .models
            .iter()
            .find(|(dir, _)| folder.starts_with(dir.as_str()))
            .map(|(_, model)| model.clone());
        let stored = Stored { model: model.unwrap_or_default(), at_ms: now_ms, ..intake.finish() };
        self.files.insert(key, stored);
    }

    /// The file of this key, until it expires.
    pub(crate) fn get(&self, key: &str, now_ms: u64) -> Option<&Stored> {
        self.files.get(key).filter(|stored| now_ms < stored.at_ms.saturating_add(LIFE_MS))
    }

    /// Keys, sizes and digests, for the figures.
    pub(crate) fn tell(&self) -> Vec<serde_json::Value> {
        let tell = |(key, stored): (&String, &Stored)| serde_json::json!({ "key": key, "size": stored.size, "sha256": stored.digest, "model": stored.model });
        self.files.iter().map(tell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_kept_by_its_ends_and_its_digest() {
        let mut intake = Intake::default();
        let chunk = Bytes::from(vec![7_u8; 100_000]);
        for _ in 0..9 {
            intake.take(&chunk);
        }
        assert_eq!(intake.take(&Bytes::from_static(b"end")), 900_003);
        let mut store = Store::default();
        store.promise("d/e".into(), "paraformer-v1".into());
        store.keep("d/e/a.wav".into(), intake, 5);
        let stored = store.get("d/e/a.wav", 5 + LIFE_MS - 1).unwrap();
        assert_eq!(
            (stored.head.len(), stored.tail.len(), stored.model.as_str()),
            (HEAD, TAIL, "paraformer-v1")
        );
        assert!(stored.tail.ends_with(b"end") && stored.digest.len() == 64);
        assert!(!store.has("d/e/a.wav", 5 + LIFE_MS), "48 hours");
    }
}
