//! What is wrong with a request, in words a person can act on.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::words::Words;

/// One thing that is wrong with a request. Validation answers all of them at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The field as the caller wrote it, such as `size` or `parameters.size`; empty where the whole
    /// body is meant.
    pub field: String,
    /// What was given, shortened where it is long; `null` where nothing was.
    pub given: Value,
    /// What is allowed.
    pub allowed: Words,
    /// One sentence: what is wrong and what to do.
    pub message: Words,
}

/// Characters of a given text that a problem repeats.
const SHOWN: usize = 60;

impl Problem {
    /// A problem with a field.
    #[must_use]
    pub fn new(field: impl Into<String>, given: &Value, allowed: Words, message: Words) -> Self {
        Self { field: field.into(), given: shorten(given), allowed, message }
    }

    /// A required field is not there.
    #[must_use]
    pub fn missing(field: impl Into<String>, allowed: Words) -> Self {
        let field = field.into();
        let message = Words::of(format!("缺少 {field}，请填写。"), format!("{field} is missing; add it."));
        Self { field, given: Value::Null, allowed, message }
    }
}

/// A value short enough to be repeated in an answer: a megabyte that was sent is not sent back.
fn shorten(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > SHOWN => {
            let mut short: String = text.chars().take(SHOWN).collect();
            short.push('…');
            Value::String(short)
        }
        Value::Array(items) => Value::String(format!("[… {}]", items.len())),
        Value::Object(fields) => Value::String(format!("{{… {}}}", fields.len())),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_repeated_only_in_part() {
        let given = Value::String("猫".repeat(1_000_000));
        let problem = Problem::new("prompt", &given, Words::new("", ""), Words::new("", ""));
        assert_eq!(problem.given.as_str().unwrap().chars().count(), SHOWN + 1);
    }
}
