//! A new batch: written down as a whole, or not at all.

use serde::{Deserialize, Serialize};
use studio_shared::batch::{BatchProblem, BatchState, InBatch, KindCount, Placed};
use studio_shared::live as wire;
use studio_shared::problem::Problem;
use studio_shared::quote::PriceRange;
use studio_shared::request::Request;
use worker::Result;

use super::{Row, refused, shown};
use crate::access::Pass;
use crate::clock;
use crate::config::Config;
use crate::member::entry::Entry;
use crate::member::message::Outcome;
use crate::member::{Member, door, files};
use crate::reply::Refusal;

/// A checked batch that is to be written down.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NewBatch {
    /// The name it was given, or the file's.
    pub(crate) name: String,
    /// The caller's `Idempotency-Key`.
    pub(crate) key: Option<String>,
    /// Of everything that was sent.
    pub(crate) digest: String,
    /// Entries of each kind that it has.
    pub(crate) kinds: Vec<KindCount>,
    /// What it costs, as it was quoted.
    pub(crate) price: PriceRange,
    /// Its entries, in order.
    pub(crate) entries: Vec<NewEntry>,
    /// What the caller comes with.
    pub(crate) pass: Pass,
}

/// One entry of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NewEntry {
    /// The checked request.
    pub(crate) request: Request,
    /// Where it stands in the file.
    pub(crate) line: u32,
    /// Where it begins there.
    pub(crate) column: u32,
    /// What it is called, such as `image_tasks[3]`.
    pub(crate) entry: String,
}

impl NewEntry {
    /// An entry that was read from a file.
    pub(crate) fn of(Placed { line, column, name, value, .. }: Placed<Request>) -> Self {
        Self { request: value, line, column, entry: name }
    }

    fn problem(&self, problem: Problem) -> Problem {
        let entry = Some(self.entry.clone());
        BatchProblem { line: self.line, column: self.column, entry, problem }.flat()
    }
}

/// Writes a batch down, or finds the one that the same key asked for. No `await` stands between looking and
/// writing, so two calls with one key cannot both write, and a crash leaves all of it or nothing.
pub(super) async fn submit(member: &Member, new: NewBatch) -> Result<Outcome> {
    if let Err(refusal) = door::check(member, &new.pass)? {
        return refused(refusal);
    }
    let book = member.book();
    if let Some(keyed) = new.key.as_deref().map(|key| book.keyed(key)).transpose()?.flatten() {
        return match book.batch(&keyed.job)? {
            Some(first) if keyed.asked.is_none() && first.digest == new.digest => shown(member, &first),
            None if keyed.asked.is_none() && book.read(&keyed.job)?.is_none() => {
                refused(Refusal::not_found())
            }
            _ => refused(Refusal::idempotency_conflict()),
        };
    }
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return refused(Refusal::misconfigured(&what)),
    };
    let mut notes = Vec::with_capacity(new.entries.len());
    let mut problems = Vec::new();
    for entry in &new.entries {
        if let Some(refusal) = files::refuse(member, &entry.request, &config)? {
            problems.extend(refusal.problems.into_iter().map(|problem| entry.problem(problem)));
        }
        match wire::call(&entry.request, config.live()) {
            Ok((_, noted)) => notes.push(noted),
            Err(wrong) => problems.extend(wrong.into_iter().map(|problem| entry.problem(problem))),
        }
    }
    if !problems.is_empty() {
        return refused(Refusal::problems(problems));
    }
    let now = clock::now();
    let row = Row {
        id: uuid::Uuid::now_v7().to_string(),
        name: new.name,
        created_at: now,
        state: BatchState::Running,
        error: None,
        kinds: new.kinds,
        price: new.price,
        digest: new.digest,
        ended: None,
        code: new.pass.code,
    };
    let key = new.key.as_deref();
    let entries = (0..).zip(new.entries).zip(notes).map(|((n, new), notes)| {
        let mut entry = Entry::held(uuid::Uuid::now_v7().to_string(), new.request, notes, now);
        entry.batch = Some(InBatch { id: row.id.clone(), n });
        entry.code.clone_from(&row.code);
        entry
    });
    let written = book
        .add_batch(&row, key)
        .and_then(|()| entries.into_iter().try_for_each(|entry| book.add(&entry, None)));
    if let Err(error) = written {
        book.drop_batch(&row.id)?; // nothing of it is left
        return Err(error);
    }
    member.news.borrow_mut().changed(&row.id);
    member.wake().await?;
    Ok(Outcome::CreatedBatch(Box::new(member.batch(&row)?)))
}
