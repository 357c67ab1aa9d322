//! The texts of the page: log in.

/// The texts of the page: log in.
#[derive(Debug)]
pub struct Texts {
    /// What it needs.
    pub lead: &'static str,
    /// Label: code.
    pub code: &'static str,
    /// Where it comes from.
    pub code_help: &'static str,
    /// Show the code.
    pub show: &'static str,
    /// Hide the code.
    pub hide: &'static str,
    /// Nothing was typed.
    pub empty: &'static str,
    /// It is not a code.
    pub wrong: &'static str,
    /// The button.
    pub log_in: &'static str,
}
