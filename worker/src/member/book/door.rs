//! Who is let in, what waits for whom, and deleting everything.

use worker::{Result, SqlStorageValue};

use super::Book;
use crate::member::door::Door;
use crate::member::entry::Entry;

/// The setting that holds who is let in.
const DOOR: &str = "door";

/// The setting that says that everything is being deleted: `all` where the member is gone, else `data`.
const WIPING: &str = "wiping";

impl Book {
    /// Who is let in, as the Directory has told last.
    pub(in crate::member) fn door(&self) -> Result<Door> {
        match self.setting(DOOR)? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(Door::default()),
        }
    }

    /// Writes that down.
    pub(in crate::member) fn set_door(&self, door: &Door) -> Result<()> {
        self.set(DOOR, Some(serde_json::to_string(door)?))
    }

    /// Whether everything is being deleted, and, if so, whether because the member is gone.
    pub(in crate::member) fn wiping(&self) -> Result<Option<bool>> {
        Ok(self.setting(WIPING)?.map(|what| what == "all"))
    }

    /// Writes that down.
    pub(in crate::member) fn set_wiping(&self, all: Option<bool>) -> Result<()> {
        self.set(WIPING, all.map(|all| if all { "all" } else { "data" }.to_owned()))
    }

    /// Jobs of no batch that were not sent yet.
    pub(in crate::member) fn queued_singles(&self) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs INDEXED BY jobs_open
             WHERE (state = 'queued' OR state = 'submitting') AND state = 'queued' AND batch IS NULL AND deleted IS NULL",
            vec![],
        )
    }

    /// Whether any job was not sent yet.
    pub(in crate::member) fn is_any_queued(&self) -> Result<bool> {
        let statement = "SELECT 1 FROM jobs INDEXED BY jobs_open
            WHERE (state = 'queued' OR state = 'submitting') AND state = 'queued' LIMIT 1";
        Ok(self.number(statement, vec![])?.is_some())
    }

    /// Jobs that have not ended.
    pub(in crate::member) fn open(&self) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM jobs WHERE state IN ('queued', 'submitting', 'running', 'collecting')",
            vec![],
        )
    }

    /// Deletes all rows but what the Studio has not been told, whose tasks are whose, and what is set; what was spent
    /// and is set too where the member is gone.
    pub(in crate::member) fn wipe(&self, all: bool) -> Result<()> {
        for table in
            ["jobs", "idempotency_keys", "pieces", "conversations", "turns", "files", "bytes", "batches"]
        {
            self.sql.exec(&format!("DELETE FROM {table}"), None)?;
        }
        if all {
            self.sql.exec("DELETE FROM spend", None)?;
            let kept = vec![DOOR.into(), WIPING.into()];
            self.sql.exec("DELETE FROM settings WHERE name NOT IN (?, ?)", kept)?;
        }
        Ok(())
    }

    fn setting(&self, name: &str) -> Result<Option<String>> {
        let texts = self.texts("SELECT value FROM settings WHERE name = ?", vec![name.into()])?;
        Ok(texts.into_iter().next())
    }

    fn set(&self, name: &str, value: Option<String>) -> Result<()> {
        self.sql.exec("DELETE FROM settings WHERE name = ?", vec![name.into()])?;
        if let Some(value) = value {
            let values: Vec<SqlStorageValue> = vec![name.into(), value.into()];
            self.sql.exec("INSERT INTO settings (name, value) VALUES (?, ?)", values)?;
        }
        Ok(())
    }
}
