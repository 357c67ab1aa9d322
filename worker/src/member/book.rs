//! A member's jobs in SQLite.
//!
//! A job is one row: the whole entry as JSON, beside it the columns that are searched. `exec` is synchronous, and
//! the runtime writes what is executed without an `await` in between as one, before any later message leaves the
//! object: what is stored here before a request goes out is on disk when it arrives.

mod answers;
mod batches;
mod conversations;
mod door;
mod files;
mod kept;
mod keys;
mod line;
mod money;
mod query;
mod schema;
mod shares;
mod sound;
mod tasks;
mod transfer;

use studio_shared::time::Timestamp;
use worker::{Error, Result, SqlStorage, SqlStorageValue, State};

pub(super) use self::sound::ROW;
use super::entry::Entry;
use super::message::JobQuery;
use crate::steps;

pub(super) use answers::begin;
pub(super) use keys::Keyed;
pub(super) use line::Rank;
pub(super) use shares::ShareRow;

/// A member's jobs.
pub(super) struct Book {
    sql: SqlStorage,
}

impl Book {
    /// The book in an object's storage.
    pub(super) fn of(state: &State) -> Self {
        Self { sql: state.storage().sql() }
    }

    /// Makes or alters the tables to the form that this version of the product uses.
    pub(super) fn lay_out(&self) -> Result<()> {
        steps::lay_out(&self.sql, schema::STEPS)
    }

    /// Writes down a new job, with the `Idempotency-Key` that asked for it.
    pub(super) fn add(&self, entry: &Entry, key: Option<&str>) -> Result<()> {
        let columns = vec![
            entry.id.as_str().into(),
            ms(entry.created_at),
            entry.kind().as_str().into(),
            entry.request.model().into(),
            entry.request.prompt().into(),
            entry.state.as_str().into(),
            entry.due.map_or(SqlStorageValue::Null, ms),
            entry.batch.as_ref().map_or(SqlStorageValue::Null, |place| place.id.as_str().into()),
            entry
                .batch
                .as_ref()
                .map_or(SqlStorageValue::Null, |place| SqlStorageValue::Integer(place.n.into())),
            serde_json::to_string(entry)?.into(),
        ];
        self.sql.exec(
            "INSERT INTO jobs (id, created_at, kind, model, prompt, state, due, batch, n, entry)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            columns,
        )?;
        key.map_or(Ok(()), |key| self.add_key(key, &entry.id, None))
    }

    /// Writes down what became of a job.
    pub(super) fn save(&self, entry: &Entry) -> Result<()> {
        let (kept, charges) = (entry.kept(), entry.charges());
        let values = vec![
            entry.state.as_str().into(),
            entry.due.map_or(SqlStorageValue::Null, ms),
            SqlStorageValue::Integer(charges.spent.nano()),
            SqlStorageValue::Integer(charges.at_most.nano()),
            SqlStorageValue::Integer(i64::try_from(kept.bytes).unwrap_or(i64::MAX)),
            SqlStorageValue::Integer(kept.files.into()),
            kept.since.map_or(SqlStorageValue::Null, ms),
            serde_json::to_string(entry)?.into(),
            entry.id.as_str().into(),
        ];
        self.sql.exec(
            "UPDATE jobs SET state = ?, due = ?, spent = ?, at_most = ?, bytes = ?, files = ?, kept_at = ?, entry = ?
             WHERE id = ?",
            values,
        )?;
        Ok(())
    }

    /// Writes down that a job has another request than it was made with.
    pub(super) fn rewrite(&self, entry: &Entry) -> Result<()> {
        let values =
            vec![entry.request.model().into(), entry.request.prompt().into(), entry.id.as_str().into()];
        self.sql.exec("UPDATE jobs SET model = ?, prompt = ? WHERE id = ?", values)?;
        Ok(())
    }

    /// Forgets a job. Its idempotency key stays, so that a late repeat does not buy it again.
    pub(super) fn remove(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM jobs WHERE id = ?", vec![id.into()])?;
        self.unsay(id)
    }

    /// One job; none where it was deleted, also while it could be brought back.
    pub(super) fn read(&self, id: &str) -> Result<Option<Entry>> {
        self.first("SELECT entry FROM jobs WHERE id = ? AND deleted IS NULL", vec![id.into()])
    }

    /// Jobs that are listed, newest first; one more than asked for where there are more.
    pub(super) fn list(&self, query: &JobQuery) -> Result<Vec<Entry>> {
        let (statement, values) = query::list(query);
        self.entries(&statement, values)
    }

    /// Jobs at the vendor or in collection for which something is to be done by `now`, the most urgent first.
    pub(super) fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE state IN ('running', 'collecting') AND due <= ? ORDER BY due LIMIT ?",
            vec![ms(now), SqlStorageValue::Integer(limit.into())],
        )
    }

    /// Jobs whose creation was being sent when the object last stopped.
    pub(super) fn submitting(&self) -> Result<Vec<Entry>> {
        self.entries("SELECT entry FROM jobs WHERE state = 'submitting'", vec![])
    }

    /// Jobs whose answer was coming when the object last stopped.
    pub(super) fn answering(&self) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE state IN ('running', 'collecting') AND state = 'running' AND kind = 'text'",
            vec![],
        )
    }

    /// Speeches that are being made over a socket: no task at the vendor could be asked for them again.
    pub(super) fn speaking(&self) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE state IN ('running', 'collecting') AND state = 'running' AND kind = 'speech'",
            vec![],
        )
    }

    /// When something is next to be done. Money that is asked for right now is looked after a second later.
    pub(super) fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let moment = self.number(
            "SELECT min(moment) FROM (
                SELECT due AS moment FROM jobs WHERE state IN ('running', 'collecting')
                UNION ALL SELECT coalesce(due, 0) FROM jobs WHERE state = 'submitting'
                UNION ALL SELECT due FROM jobs INDEXED BY jobs_ready WHERE state = 'queued' AND due IS NOT NULL
                UNION ALL SELECT ?1 FROM (SELECT 1 FROM jobs INDEXED BY jobs_held
                    WHERE state = 'queued' AND due IS NULL AND batch IS NULL LIMIT 1)
                UNION ALL SELECT ?1 FROM (SELECT 1 FROM settlements LIMIT 1))",
            vec![ms(now.after(1000))],
        )?;
        Ok(moment.and_then(|moment| u64::try_from(moment).ok()).map(Timestamp::from_ms))
    }

    fn entries(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Entry>> {
        let texts = self.texts(statement, values)?;
        texts.iter().map(|text| serde_json::from_str(text).map_err(Error::from)).collect()
    }

    fn first(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<Entry>> {
        Ok(self.entries(statement, values)?.into_iter().next())
    }

    /// The first column of all rows.
    fn texts(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for row in self.sql.exec(statement, values)?.raw() {
            if let Some(SqlStorageValue::String(text)) = row?.into_iter().next() {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    /// The first column of the first row.
    fn number(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<i64>> {
        match self.sql.exec(statement, values)?.raw().next().transpose()?.as_deref() {
            Some([SqlStorageValue::Integer(number), ..]) => Ok(Some(*number)),
            _ => Ok(None),
        }
    }
}

/// A moment as SQLite keeps it: milliseconds since 1970, which a double holds exactly.
fn ms(moment: Timestamp) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(moment.ms()).unwrap_or(i64::MAX))
}
