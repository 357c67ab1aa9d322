//! The texts of the page: history.

use crate::words::history::Texts;

pub(super) const TEXTS: Texts = Texts {
    list: "Jobs",
    search: "Search prompts",
    kind: "Kind",
    all_kinds: "All kinds",
    state: "State",
    model: "Model",
    all_states: "All states",
    all_models: "All models",
    clear: "Clear filters",
    more: "Load more",
    nothing: "No history yet",
    nothing_help: "Everything you make stays here, even after the vendor’s links expire.",
    no_match: "No job matches",
    no_match_help: "Try other words, or clear the filters.",
};
