//! Everything in the order of its ids, for the export, and what the import writes down.

use studio_shared::conversation::Conversation;
use worker::{Result, SqlStorageValue};

use super::{Book, conversations, ms};
use crate::member::batches::Row;

impl Book {
    /// So many conversations after the one with this id.
    pub(in crate::member) fn conversations_after(&self, id: &str, limit: u32) -> Result<Vec<Conversation>> {
        let statement = format!("{} WHERE id > ? ORDER BY id LIMIT ?", conversations::COLUMNS);
        self.conversations(&statement, after(id, limit))
    }

    /// So many batches after the one with this id.
    pub(in crate::member) fn batches_after(&self, id: &str, limit: u32) -> Result<Vec<Row>> {
        self.rows("SELECT batch FROM batches WHERE id > ? ORDER BY id LIMIT ?", after(id, limit))
    }

    /// The ids of so many jobs after this one.
    pub(in crate::member) fn jobs_after(&self, id: &str, limit: u32) -> Result<Vec<String>> {
        let statement = "SELECT id FROM jobs WHERE id > ? AND deleted IS NULL ORDER BY id LIMIT ?";
        self.texts(statement, after(id, limit))
    }

    /// Whether there is any job.
    pub(in crate::member) fn has_jobs(&self) -> Result<bool> {
        Ok(self.number("SELECT 1 FROM jobs LIMIT 1", vec![])?.is_some())
    }

    /// Whether a job is there, also one that was deleted and can still be brought back.
    pub(in crate::member) fn has_job(&self, id: &str) -> Result<bool> {
        Ok(self.number("SELECT 1 FROM jobs WHERE id = ?", vec![id.into()])?.is_some())
    }

    /// Writes down a conversation as it was.
    pub(in crate::member) fn import_conversation(&self, conversation: &Conversation) -> Result<()> {
        let Conversation { id, title, created_at, updated_at, turns: _ } = conversation;
        self.sql.exec(
            "INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)",
            vec![id.as_str().into(), title.as_str().into(), ms(*created_at), ms(*updated_at)],
        )?;
        Ok(())
    }

    /// Writes down a turn of it. Nothing is said now.
    pub(in crate::member) fn import_turn(&self, conversation: &str, job: &str) -> Result<()> {
        let values = vec![conversation.into(), job.into()];
        self.sql.exec("INSERT OR IGNORE INTO turns (conversation, job) VALUES (?, ?)", values)?;
        Ok(())
    }
}

fn after(id: &str, limit: u32) -> Vec<SqlStorageValue> {
    vec![id.into(), SqlStorageValue::Integer(limit.into())]
}
