//! Answers, stored as they come: piece after piece, beside the jobs, so that no row is written anew for each piece.

use studio_shared::usage::Usage;
use worker::{Result, SqlStorageValue};

use super::Book;

impl Book {
    /// Adds to an answer; `usage` is what has been used so far.
    pub(in crate::member) fn say(&self, job: &str, text: &str, usage: Option<Usage>) -> Result<()> {
        let usage = usage.map(|usage| serde_json::to_string(&usage)).transpose()?;
        self.sql.exec(
            "INSERT INTO pieces (job, n, text, usage)
             VALUES (?1, (SELECT coalesce(max(n) + 1, 0) FROM pieces WHERE job = ?1), ?2, ?3)",
            vec![job.into(), text.into(), usage.map_or(SqlStorageValue::Null, SqlStorageValue::from)],
        )?;
        Ok(())
    }

    /// An answer as far as it is stored.
    pub(in crate::member) fn answer(&self, job: &str) -> Result<String> {
        Ok(self.texts("SELECT text FROM pieces WHERE job = ? ORDER BY n", vec![job.into()])?.concat())
    }

    /// The beginning of an answer: its first characters, and whether there are more.
    pub(in crate::member) fn answer_begins(&self, job: &str, characters: usize) -> Result<(String, bool)> {
        let mut text = String::new();
        let rows = self.sql.exec("SELECT text FROM pieces WHERE job = ? ORDER BY n", vec![job.into()])?;
        for row in rows.raw() {
            if let Some(SqlStorageValue::String(piece)) = row?.into_iter().next() {
                text.push_str(&piece);
            }
            if text.chars().nth(characters).is_some() {
                break;
            }
        }
        Ok(begin(&text, characters))
    }

    /// What an answer was last known to have used.
    pub(in crate::member) fn usage(&self, job: &str) -> Result<Option<Usage>> {
        let statement =
            "SELECT usage FROM pieces WHERE job = ? AND usage IS NOT NULL ORDER BY n DESC LIMIT 1";
        let texts = self.texts(statement, vec![job.into()])?;
        Ok(texts.first().map(|text| serde_json::from_str(text)).transpose()?)
    }

    /// Forgets an answer.
    pub(in crate::member) fn unsay(&self, job: &str) -> Result<()> {
        self.sql.exec("DELETE FROM pieces WHERE job = ?", vec![job.into()])?;
        Ok(())
    }
}

/// So many characters of a text, and whether there are more.
pub(in crate::member) fn begin(text: &str, characters: usize) -> (String, bool) {
    match text.char_indices().nth(characters).and_then(|(end, _)| text.get(..end)) {
        Some(beginning) => (beginning.to_owned(), true),
        None => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_counted_in_characters() {
        assert_eq!(begin("一路温暖", 3), ("一路温".to_owned(), true));
        assert_eq!(begin("一路温暖", 4), ("一路温暖".to_owned(), false));
        assert_eq!(begin("", 0), (String::new(), false));
    }
}
