//! The texts of the page: create.

/// The texts of the page.
#[derive(Debug)]
pub struct Texts {}
