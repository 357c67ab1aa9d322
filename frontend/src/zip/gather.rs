//! What belongs into which archive, and the bytes beside the results. Pure.

use std::collections::BTreeMap;
use std::rc::Rc;

use studio_shared::job::Job;
use studio_shared::time::Timestamp;
use studio_shared::words::Language;

use super::directory::{Directory, DosTime, File};
use super::names::{self, Names};
use super::{contents, index};
use crate::pages::job::facts::is_there;

/// A part is closed before it grows beyond this: some disks and programs take no file over 2 GiB.
const LIMIT: u64 = 1_500_000_000;

/// What of a job is a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A result, by its number.
    Output(u32),
    /// The answer of a text job.
    Answer,
}

/// A file that belongs into the archive.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The number of its job in the archive, from 1.
    pub(crate) number: usize,
    /// Its job.
    pub(crate) job: Rc<Job>,
    /// What of it.
    pub(crate) of: Of,
}

/// Jobs with their numbers in the archive: entries of one batch keep theirs, others are counted.
pub(crate) fn numbered(jobs: Vec<Job>) -> Vec<(usize, Rc<Job>)> {
    let batch = |job: &Job| job.batch.as_ref().map(|batch| batch.id.clone());
    let is_one = jobs.iter().map(batch).all(|of| of.is_some() && of == jobs.first().and_then(batch));
    let number = |(at, job): (usize, Job)| {
        let n = job.batch.as_ref().filter(|_| is_one).and_then(|batch| usize::try_from(batch.n).ok());
        (n.unwrap_or(at).saturating_add(1), Rc::new(job))
    };
    jobs.into_iter().enumerate().map(number).collect()
}

/// The files of a job.
pub(crate) fn files_of(number: usize, job: &Rc<Job>) -> Vec<Wanted> {
    let outputs = job.outputs.iter().filter(|output| is_there(output)).map(|output| Of::Output(output.n));
    let answer = job.text.as_ref().filter(|answer| !answer.text.is_empty()).map(|_| Of::Answer);
    outputs.chain(answer).map(|of| Wanted { number, job: Rc::clone(job), of }).collect()
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Which result of its job.
    pub(crate) n: u32,
    /// What it is called.
    pub(crate) name: String,
    /// What its settings are called.
    pub(crate) settings: String,
    /// Its media type.
    pub(crate) media_type: String,
    /// Its length.
    pub(crate) bytes: u64,
}

/// A job in an archive.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The job.
    pub(crate) job: Rc<Job>,
    /// Its files.
    pub(crate) files: Vec<Kept>,
    /// Results that could not be fetched: their number, and why.
    pub(crate) missing: Vec<(u32, String)>,
}

/// What the archives of one order have in common.
#[derive(Debug)]
pub(crate) struct Order {
    /// What it is called.
    pub(crate) title: String,
    /// When it was made.
    pub(crate) made_at: Timestamp,
    /// Minutes that the clock on the wall is ahead of UTC.
    pub(crate) ahead_min: i32,
    /// The language of the page.
    pub(crate) language: Language,
    /// The largest number of a job.
    pub(crate) most: usize,
}

/// Bytes that came.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Their media type.
    pub(crate) media_type: String,
    /// How many.
    pub(crate) size: u64,
    /// Their CRC-32.
    pub(crate) crc: u32,
}

/// One archive while it is filled.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Which one of the order, from 0.
    pub(crate) nth: u32,
    rows: BTreeMap<usize, Row>,
    names: Names,
    directory: Directory,
}

impl Part {
    /// The one after it: no name is given twice.
    pub(crate) fn next(&mut self) -> Self {
        Self { nth: self.nth.saturating_add(1), names: std::mem::take(&mut self.names), ..Self::default() }
    }

    /// Whether so many bytes more belong into the next part.
    pub(crate) const fn is_full(&self, size: u64) -> bool {
        self.directory.length() > 0 && self.directory.length().saturating_add(size) > LIMIT
    }

    /// Bytes so far.
    pub(crate) const fn length(&self) -> u64 {
        self.directory.length()
    }

    /// Takes a job in, its files still to come.
    pub(crate) fn mention(&mut self, number: usize, job: &Rc<Job>) -> &mut Row {
        let new = || Row { job: Rc::clone(job), files: Vec::new(), missing: Vec::new() };
        self.rows.entry(number).or_insert_with(new)
    }

    /// Takes a file in: the bytes that stand before it, and those after it, which are its settings.
    pub(crate) fn put(&mut self, order: &Order, wanted: &Wanted, file: Fetched) -> (Vec<u8>, Vec<u8>) {
        let Wanted { number, job, of } = wanted;
        let mut stem = names::stem(*number, order.most, job);
        let n = match of {
            Of::Output(n) => *n,
            Of::Answer => 0,
        };
        if job.outputs.len() > 1 {
            stem = format!("{stem}-{}", n.saturating_add(1));
        }
        let name = self.names.take(&stem, names::ending(&file.media_type));
        let settings = self.names.take(&stem, "settings.json");
        let made_at = DosTime::of(job.finished_at.unwrap_or(job.created_at), order.ahead_min);
        let before = self.directory.add(File { name: name.clone(), size: file.size, crc: file.crc, made_at });
        let kept =
            Kept { n, name, settings: settings.clone(), media_type: file.media_type, bytes: file.size };
        let beside = contents::settings(*number, job, &kept);
        let after = self.text(settings, beside, made_at);
        self.mention(*number, job).files.push(kept);
        (before, after)
    }

    /// What stands at the end: the manifest, the page to look at, the directory.
    pub(crate) fn close(&mut self, order: &Order) -> Vec<u8> {
        for row in self.rows.values_mut() {
            row.files.sort_by_key(|file| file.n);
            row.missing.sort();
        }
        let rows = std::mem::take(&mut self.rows);
        let made_at = DosTime::of(order.made_at, order.ahead_min);
        let manifest = contents::manifest(order, self.nth, &rows);
        let mut end = self.text("manifest.json".to_owned(), manifest, made_at);
        end.extend(self.text("index.html".to_owned(), index::page(order, &rows), made_at));
        end.extend(self.directory.end());
        end
    }

    /// A file of text, with its header.
    fn text(&mut self, name: String, text: String, made_at: DosTime) -> Vec<u8> {
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let mut bytes =
            self.directory.add(File { name, size, crc: crc32fast::hash(text.as_bytes()), made_at });
        bytes.extend(text.into_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests;
