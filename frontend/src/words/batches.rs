//! The texts of batches.

/// The texts of batches.
#[derive(Debug)]
pub struct Texts {
    /// Page: batches.
    pub title: &'static str,
}
