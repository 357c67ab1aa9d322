//! The texts of data of one's own: taken along, taken in, deleted.

/// The texts of data of one's own: taken along, taken in, deleted.
#[derive(Debug)]
pub struct Texts {
    /// Page: data of one's own.
    pub title: &'static str,
    /// What it is about.
    pub lead: &'static str,
    /// Heading: take everything along.
    pub export: &'static str,
    /// What is in it.
    pub export_help: &'static str,
    /// Begins.
    pub export_start: &'static str,
    /// How far an export is.
    pub so_far: fn(jobs: usize, files: usize, bytes: &str) -> String,
    /// The page must stay open.
    pub stay: &'static str,
    /// Stop.
    pub stop: &'static str,
    /// It is saved.
    pub exported: fn(jobs: usize, files: usize) -> String,
    /// So many files did not come.
    pub lost: fn(usize) -> String,
    /// Heading: take in what was exported.
    pub import: &'static str,
    /// What it does.
    pub import_help: &'static str,
    /// Choose files.
    pub choose: &'static str,
    /// Pages are taken in.
    pub reading: fn(done: usize, total: usize) -> String,
    /// Files are sent.
    pub sending: fn(done: usize, total: usize) -> String,
    /// It is done.
    pub imported: fn(added: u32, known: u32, files: usize) -> String,
    /// So many had not ended when they were exported.
    pub unfinished: fn(u32) -> String,
    /// So many files are not in the ZIP.
    pub absent: fn(usize) -> String,
    /// A file is no such ZIP.
    pub no_zip: fn(&str) -> String,
    /// Heading: delete everything.
    pub delete: &'static str,
    /// What goes and what stays.
    pub delete_help: &'static str,
    /// Begins.
    pub delete_start: &'static str,
    /// Dialog: delete everything.
    pub delete_title: &'static str,
    /// What has to be typed.
    pub delete_word: &'static str,
    /// Label: type it.
    pub delete_type: fn(&str) -> String,
    /// Yes.
    pub delete_yes: &'static str,
    /// It is gone.
    pub deleted: &'static str,
    /// Link to the storage.
    pub storage: &'static str,
}
