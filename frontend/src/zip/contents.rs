//! What stands beside the results, for programs: the settings of each file, and all entries in one list. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use studio_shared::job::{Cost, Job};
use studio_shared::live::Note;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;

use super::gather::{Kept, Order, Row};

/// How a file was made.
#[derive(Serialize)]
struct Settings<'a> {
    file: &'a str,
    entry: usize,
    job: &'a str,
    request: &'a Request,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [Note],
    #[serde(skip_serializing_if = "Option::is_none")]
    orig_prompt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual_prompt: Option<&'a str>,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<Timestamp>,
    cost: &'a Cost,
}

/// The settings of a file.
pub(crate) fn settings(entry: usize, job: &Job, file: &Kept) -> String {
    let output = job.outputs.iter().find(|output| output.n == file.n);
    json(&Settings {
        file: &file.name,
        entry,
        job: &job.id,
        request: &job.request,
        notes: &job.notes,
        orig_prompt: output.and_then(|output| output.orig_prompt.as_deref()),
        actual_prompt: output.and_then(|output| output.actual_prompt.as_deref()),
        created_at: job.created_at,
        finished_at: job.finished_at,
        cost: &job.cost,
    })
}

#[derive(Serialize)]
struct Manifest<'a> {
    title: &'a str,
    made_at: Timestamp,
    /// From 1; an order that is too large for one file has several.
    part: u32,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    /// Its number in the order, from 1.
    entry: usize,
    files: Vec<FileOf<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing<'a>>,
    /// As the worker gives it.
    job: &'a Job,
}

#[derive(Serialize)]
struct FileOf<'a> {
    n: u32,
    name: &'a str,
    settings: &'a str,
    #[serde(rename = "type")]
    media_type: &'a str,
    bytes: u64,
}

#[derive(Serialize)]
struct Missing<'a> {
    n: u32,
    why: &'a str,
}

/// All entries of an archive.
pub(crate) fn manifest(order: &Order, nth: u32, rows: &BTreeMap<usize, Row>) -> String {
    let entries = rows.iter().map(|(entry, row)| Entry {
        entry: *entry,
        files: row.files.iter().map(file).collect(),
        missing: row.missing.iter().map(|(n, why)| Missing { n: *n, why }).collect(),
        job: &row.job,
    });
    json(&Manifest {
        title: &order.title,
        made_at: order.made_at,
        part: nth.saturating_add(1),
        entries: entries.collect(),
    })
}

fn file(kept: &Kept) -> FileOf<'_> {
    let Kept { n, name, settings, media_type, bytes } = kept;
    FileOf { n: *n, name, settings, media_type, bytes: *bytes }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
