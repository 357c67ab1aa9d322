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
    /// The code of a link is not right, or no longer.
    pub link_wrong: &'static str,
    /// The member was shut out, or their last day is over.
    pub shut_out: &'static str,
    /// Too many wrong codes.
    pub slow: &'static str,
    /// It is tried again after so many seconds.
    pub again_in: fn(u64) -> String,
    /// A link is being opened.
    pub opening: &'static str,
    /// The session has ended by itself.
    pub ended: &'static str,
    /// What to do.
    pub ended_help: &'static str,
    /// The session was taken back.
    pub taken: &'static str,
    /// What to do.
    pub taken_help: &'static str,
    /// The button.
    pub log_in: &'static str,
}
