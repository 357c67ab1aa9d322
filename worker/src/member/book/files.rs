//! Uploaded recordings in the book.

use worker::{Error, Result};

use super::Book;
use crate::member::files::FileRow;

impl Book {
    /// Writes down an uploaded recording.
    pub(in crate::member) fn add_file(&self, row: &FileRow) -> Result<()> {
        let values = vec![row.file.id.as_str().into(), serde_json::to_string(row)?.into()];
        self.sql.exec("INSERT INTO files (id, file) VALUES (?, ?)", values)?;
        Ok(())
    }

    /// An uploaded recording.
    pub(in crate::member) fn file(&self, id: &str) -> Result<Option<FileRow>> {
        let rows = self.texts("SELECT file FROM files WHERE id = ?", vec![id.into()])?;
        rows.first().map(|row| serde_json::from_str(row).map_err(Error::from)).transpose()
    }

    /// Forgets an uploaded recording.
    pub(in crate::member) fn remove_file(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM files WHERE id = ?", vec![id.into()])?;
        Ok(())
    }

    /// Whether a job that has not been sent yet needs an uploaded recording.
    pub(in crate::member) fn needs_file(&self, id: &str) -> Result<bool> {
        let statement = "SELECT count(*) FROM jobs
            WHERE state IN ('queued', 'submitting') AND kind = 'transcription' AND prompt = ?";
        Ok(self.number(statement, vec![id.into()])?.is_some_and(|count| count > 0))
    }
}
