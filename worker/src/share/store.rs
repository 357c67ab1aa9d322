//! A share in SQLite: what it is, and what it shows.
//!
//! The table is made with the share: whoever asks for an address that never was leaves nothing behind.

use studio_shared::share::Shared;
use worker::{Error, Result, SqlStorage, SqlStorageValue, State};

use super::row::Row;

/// The storage of one share.
pub(super) struct Store {
    sql: SqlStorage,
}

impl Store {
    pub(super) fn of(state: &State) -> Self {
        Self { sql: state.storage().sql() }
    }

    /// Writes down a new share.
    pub(super) fn add(&self, row: &Row, content: &Shared) -> Result<()> {
        self.set("content", serde_json::to_string(content)?)?;
        self.save(row)
    }

    /// Writes down what became of it.
    pub(super) fn save(&self, row: &Row) -> Result<()> {
        self.set("row", serde_json::to_string(row)?)
    }

    /// Forgets what it shows.
    pub(super) fn drop_content(&self) -> Result<()> {
        self.sql.exec("DELETE FROM share WHERE part = 'content'", None)?;
        Ok(())
    }

    /// The share, where there is one.
    pub(super) fn row(&self) -> Result<Option<Row>> {
        self.get("row")?.map(|text| serde_json::from_str(&text).map_err(Error::from)).transpose()
    }

    /// What it shows.
    pub(super) fn content(&self) -> Result<Option<Shared>> {
        self.get("content")?.map(|text| serde_json::from_str(&text).map_err(Error::from)).transpose()
    }

    fn set(&self, part: &str, value: String) -> Result<()> {
        self.sql.exec(
            "CREATE TABLE IF NOT EXISTS share (part TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            None,
        )?;
        let values = vec![part.into(), value.into()];
        self.sql.exec("INSERT OR REPLACE INTO share (part, value) VALUES (?, ?)", values)?;
        Ok(())
    }

    fn get(&self, part: &str) -> Result<Option<String>> {
        let there =
            self.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'share'", None)?;
        if there.raw().next().transpose()?.is_none() {
            return Ok(None);
        }
        let found = self.sql.exec("SELECT value FROM share WHERE part = ?", vec![part.into()])?;
        match found.raw().next().transpose()?.map(Vec::into_iter).and_then(|mut row| row.next()) {
            Some(SqlStorageValue::String(value)) => Ok(Some(value)),
            _ => Ok(None),
        }
    }
}
