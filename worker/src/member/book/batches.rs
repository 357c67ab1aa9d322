//! Batches in the book, and their entries as far as they are looked at together.
//!
//! However many jobs a member has, no statement here reads more than the entries of one batch.

use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::time::Timestamp;
use worker::{Error, Result, SqlStorageValue};

use super::{Book, ms};
use crate::member::batches::{Line, Row, Tally};
use crate::member::entry::Entry;

impl Book {
    /// Writes down a batch, with the `Idempotency-Key` that asked for it.
    pub(in crate::member) fn add_batch(&self, row: &Row, key: Option<&str>) -> Result<()> {
        let values =
            vec![row.id.as_str().into(), row.state.as_str().into(), serde_json::to_string(row)?.into()];
        self.sql.exec("INSERT INTO batches (id, state, batch) VALUES (?, ?, ?)", values)?;
        if let Some(key) = key {
            let values = vec![key.into(), row.id.as_str().into()];
            self.sql.exec("INSERT INTO idempotency_keys (key, job) VALUES (?, ?)", values)?;
        }
        Ok(())
    }

    /// Writes down what became of a batch.
    pub(in crate::member) fn save_batch(&self, row: &Row) -> Result<()> {
        let values =
            vec![row.state.as_str().into(), serde_json::to_string(row)?.into(), row.id.as_str().into()];
        self.sql.exec("UPDATE batches SET state = ?, batch = ? WHERE id = ?", values)?;
        Ok(())
    }

    /// Forgets a batch. Its idempotency key stays, so that a late repeat does not buy it again.
    pub(in crate::member) fn remove_batch(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM batches WHERE id = ?", vec![id.into()])?;
        Ok(())
    }

    /// One batch.
    pub(in crate::member) fn batch(&self, id: &str) -> Result<Option<Row>> {
        Ok(self.rows("SELECT batch FROM batches WHERE id = ?", vec![id.into()])?.into_iter().next())
    }

    /// So many batches, newest first, after the one with this id.
    pub(in crate::member) fn list_batches(&self, cursor: Option<&str>, limit: u32) -> Result<Vec<Row>> {
        self.rows(
            "SELECT batch FROM batches WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            vec![
                cursor.map_or(SqlStorageValue::Null, SqlStorageValue::from),
                SqlStorageValue::Integer(limit.into()),
            ],
        )
    }

    /// Batches that run, the oldest first.
    pub(in crate::member) fn running_batches(&self) -> Result<Vec<String>> {
        self.texts("SELECT id FROM batches WHERE state = 'running' ORDER BY id", vec![])
    }

    /// Batches that have not been told to have ended.
    pub(in crate::member) fn open_batches(&self) -> Result<Vec<String>> {
        self.texts("SELECT id FROM batches WHERE state = 'running' OR state = 'paused'", vec![])
    }

    /// How the entries of a batch stand.
    pub(in crate::member) fn tally(&self, batch: &str) -> Result<Tally> {
        let rows = self.sql.exec(
            "SELECT state, kind, count(*), sum(spent), sum(at_most) FROM jobs INDEXED BY jobs_tally
             WHERE batch = ? GROUP BY state, kind",
            vec![batch.into()],
        )?;
        rows.raw().map(|row| line(&row?)).collect::<Result<Vec<Line>>>().map(Tally)
    }

    /// Whether an entry of a batch has not ended.
    pub(in crate::member) fn is_batch_open(&self, batch: &str) -> Result<bool> {
        let open = self.number(
            "SELECT 1 FROM jobs INDEXED BY jobs_tally
             WHERE batch = ? AND state IN ('queued', 'submitting', 'running', 'collecting') LIMIT 1",
            vec![batch.into()],
        )?;
        Ok(open.is_some())
    }

    /// The first entries of a batch and kind that are held.
    pub(in crate::member) fn held(&self, batch: &str, kind: Kind, limit: u32) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs INDEXED BY jobs_tally
             WHERE batch = ? AND state = 'queued' AND kind = ? AND due IS NULL ORDER BY n LIMIT ?",
            vec![batch.into(), kind.as_str().into(), SqlStorageValue::Integer(limit.into())],
        )
    }

    /// The entries of a batch in a state, in their order.
    pub(in crate::member) fn in_batch(&self, batch: &str, state: State) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs INDEXED BY jobs_tally
             WHERE batch = ? AND state = ? AND deleted IS NULL ORDER BY n",
            vec![batch.into(), state.as_str().into()],
        )
    }

    /// The entries of a batch that may be sent now.
    pub(in crate::member) fn released(&self, batch: &str) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs INDEXED BY jobs_ready
             WHERE state = 'queued' AND due IS NOT NULL AND batch = ?",
            vec![batch.into()],
        )
    }

    /// Deletes the entries of a batch, as jobs are: one that is brought back is a job of its own.
    pub(in crate::member) fn delete_entries(&self, batch: &str, now: Timestamp) -> Result<()> {
        self.sql.exec(
            "UPDATE jobs SET deleted = coalesce(deleted, ?), batch = NULL, n = NULL, entry = json_remove(entry, '$.batch')
             WHERE batch = ?",
            vec![ms(now), batch.into()],
        )?;
        Ok(())
    }

    /// Takes back a batch that could not be written down as a whole.
    pub(in crate::member) fn drop_batch(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM jobs WHERE batch = ?", vec![id.into()])?;
        self.sql.exec("DELETE FROM idempotency_keys WHERE job = ?", vec![id.into()])?;
        self.remove_batch(id)
    }

    /// Whether a batch runs.
    pub(in crate::member) fn is_running(&self, id: &str) -> Result<bool> {
        let running =
            self.number("SELECT 1 FROM batches WHERE id = ? AND state = 'running'", vec![id.into()])?;
        Ok(running.is_some())
    }

    pub(super) fn rows(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Row>> {
        let texts = self.texts(statement, values)?;
        texts.iter().map(|text| serde_json::from_str(text).map_err(Error::from)).collect()
    }
}

fn line(row: &[SqlStorageValue]) -> Result<Line> {
    use SqlStorageValue::{Integer, String};
    let wrong = || Error::RustError(format!("no line of a tally: {row:?}"));
    let [String(state), String(kind), Integer(count), Integer(spent), Integer(at_most)] = row else {
        return Err(wrong());
    };
    Ok(Line {
        state: State::from_name(state).ok_or_else(wrong)?,
        kind: kind.parse().map_err(|_| wrong())?,
        count: u32::try_from(*count).map_err(|_| wrong())?,
        spent: Money::from_nano(*spent),
        at_most: Money::from_nano(*at_most),
    })
}
