//! What is said of a parameter of a query that cannot be used.

use serde_json::Value;
use studio_shared::problem::Problem;
use studio_shared::words::Words;

/// The problem with the parameter `name`, given as `value`.
pub(super) fn parameter(name: &str, value: &str, allowed: Words) -> Problem {
    let message = Words::of(
        format!("查询参数 {name} 不合规，允许：{}。", allowed.zh),
        format!("The query parameter {name} is not usable; allowed: {}.", allowed.en),
    );
    Problem::new(name, &Value::from(value), allowed, message)
}
