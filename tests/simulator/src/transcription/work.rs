//! What a transcription task will make, and how a poll tells it (dashscope-api.md §6.2).

use serde_json::{Map, Value, json};

use super::document;
use super::file::File;
use super::parameters::Parameters;
use crate::catalogue::Fact;

/// A transcription task's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsrWork {
    /// Each of them is a sub-task.
    pub files: Vec<File>,
    /// What was asked for.
    pub asked: Parameters,
}

impl AsrWork {
    /// All addresses, for faults that wait for one of them.
    pub fn prompt(&self) -> &str {
        self.files.first().map_or("", |file| &file.url)
    }

    /// Simulated milliseconds of work: a second, and one for every twenty of sound.
    pub fn run_ms(&self) -> u64 {
        let sound: u64 = self.sounds().map(|sound| sound / 20).sum();
        1_000 + sound
    }

    fn sounds(&self) -> impl Iterator<Item = u64> {
        self.files.iter().filter_map(|file| file.sound.as_ref().ok()).map(|sound| sound.ms)
    }

    /// Nothing came out: the first file's reason is the task's (`inf`).
    pub fn all_lost(&self) -> Option<Fact> {
        let first = self.files.first()?.sound.as_ref().err()?;
        let (code, message) = *first;
        self.files.iter().all(|file| file.sound.is_err()).then_some(Fact { status: 400, code, message })
    }

    /// `task_metrics` before the end.
    pub fn metrics(&self) -> Value {
        json!({ "TOTAL": self.files.len(), "SUCCEEDED": 0, "FAILED": 0 })
    }

    /// The fields an ended poll adds to `output`, also of a failed task, and `usage`.
    pub fn finished(&self, url: impl Fn(u32) -> String) -> (Map<String, Value>, Value) {
        let results: Vec<Value> =
            self.files.iter().zip(1..).map(|(file, number)| result(file, || url(number))).collect();
        let succeeded = self.sounds().count();
        let failed = self.files.len() - succeeded;
        let mut output = Map::new();
        output.insert("results".into(), results.into());
        let metrics = json!({ "TOTAL": self.files.len(), "SUCCEEDED": succeeded, "FAILED": failed });
        output.insert("task_metrics".into(), metrics);
        let tracks = u64::try_from(self.asked.channels.len()).unwrap_or(1);
        let seconds: u64 = self.sounds().map(|ms| ms.div_ceil(1000) * tracks).sum();
        (output, json!({ "duration": seconds }))
    }

    /// The document of this file, counted from 1.
    pub fn document(&self, number: u32) -> Option<Value> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        let file = self.files.get(at)?;
        file.sound.as_ref().ok().map(|sound| document::write(file, *sound, &self.asked))
    }
}

fn result(file: &File, url: impl FnOnce() -> String) -> Value {
    match &file.sound {
        Ok(_) => json!({ "file_url": file.url, "transcription_url": url(), "subtask_status": "SUCCEEDED" }),
        Err((code, message)) => {
            json!({ "file_url": file.url, "code": code, "message": message, "subtask_status": "FAILED" })
        }
    }
}
