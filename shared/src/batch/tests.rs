mod breaking;
mod csv;
mod json;
mod lines;

use serde_json::{Map, Value};

use super::reading::{Reading, entries};
use super::*;

/// What is read of a text.
fn reading(format: Format, text: &str, settings: &Value) -> Reading {
    entries(text.as_bytes(), format, &shared(settings))
}

fn shared(settings: &Value) -> Map<String, Value> {
    settings.as_object().cloned().unwrap_or_default()
}

/// Where problems are and what they are about: `line:column entry field`.
fn places(reading: &Reading) -> Vec<String> {
    let place = |found: &BatchProblem| {
        let entry = found.entry.as_deref().unwrap_or("-");
        format!("{}:{} {entry} {}", found.line, found.column, found.problem.field)
    };
    reading.problems.iter().map(place).collect()
}
