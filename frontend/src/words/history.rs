//! The texts of the page: history.

/// The texts of the page: history.
#[derive(Debug)]
pub struct Texts {
    /// Name of the list.
    pub list: &'static str,
    /// Label: search.
    pub search: &'static str,
    /// Label: kind.
    pub kind: &'static str,
    /// Any kind.
    pub all_kinds: &'static str,
    /// Label: state.
    pub state: &'static str,
    /// Label: model.
    pub model: &'static str,
    /// Any state.
    pub all_states: &'static str,
    /// Any model.
    pub all_models: &'static str,
    /// No filter.
    pub clear: &'static str,
    /// The next page.
    pub more: &'static str,
    /// No job yet.
    pub nothing: &'static str,
    /// How to get one.
    pub nothing_help: &'static str,
    /// No job matches.
    pub no_match: &'static str,
    /// What to do.
    pub no_match_help: &'static str,
}
