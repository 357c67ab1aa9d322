//! Bytes that lie in the object's own storage: results where no bucket is bound, and the beginning of a long WAV
//! until its length is known. In rows of [`ROW`] bytes, since a value may have 2 MB at most.

use studio_shared::time::Timestamp;
use worker::{Result, SqlStorageValue};

use super::{Book, ms};

/// Bytes in a row; the last one may have fewer.
pub(in crate::member) const ROW: usize = 1024 * 1024;

impl Book {
    /// Keeps row number `at` of result `n`.
    pub(in crate::member) fn keep_row(
        &self,
        id: &str,
        n: u32,
        at: u64,
        bytes: Vec<u8>,
        now: Timestamp,
    ) -> Result<()> {
        self.sql.exec(
            "INSERT INTO bytes (job, n, at, kept_at, bytes) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (job, n, at) DO UPDATE SET bytes = excluded.bytes",
            vec![id.into(), SqlStorageValue::Integer(n.into()), number(at), ms(now), bytes.into()],
        )?;
        Ok(())
    }

    /// Row number `at` of result `n`.
    pub(in crate::member) fn row(&self, id: &str, n: u32, at: u64) -> Result<Option<Vec<u8>>> {
        let values = vec![id.into(), SqlStorageValue::Integer(n.into()), number(at)];
        let rows = self.sql.exec("SELECT bytes FROM bytes WHERE job = ? AND n = ? AND at = ?", values)?;
        Ok(match rows.raw().next().transpose()?.and_then(|row| row.into_iter().next()) {
            Some(SqlStorageValue::Blob(bytes)) => Some(bytes),
            _ => None,
        })
    }

    /// Forgets the bytes of a job.
    pub(in crate::member) fn drop_rows(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM bytes WHERE job = ?", vec![id.into()])?;
        Ok(())
    }

    /// Forgets the bytes of one result of a job.
    pub(in crate::member) fn drop_rows_of(&self, id: &str, n: u32) -> Result<()> {
        let values = vec![id.into(), SqlStorageValue::Integer(n.into())];
        self.sql.exec("DELETE FROM bytes WHERE job = ? AND n = ?", values)?;
        Ok(())
    }

    /// Forgets what was kept before this moment.
    pub(in crate::member) fn drop_rows_before(&self, moment: Timestamp) -> Result<()> {
        self.sql.exec("DELETE FROM bytes WHERE kept_at < ?", vec![ms(moment)])?;
        Ok(())
    }
}

fn number(at: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(at).unwrap_or(i64::MAX))
}
