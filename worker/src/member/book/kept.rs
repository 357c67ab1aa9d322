//! What is kept in the bucket, what was deleted, and the member's setting for how long.

use studio_shared::time::Timestamp;
use worker::{Error, Result, SqlStorageValue};

use super::{Book, ms};
use crate::member::entry::Entry;

/// The setting that says after how many days results are deleted.
const RETENTION: &str = "retention_days";

impl Book {
    /// Marks a job as deleted. Where it is already, it stays deleted since then.
    pub(in crate::member) fn mark_deleted(&self, id: &str, now: Timestamp) -> Result<()> {
        let values = vec![ms(now), id.into()];
        self.sql.exec("UPDATE jobs SET deleted = ? WHERE id = ? AND deleted IS NULL", values)?;
        Ok(())
    }

    /// Brings a job back that was deleted after this moment.
    pub(in crate::member) fn restore(&self, id: &str, after: Timestamp) -> Result<()> {
        self.sql.exec(
            "UPDATE jobs SET deleted = NULL WHERE id = ? AND deleted > ?",
            vec![id.into(), ms(after)],
        )?;
        Ok(())
    }

    /// Jobs that were deleted by this moment, the first ones first.
    pub(in crate::member) fn deleted_by(&self, moment: Timestamp, limit: u32) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE deleted <= ? ORDER BY deleted LIMIT ?",
            vec![ms(moment), SqlStorageValue::Integer(limit.into())],
        )
    }

    /// When the first of the deleted jobs was deleted.
    pub(in crate::member) fn first_deleted(&self) -> Result<Option<Timestamp>> {
        self.moment("SELECT min(deleted) FROM jobs WHERE deleted IS NOT NULL")
    }

    /// Jobs whose results are kept since this moment or before, the oldest first.
    pub(in crate::member) fn kept_by(&self, moment: Timestamp, limit: u32) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE kept_at <= ? ORDER BY kept_at LIMIT ?",
            vec![ms(moment), SqlStorageValue::Integer(limit.into())],
        )
    }

    /// Since when the oldest results are kept.
    pub(in crate::member) fn first_kept(&self) -> Result<Option<Timestamp>> {
        self.moment("SELECT min(kept_at) FROM jobs WHERE kept_at IS NOT NULL")
    }

    /// Whether something is to be deleted, now or later.
    pub(in crate::member) fn is_to_sweep(&self) -> Result<bool> {
        Ok(self.first_deleted()?.is_some() || self.retention()?.is_some() && self.first_kept()?.is_some())
    }

    /// Bytes in the bucket, and in how many files.
    pub(in crate::member) fn kept(&self) -> Result<(u64, u64)> {
        let count = |column: &str| -> Result<u64> {
            let number = self.number(&format!("SELECT {column} FROM kept"), vec![])?;
            Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
        };
        Ok((count("bytes")?, count("files")?))
    }

    /// After how many days results are deleted; `None` keeps them for good.
    pub(in crate::member) fn retention(&self) -> Result<Option<u32>> {
        let texts = self.texts("SELECT value FROM settings WHERE name = ?", vec![RETENTION.into()])?;
        texts
            .first()
            .map(|text| text.parse().map_err(|_| Error::RustError(format!("{RETENTION}: {text}"))))
            .transpose()
    }

    /// Sets it.
    pub(in crate::member) fn set_retention(&self, days: Option<u32>) -> Result<()> {
        self.sql.exec("DELETE FROM settings WHERE name = ?", vec![RETENTION.into()])?;
        if let Some(days) = days {
            let values = vec![RETENTION.into(), days.to_string().into()];
            self.sql.exec("INSERT INTO settings (name, value) VALUES (?, ?)", values)?;
        }
        Ok(())
    }

    fn moment(&self, statement: &str) -> Result<Option<Timestamp>> {
        let moment = self.number(statement, vec![])?;
        Ok(moment.and_then(|moment| u64::try_from(moment).ok()).map(Timestamp::from_ms))
    }
}
