//! `Idempotency-Key`s, and what they asked for.

use worker::{Result, SqlStorageValue};

use super::Book;

/// What a key asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) struct Keyed {
    /// The job.
    pub(in crate::member) job: String,
    /// What was asked of it; `None` where the key made it.
    pub(in crate::member) asked: Option<String>,
}

impl Book {
    /// What a key asked for.
    pub(in crate::member) fn keyed(&self, key: &str) -> Result<Option<Keyed>> {
        let statement = "SELECT job, asked FROM idempotency_keys WHERE key = ? LIMIT 1";
        let row = self.sql.exec(statement, vec![key.into()])?.raw().next().transpose()?;
        Ok(match row.as_deref() {
            Some([SqlStorageValue::String(job), asked]) => {
                let asked =
                    if let SqlStorageValue::String(asked) = asked { Some(asked.clone()) } else { None };
                Some(Keyed { job: job.clone(), asked })
            }
            _ => None,
        })
    }

    /// Writes down what a key asks for.
    pub(in crate::member) fn add_key(&self, key: &str, job: &str, asked: Option<&str>) -> Result<()> {
        let asked = asked.map_or(SqlStorageValue::Null, SqlStorageValue::from);
        let values = vec![key.into(), job.into(), asked];
        self.sql.exec("INSERT INTO idempotency_keys (key, job, asked) VALUES (?, ?, ?)", values)?;
        Ok(())
    }

    /// Makes a key free again.
    pub(in crate::member) fn forget_key(&self, key: &str) -> Result<()> {
        self.sql.exec("DELETE FROM idempotency_keys WHERE key = ?", vec![key.into()])?;
        Ok(())
    }
}
