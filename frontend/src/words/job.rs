//! The texts of the page: job.

/// The texts of the page.
#[derive(Debug)]
pub struct Texts {}
