//! The texts of the page: history.

/// The texts of the page.
#[derive(Debug)]
pub struct Texts {}
