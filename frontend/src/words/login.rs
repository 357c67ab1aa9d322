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
    /// Label: the check that somebody is a person.
    pub person: &'static str,
    /// Its script is on its way.
    pub person_loading: &'static str,
    /// The login goes on by itself once it has passed.
    pub person_waiting: &'static str,
    /// Its script did not come.
    pub person_blocked: &'static str,
    /// What to do.
    pub person_blocked_help: &'static str,
    /// It could not find out.
    pub person_failed: &'static str,
    /// What to do.
    pub person_failed_help: &'static str,
    /// The login cannot be made without it.
    pub person_missing: &'static str,
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
