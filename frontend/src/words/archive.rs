//! The texts of ZIP files: while they are made, and in the page that is inside.

/// The texts of ZIP files.
#[derive(Debug)]
pub struct Texts {
    /// Makes one.
    pub save: &'static str,
    /// What is in it.
    pub save_help: &'static str,
    /// The list is read.
    pub listing: fn(usize) -> String,
    /// Files are fetched.
    pub fetching: fn(done: usize, total: usize, bytes: &str) -> String,
    /// Beside it: the page must stay open.
    pub stay: &'static str,
    /// Stop.
    pub stop: &'static str,
    /// There is no result yet.
    pub nothing: &'static str,
    /// What to do.
    pub nothing_help: &'static str,
    /// So many files did not come.
    pub lost: fn(usize) -> String,
    /// One of them.
    pub lost_file: fn(entry: usize, n: u32) -> String,
    /// So many others did not come either.
    pub lost_others: fn(usize) -> String,
    /// Asks for them once more.
    pub again: &'static str,
    /// Goes without them.
    pub rest: &'static str,
    /// It is saved.
    pub saved: &'static str,
    /// Where to look.
    pub saved_help: fn(parts: usize) -> String,
    /// Saves a file once more.
    pub save_again: &'static str,
    /// Inside: so many entries.
    pub entries: fn(usize) -> String,
    /// Inside: a result is not here.
    pub missing: fn(u32) -> String,
}
