//! Who is next: jobs that wait for a permit, and tasks that have not ended.
//!
//! Entries of batches stand behind everything else. Entries of a batch that does not run stand in nobody's way.

use studio_shared::kind::Kind;
use studio_shared::time::Timestamp;
use worker::{Result, SqlStorageValue};

use super::{Book, ms};
use crate::member::entry::Entry;

/// Where a queued job stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::member) struct Rank {
    /// Jobs of its kind before it.
    pub(in crate::member) of_kind: u32,
    /// Of these, those of its model.
    pub(in crate::member) of_model: u32,
}

/// Entries counted at most that stand before another one: further back nobody cares for the exact place.
const FARTHEST: u32 = 10_000;

/// Jobs counted at most that a member is told to wait with: more than a neighbour ever has to let pass.
const MANY: u32 = 500;

impl Book {
    /// The models of a kind that have a job which may be sent now, what stands first in front.
    pub(in crate::member) fn ready(&self, kind: Kind, now: Timestamp) -> Result<Vec<String>> {
        self.texts(
            "SELECT model FROM jobs INDEXED BY jobs_ready
             WHERE state = 'queued' AND due IS NOT NULL AND kind = ? AND due <= ?
             GROUP BY model ORDER BY min((batch IS NOT NULL) || id)",
            vec![kind.as_str().into(), ms(now)],
        )
    }

    /// The first job of a model that may be sent now.
    pub(in crate::member) fn next_ready(
        &self,
        kind: Kind,
        model: &str,
        now: Timestamp,
    ) -> Result<Option<Entry>> {
        self.first(
            "SELECT entry FROM jobs INDEXED BY jobs_ready
             WHERE state = 'queued' AND due IS NOT NULL AND kind = ? AND model = ? AND due <= ?
             ORDER BY (batch IS NOT NULL), id LIMIT 1",
            vec![kind.as_str().into(), model.into(), ms(now)],
        )
    }

    /// Jobs of a kind that have their money and wait for a permit.
    pub(in crate::member) fn released_of(&self, kind: Kind) -> Result<u32> {
        let count = self.number(
            "SELECT count(*) FROM jobs INDEXED BY jobs_ready
             WHERE state = 'queued' AND due IS NOT NULL AND kind = ?",
            vec![kind.as_str().into()],
        )?;
        Ok(count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0))
    }

    /// Jobs of a kind that wait, entries of running batches included; counted to [`MANY`].
    pub(in crate::member) fn waiting(&self, kind: Kind) -> Result<u32> {
        let count = self.number(
            "SELECT count(*) FROM (
                SELECT 1 FROM jobs INDEXED BY jobs_ready
                WHERE state = 'queued' AND due IS NOT NULL AND kind = ?1 AND (batch IS NOT NULL) = 0
                UNION ALL
                SELECT 1 FROM jobs INDEXED BY jobs_tally
                WHERE batch IN (SELECT id FROM batches WHERE state = 'running') AND state = 'queued' AND kind = ?1
                LIMIT ?2)",
            vec![kind.as_str().into(), SqlStorageValue::Integer(MANY.into())],
        )?;
        Ok(count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0))
    }

    /// Where a queued job stands.
    pub(in crate::member) fn rank(&self, entry: &Entry) -> Result<Rank> {
        let (kind, model) = (entry.kind(), entry.request.model());
        match &entry.batch {
            Some(place) => self.rank_in_batch(&place.id, place.n, kind, model),
            None => self.ranked(
                "SELECT model FROM jobs INDEXED BY jobs_ready
                 WHERE state = 'queued' AND due IS NOT NULL AND kind = ?1 AND (batch IS NOT NULL) = 0 AND id < ?3",
                vec![kind.as_str().into(), model.into(), entry.id.as_str().into()],
            ),
        }
    }

    /// Where the entry `n` of a batch stands, or would stand: behind all single jobs, the entries of batches that were
    /// submitted before, and those before it in its own.
    pub(in crate::member) fn rank_in_batch(
        &self,
        batch: &str,
        n: u32,
        kind: Kind,
        model: &str,
    ) -> Result<Rank> {
        self.ranked(
            "SELECT model FROM jobs INDEXED BY jobs_ready
             WHERE state = 'queued' AND due IS NOT NULL AND kind = ?1 AND (batch IS NOT NULL) = 0
             UNION ALL
             SELECT model FROM jobs INDEXED BY jobs_tally
             WHERE batch = ?3 AND state = 'queued' AND kind = ?1 AND n < ?4
             UNION ALL
             SELECT model FROM jobs INDEXED BY jobs_tally
             WHERE batch IN (SELECT id FROM batches WHERE state = 'running' AND id < ?3)
                AND state = 'queued' AND kind = ?1",
            vec![kind.as_str().into(), model.into(), batch.into(), SqlStorageValue::Integer(n.into())],
        )
    }

    /// Counts the jobs that a statement finds, and those of the model that is its second value.
    fn ranked(&self, before: &str, values: Vec<SqlStorageValue>) -> Result<Rank> {
        let statement =
            format!("SELECT count(*), coalesce(sum(model = ?2), 0) FROM ({before} LIMIT {FARTHEST})");
        let row = self.sql.exec(&statement, values)?.raw().next().transpose()?;
        Ok(match row.as_deref() {
            Some([SqlStorageValue::Integer(of_kind), SqlStorageValue::Integer(of_model)]) => Rank {
                of_kind: u32::try_from(*of_kind).unwrap_or(u32::MAX),
                of_model: u32::try_from(*of_model).unwrap_or(u32::MAX),
            },
            _ => Rank::default(),
        })
    }

    /// Whether a queued job is in its line.
    pub(in crate::member) fn stands_in_line(&self, entry: &Entry) -> Result<bool> {
        let Some(batch) = &entry.batch else { return Ok(!entry.is_held()) };
        self.is_running(&batch.id)
    }

    /// Tasks of a kind that have not ended, by model; a creation that is being sent counts as one.
    pub(in crate::member) fn at_vendor(&self, kind: Kind) -> Result<Vec<(String, u32)>> {
        let rows = self.sql.exec(
            "SELECT model, sum(tasks) FROM (
                SELECT model, count(*) AS tasks FROM jobs
                WHERE state IN ('running', 'collecting') AND state = 'running' AND kind = ?1 GROUP BY model
                UNION ALL
                SELECT model, count(*) FROM jobs
                WHERE state = 'submitting' AND kind = ?1 GROUP BY model)
             GROUP BY model",
            vec![kind.as_str().into()],
        )?;
        let mut tasks = Vec::new();
        for row in rows.raw() {
            if let [SqlStorageValue::String(model), SqlStorageValue::Integer(count)] = row?.as_slice() {
                tasks.push((model.clone(), u32::try_from(*count).unwrap_or(u32::MAX)));
            }
        }
        Ok(tasks)
    }

    /// When something is next to be done about a job at the vendor or in collection.
    pub(in crate::member) fn next_at_vendor(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let moment = self.number(
            "SELECT min(due) FROM jobs WHERE state IN ('running', 'collecting') AND due > ?",
            vec![ms(now)],
        )?;
        Ok(moment.and_then(|moment| u64::try_from(moment).ok()).map(Timestamp::from_ms))
    }
}
