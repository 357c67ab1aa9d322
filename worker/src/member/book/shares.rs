//! Which shares a member has made.

use worker::{Result, SqlStorageValue};

use super::Book;

/// A share that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) struct ShareRow {
    /// Counts on with each share.
    pub(in crate::member) n: u32,
    /// The share.
    pub(in crate::member) id: String,
    /// Of the body that asked for it.
    pub(in crate::member) digest: String,
    /// Whether it was taken back; only its key is remembered then.
    pub(in crate::member) is_revoked: bool,
}

const COLUMNS: &str = "SELECT n, id, digest, revoked FROM shares";

impl Book {
    /// Writes down that a share is being made.
    pub(in crate::member) fn add_share(&self, id: &str, key: Option<&str>, digest: &str) -> Result<()> {
        let key = key.map_or(SqlStorageValue::Null, SqlStorageValue::from);
        let values = vec![id.into(), key, digest.into()];
        self.sql.exec("INSERT INTO shares (id, key, digest, revoked) VALUES (?, ?, ?, 0)", values)?;
        Ok(())
    }

    /// It was not made after all: its key is free again.
    pub(in crate::member) fn drop_share(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM shares WHERE id = ?", vec![id.into()])?;
        Ok(())
    }

    /// It was taken back. A late repeat with its key does not make it again.
    pub(in crate::member) fn share_is_revoked(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM shares WHERE id = ? AND key IS NULL", vec![id.into()])?;
        self.sql.exec("UPDATE shares SET revoked = 1 WHERE id = ?", vec![id.into()])?;
        Ok(())
    }

    /// Forgets the keys of the shares that were taken back.
    pub(in crate::member) fn forget_shares(&self) -> Result<()> {
        self.sql.exec("DELETE FROM shares WHERE revoked = 1", None).map(drop)
    }

    /// Whether this is a share of this member.
    pub(in crate::member) fn is_share(&self, id: &str) -> Result<bool> {
        let found = self.number("SELECT 1 FROM shares WHERE id = ? AND revoked = 0", vec![id.into()])?;
        Ok(found.is_some())
    }

    /// The share that a key asked for.
    pub(in crate::member) fn share_by_key(&self, key: &str) -> Result<Option<ShareRow>> {
        Ok(self.shares(&format!("{COLUMNS} WHERE key = ?"), vec![key.into()])?.into_iter().next())
    }

    /// How many shares there are.
    pub(in crate::member) fn count_shares(&self) -> Result<u32> {
        let count = self.number("SELECT count(*) FROM shares WHERE revoked = 0", vec![])?;
        Ok(count.and_then(|count| u32::try_from(count).ok()).unwrap_or(u32::MAX))
    }

    /// So many shares, newest first, after the one of this number.
    pub(in crate::member) fn list_shares(&self, cursor: Option<u32>, limit: u32) -> Result<Vec<ShareRow>> {
        let before = SqlStorageValue::Integer(cursor.unwrap_or(u32::MAX).into());
        self.shares(
            &format!("{COLUMNS} WHERE revoked = 0 AND n < ? ORDER BY n DESC LIMIT ?"),
            vec![before, SqlStorageValue::Integer(limit.into())],
        )
    }

    fn shares(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<ShareRow>> {
        let mut rows = Vec::new();
        for row in self.sql.exec(statement, values)?.raw() {
            if let [
                SqlStorageValue::Integer(n),
                SqlStorageValue::String(id),
                SqlStorageValue::String(digest),
                SqlStorageValue::Integer(revoked),
            ] = row?.as_slice()
            {
                rows.push(ShareRow {
                    n: u32::try_from(*n).unwrap_or(u32::MAX),
                    id: id.clone(),
                    digest: digest.clone(),
                    is_revoked: *revoked != 0,
                });
            }
        }
        Ok(rows)
    }
}
