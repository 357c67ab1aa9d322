//! The texts of the page: login.

/// The texts of the page.
#[derive(Debug)]
pub struct Texts {}
