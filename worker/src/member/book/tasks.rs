//! The tasks that this member's jobs made at the vendor. They outlive their jobs: a deleted job's task is not a stranger's.

use studio_shared::time::Timestamp;
use worker::{Result, SqlStorageValue};

use super::{Book, ms};
use crate::member::entry::Entry;

/// Twice as long as the vendor remembers.
const KEPT_MS: u64 = 48 * 60 * 60 * 1000;

impl Book {
    /// Writes down that a task is a job's. `model` is the live name.
    pub(in crate::member) fn add_task(
        &self,
        task: &str,
        job: &str,
        model: &str,
        at: Timestamp,
    ) -> Result<()> {
        let values = vec![task.into(), job.into(), model.into(), ms(at)];
        self.sql.exec("INSERT OR IGNORE INTO tasks (task, job, model, at) VALUES (?, ?, ?, ?)", values)?;
        Ok(())
    }

    /// The task turned out to be somebody else's.
    pub(in crate::member) fn disown_task(&self, task: &str) -> Result<()> {
        self.sql.exec("DELETE FROM tasks WHERE task = ?", vec![task.into()])?;
        Ok(())
    }

    /// Whether a task is one of this member's.
    pub(in crate::member) fn knows_task(&self, task: &str) -> Result<bool> {
        let count = self.number("SELECT count(*) FROM tasks WHERE task = ?", vec![task.into()])?;
        Ok(count.is_some_and(|count| count > 0))
    }

    /// The three newest tasks of a model that were accepted between two moments, and when each was.
    pub(in crate::member) fn newest_tasks(
        &self,
        model: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(String, Timestamp)>> {
        let statement =
            "SELECT task, at FROM tasks WHERE at BETWEEN ? AND ? AND model = ? ORDER BY at DESC LIMIT 3";
        let mut tasks = Vec::new();
        for row in self.sql.exec(statement, vec![ms(from), ms(to), model.into()])?.raw() {
            if let [SqlStorageValue::String(task), SqlStorageValue::Integer(at)] = row?.as_slice() {
                tasks.push((task.clone(), Timestamp::from_ms(u64::try_from(*at).unwrap_or(0))));
            }
        }
        Ok(tasks)
    }

    /// Forgets the tasks that the vendor has forgotten long ago.
    pub(in crate::member) fn forget_old_tasks(&self, now: Timestamp) -> Result<()> {
        let before = Timestamp::from_ms(now.ms().saturating_sub(KEPT_MS));
        self.sql.exec("DELETE FROM tasks WHERE at < ?", vec![ms(before)])?;
        Ok(())
    }

    /// Jobs whose lost creation is due to be looked for by `now`.
    pub(in crate::member) fn looks_due(&self, now: Timestamp) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE state = 'submitting' AND due <= ? ORDER BY due",
            vec![ms(now)],
        )
    }

    /// Jobs of which nobody knows whether they were made, created after a moment.
    pub(in crate::member) fn unsure(&self, after: Timestamp) -> Result<Vec<Entry>> {
        let statement = "SELECT entry FROM jobs WHERE state = 'unsure' AND created_at > ?";
        self.entries(statement, vec![ms(after)])
    }
}
