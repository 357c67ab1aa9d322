//! Reading the file of a batch: what is right, what is wrong, and where.

use serde_json::{Map, Value};

use super::place::{Place, Places};
use super::{BatchProblem, MOST_ENTRIES, csv, encoding, json, lines};
use crate::problem::Problem;
use crate::request::Request;
use crate::words::Words;

/// Most problems that are shown at once; the others are counted.
pub const MOST_PROBLEMS: usize = 200;

/// Most fields of an entry: more than any model takes.
pub const MOST_FIELDS: usize = 64;

/// Longest shared settings, in bytes of JSON.
pub const LONGEST_SETTINGS: usize = 16 * 1024;

/// Problems that are kept while reading, before the first ones of the file are chosen among them.
const KEPT: usize = 1000;

/// How the file of a batch is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The reference page's file: an object with a list for each kind (`bailian-reference.md` §6).
    Json,
    /// A table whose first row names the fields; an empty cell is as good as none.
    Csv,
    /// One prompt a line; everything else is in the shared settings.
    Lines,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Lines];

    /// The media type that says how a body is written.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Lines => "text/plain",
        }
    }

    /// The format that a `content-type` names. Its charset is not looked at: the bytes say it better.
    #[must_use]
    pub fn of_media_type(header: &str) -> Option<Self> {
        let essence = header.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|format| essence.eq_ignore_ascii_case(format.media_type()))
    }
}

/// An entry and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// Which entry of the batch it is, from 0; wrong ones count too.
    pub n: u32,
    /// The line it begins in, from 1.
    pub line: u32,
    /// The column, in characters from 1.
    pub column: u32,
    /// What problems call it, such as `image_tasks[3]`.
    pub name: String,
    /// The entry.
    pub value: T,
}

impl<T> Placed<T> {
    /// Something that is wrong with the entry.
    #[must_use]
    pub fn problem(&self, problem: Problem) -> BatchProblem {
        BatchProblem { line: self.line, column: self.column, entry: Some(self.name.clone()), problem }
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Entries that were found, right and wrong ones.
    pub found: u32,
    /// The right ones, in the order of the file, [`MOST_ENTRIES`] at most.
    pub entries: Vec<Placed<Request>>,
    /// What is wrong, in the order of the file, [`MOST_PROBLEMS`] at most.
    pub problems: Vec<BatchProblem>,
    /// How many problems there are in all.
    pub wrong: u32,
}

impl Reading {
    /// Counts a problem, and keeps it where there are not too many yet.
    pub(super) fn add(&mut self, problem: BatchProblem) {
        self.wrong = self.wrong.saturating_add(1);
        if self.problems.len() < KEPT {
            self.problems.push(problem);
        }
    }

    /// Puts the problems into the order of the file and leaves the first of them.
    pub(super) fn settle(&mut self) {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        self.problems.truncate(MOST_PROBLEMS);
    }
}

/// Reads the entries of a batch. `settings` are the fields that all entries of CSV and lines share; an entry's own
/// field goes before them.
///
/// # Errors
/// All problems of all entries at once.
pub fn read(
    bytes: &[u8],
    format: Format,
    settings: &Map<String, Value>,
) -> Result<Vec<Placed<Request>>, Vec<BatchProblem>> {
    let reading = entries(bytes, format, settings);
    if reading.problems.is_empty() { Ok(reading.entries) } else { Err(reading.problems) }
}

/// Reads what is right of a batch, and what is wrong.
pub(super) fn entries(bytes: &[u8], format: Format, settings: &Map<String, Value>) -> Reading {
    let nothing = Reading { found: 0, entries: Vec::new(), problems: Vec::new(), wrong: 0 };
    let text = match encoding::text(bytes) {
        Ok(text) => text,
        Err(problem) => return Reading { problems: vec![problem], wrong: 1, ..nothing },
    };
    let mut file = File { places: Places::new(&text), reading: nothing, beyond: None };
    match format {
        Format::Json => json::read(&text, settings, &mut file),
        Format::Csv => csv::read(&text, settings, &mut file),
        Format::Lines => lines::read(&text, settings, &mut file),
    }
    file.end()
}

/// A file while it is read.
pub(super) struct File<'t> {
    places: Places<'t>,
    reading: Reading,
    /// Where the first entry stands that is too many.
    beyond: Option<usize>,
}

impl File<'_> {
    /// Counts an entry. Its number, unless there are so many already that it is not looked at any more.
    pub(super) fn count(&mut self, at: usize) -> Option<u32> {
        let n = self.reading.found;
        self.reading.found = n.saturating_add(1);
        let is_within = usize::try_from(n).is_ok_and(|n| n < MOST_ENTRIES);
        if !is_within && self.beyond.is_none() {
            self.beyond = Some(at);
        }
        is_within.then_some(n)
    }

    /// An entry is right.
    pub(super) fn right(&mut self, n: u32, at: usize, name: String, value: Request) {
        let Place { line, column } = self.places.of(at);
        self.reading.entries.push(Placed { n, line, column, name, value });
    }

    /// Something is wrong at an offset.
    pub(super) fn wrong(&mut self, at: usize, entry: Option<&str>, problem: Problem) {
        let Place { line, column } = self.places.of(at);
        self.reading.add(BatchProblem { line, column, entry: entry.map(str::to_owned), problem });
    }

    /// A place, to be named in a sentence.
    pub(super) fn place(&self, at: usize) -> Place {
        self.places.of(at)
    }

    fn end(mut self) -> Reading {
        let (found, most) = (self.reading.found, MOST_ENTRIES);
        let allowed = Words::of(format!("1 到 {most} 条"), format!("1 to {most} entries"));
        if let Some(at) = self.beyond {
            let message = Words::of(
                format!("这一批有 {found} 条，最多 {most} 条；请从这里起拆成另一批。"),
                format!("The batch has {found} entries, at most {most} are taken; split it from here on."),
            );
            self.wrong(at, None, Problem::new("", &Value::from(found), allowed, message));
        } else if found == 0 && self.reading.wrong == 0 {
            let message = Words::new("这一批是空的，请至少写一条。", "The batch is empty; write an entry.");
            self.wrong(0, None, Problem::new("", &Value::from(0), allowed, message));
        }
        self.reading.settle();
        self.reading
    }
}
