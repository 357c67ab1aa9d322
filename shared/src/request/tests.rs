//! Requests, right and wrong.

mod image;
mod kinds;
mod ranges;

use serde_json::Value;

use super::*;

fn problems(value: Value) -> Vec<Problem> {
    Request::from_value(value).unwrap_err()
}

/// The fields that are wrong, in order.
fn wrong(value: Value) -> Vec<String> {
    problems(value).into_iter().map(|problem| problem.field).collect()
}
