//! Conversations, and which jobs are their turns.

use studio_shared::conversation::Conversation;
use studio_shared::time::Timestamp;
use worker::{Result, SqlStorageValue};

use super::{Book, ms, query};
use crate::member::entry::Entry;
use crate::member::message::ConversationQuery;

pub(super) const COLUMNS: &str = "SELECT id, title, created_at, updated_at,
    (SELECT count(*) FROM turns WHERE conversation = conversations.id) FROM conversations";

impl Book {
    /// Begins a conversation.
    pub(in crate::member) fn begin(&self, id: &str, title: &str, now: Timestamp) -> Result<()> {
        self.sql.exec(
            "INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)",
            vec![id.into(), title.into(), ms(now), ms(now)],
        )?;
        Ok(())
    }

    /// Adds a turn; something was said at this moment.
    pub(in crate::member) fn add_turn(&self, conversation: &str, job: &str, now: Timestamp) -> Result<()> {
        let values = vec![conversation.into(), job.into()];
        self.sql.exec("INSERT INTO turns (conversation, job) VALUES (?, ?)", values)?;
        let values = vec![ms(now), conversation.into()];
        self.sql.exec("UPDATE conversations SET updated_at = ? WHERE id = ?", values)?;
        Ok(())
    }

    /// One conversation.
    pub(in crate::member) fn conversation(&self, id: &str) -> Result<Option<Conversation>> {
        let found = self.conversations(&format!("{COLUMNS} WHERE id = ?"), vec![id.into()])?;
        Ok(found.into_iter().next())
    }

    /// Conversations that are listed; one more than asked for where there are more.
    pub(in crate::member) fn list_conversations(
        &self,
        query: &ConversationQuery,
    ) -> Result<Vec<Conversation>> {
        let (conditions, values) = query::conversations(query);
        self.conversations(&format!("{COLUMNS}{conditions}"), values)
    }

    /// The turns of a conversation, oldest first.
    pub(in crate::member) fn turns(&self, conversation: &str) -> Result<Vec<Entry>> {
        self.entries(
            "SELECT entry FROM turns JOIN jobs ON jobs.id = turns.job WHERE conversation = ? ORDER BY job",
            vec![conversation.into()],
        )
    }

    /// Gives a conversation another title.
    pub(in crate::member) fn rename(&self, id: &str, title: &str) -> Result<()> {
        let values = vec![title.into(), id.into()];
        self.sql.exec("UPDATE conversations SET title = ? WHERE id = ?", values)?;
        Ok(())
    }

    /// Forgets a conversation, but not its turns.
    pub(in crate::member) fn forget(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM turns WHERE conversation = ?", vec![id.into()])?;
        self.sql.exec("DELETE FROM conversations WHERE id = ?", vec![id.into()])?;
        Ok(())
    }

    pub(super) fn conversations(
        &self,
        statement: &str,
        values: Vec<SqlStorageValue>,
    ) -> Result<Vec<Conversation>> {
        let mut found = Vec::new();
        for row in self.sql.exec(statement, values)?.raw() {
            if let [
                SqlStorageValue::String(id),
                SqlStorageValue::String(title),
                SqlStorageValue::Integer(created_at),
                SqlStorageValue::Integer(updated_at),
                SqlStorageValue::Integer(turns),
            ] = row?.as_slice()
            {
                found.push(Conversation {
                    id: id.clone(),
                    title: title.clone(),
                    created_at: moment(*created_at),
                    updated_at: moment(*updated_at),
                    turns: u32::try_from(*turns).unwrap_or(u32::MAX),
                });
            }
        }
        Ok(found)
    }
}

fn moment(ms: i64) -> Timestamp {
    Timestamp::from_ms(u64::try_from(ms).unwrap_or(0))
}
