//! What is sent otherwise than it was asked for.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// One thing that is sent otherwise than it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Note {
    /// The field.
    pub field: String,
    /// What the person gave.
    pub given: String,
    /// What the live service gets.
    pub sent: String,
    /// Why, in one sentence.
    pub why: Words,
}

impl Note {
    pub(super) fn new(field: &str, given: &dyn ToString, sent: &dyn ToString, why: Words) -> Self {
        Self { field: field.to_owned(), given: given.to_string(), sent: sent.to_string(), why }
    }
}
