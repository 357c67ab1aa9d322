//! Batches: many entries submitted as one, which run by themselves.
//!
//! A batch comes as a file: the reference page's JSON (`bailian-reference.md` §6), CSV with a header, or plain lines.
//! [`look()`] reads one and says everything that is wrong with it and what it costs; [`read()`] only reads it.

mod csv;
mod encoding;
mod json;
mod lines;
mod look;
mod place;
mod reading;
mod sheet;
mod tree;

pub use look::{Looked, look};
pub use reading::{Format, LONGEST_SETTINGS, MOST_FIELDS, MOST_PROBLEMS, Placed, Reading, read};

use serde::{Deserialize, Serialize};

use crate::job::JobError;
use crate::kind::Kind;
use crate::live::Note;
use crate::money::Money;
use crate::problem::Problem;
use crate::quote::PriceRange;
use crate::time::Timestamp;
use crate::words::Words;

/// Most entries of a batch.
pub const MOST_ENTRIES: usize = 2000;

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BatchState {
    /// Its entries are sent as the pace allows.
    Running,
    /// Nothing of it is sent until it is resumed; what is at the vendor already goes on.
    Paused,
    /// Every entry has ended.
    Done,
    /// Called back: what had not been sent is cancelled, what had been has ended.
    Canceled,
}

impl BatchState {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Canceled => "canceled",
        }
    }
}

/// How many entries stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Counts {
    /// All of them.
    pub total: u32,
    /// Not sent yet.
    pub waiting: u32,
    /// Being sent, at the vendor, or being copied.
    pub active: u32,
    /// With their results kept.
    pub done: u32,
    /// Without a result.
    pub failed: u32,
    /// Called back.
    pub canceled: u32,
    /// Of which nobody knows.
    pub unsure: u32,
}

impl Counts {
    /// Entries that have ended.
    #[must_use]
    pub const fn ended(&self) -> u32 {
        self.done.saturating_add(self.failed).saturating_add(self.canceled).saturating_add(self.unsure)
    }
}

/// A batch. Its entries are jobs: `GET /api/jobs?batch={id}` lists them, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Batch {
    /// Opaque and unguessable.
    pub id: String,
    /// The name it was given, or the file's.
    pub name: String,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: BatchState,
    /// Why it paused itself, such as a budget that is used up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<JobError>,
    /// How many entries stand where.
    pub counts: Counts,
    /// Entries of each kind that it has.
    pub kinds: Vec<KindCount>,
    /// What it costs, as it was quoted.
    pub price: PriceRange,
    /// Billed so far, by the vendor's counts.
    pub spent: Money,
    /// Billed at most, of entries of which nobody knows.
    pub at_most: Money,
    /// Milliseconds until all entries are expected to have been sent; absent where none waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta_ms: Option<u64>,
}

/// How many entries are of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// Its entries.
    pub count: u32,
}

/// A page of batches, newest first: the reply of `GET /api/batches`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BatchList {
    /// The batches.
    pub items: Vec<Batch>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What a batch would cost and take, and everything that is wrong with it: the reply of `POST /api/batches/quote`,
/// which spends nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BatchQuote {
    /// Entries that were found, right and wrong ones.
    pub entries: u32,
    /// Right entries of each kind.
    pub kinds: Vec<KindCount>,
    /// What is wrong, in the order of the file, at most [`MOST_PROBLEMS`] of it; a batch with a problem is not
    /// accepted.
    pub problems: Vec<BatchProblem>,
    /// How many problems there are in all.
    pub wrong: u32,
    /// What would be sent otherwise than asked for, each once, with the entries it is about.
    pub notes: Vec<BatchNote>,
    /// The price of the right entries; without those whose price is not known beforehand.
    pub price: PriceRange,
    /// Entries whose price is not known beforehand.
    pub unpriced: u32,
    /// Milliseconds until all of it could be sent at current limits.
    pub send_ms: u64,
}

/// One thing that is wrong with a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BatchProblem {
    /// The line it is in, from 1.
    pub line: u32,
    /// The column, in characters from 1.
    pub column: u32,
    /// The entry: `image_tasks[3]` of JSON, `rows[3]` of CSV, `lines[3]` of lines, counted from 0, or `settings` for
    /// the shared settings; absent where the whole file is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

impl BatchProblem {
    /// The same as a problem of one request: its place is part of the field and of the sentence.
    #[must_use]
    pub fn flat(self) -> Problem {
        let Self { line, column, entry, mut problem } = self;
        if let Some(entry) = entry {
            problem.field =
                if problem.field.is_empty() { entry } else { format!("{entry}.{}", problem.field) };
        }
        problem.message = Words::of(
            format!("第 {line} 行第 {column} 列：{}", problem.message.zh),
            format!("Line {line}, column {column}: {}", problem.message.en),
        );
        problem
    }
}

/// One difference between what was asked for and what is sent, of one or more entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BatchNote {
    /// The difference.
    #[serde(flatten)]
    pub note: Note,
    /// How many entries it is about.
    pub entries: u32,
    /// The first of them, counted from 0 through the whole batch.
    pub first: u32,
}

/// The place of a job in its batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InBatch {
    /// The batch.
    pub id: String,
    /// The entry, counted from 0 through the whole batch.
    pub n: u32,
}

#[cfg(test)]
mod tests;
