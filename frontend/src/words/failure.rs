//! The texts of what did not work.

/// The texts of what did not work.
#[derive(Debug)]
pub struct Texts {
    /// Title of a page that could not be shown.
    pub title: &'static str,
    /// Nothing came back.
    pub unreachable: &'static str,
    /// What came back was not ours.
    pub strange: fn(u16) -> String,
    /// Between two sentences.
    pub between: &'static str,
    /// Changes do not arrive.
    pub cut_off: &'static str,
    /// What that means.
    pub cut_off_help: &'static str,
    /// Reconnect now.
    pub reconnect: &'static str,
}
