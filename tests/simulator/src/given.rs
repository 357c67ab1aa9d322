//! Reading single parameters. The texts of refusals are `inf` where dashscope-api.md §3.5 gives none.

use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// `parameters` as an object; absent is the same as empty, for which the caller lends one.
pub(crate) fn object<'a>(
    parameters: &'a Value,
    empty: &'a Map<String, Value>,
) -> Result<&'a Map<String, Value>, Refusal> {
    match parameters {
        Value::Null => Ok(empty),
        Value::Object(given) => Ok(given),
        _ => Err(Refusal::parameter("parameters must be an object.")),
    }
}

/// `null` is the same as absent.
pub(crate) fn present<'a>(given: &'a Map<String, Value>, field: &str) -> Option<&'a Value> {
    given.get(field).filter(|value| !value.is_null())
}

pub(crate) fn text<'a>(given: &'a Map<String, Value>, field: &str) -> Result<Option<&'a str>, Refusal> {
    let read = |value: &'a Value| {
        value.as_str().ok_or_else(|| Refusal::parameter(format!("{field} must be a string.")))
    };
    present(given, field).map(read).transpose()
}

pub(crate) fn flag(given: &Map<String, Value>, field: &str) -> Result<Option<bool>, Refusal> {
    let read = |value: &Value| {
        value.as_bool().ok_or_else(|| Refusal::parameter(format!("{field} must be a boolean.")))
    };
    present(given, field).map(read).transpose()
}

pub(crate) fn whole(
    given: &Map<String, Value>,
    field: &str,
    low: u64,
    high: u64,
) -> Result<Option<u32>, Refusal> {
    let read = |value: &Value| {
        let number = value.as_u64().filter(|number| (low..=high).contains(number));
        let number = number.and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| Refusal::parameter(format!("Range of {field} should be [{low}, {high}]")))
    };
    present(given, field).map(read).transpose()
}

/// A number, with the refusal's text when it is none or not where `fits` wants it.
pub(crate) fn number(
    given: &Map<String, Value>,
    field: &str,
    refusal: &'static str,
    fits: impl Fn(f64) -> bool,
) -> Result<Option<f64>, Refusal> {
    let read = |value: &Value| {
        value.as_f64().filter(|number| fits(*number)).ok_or_else(|| Refusal::parameter(refusal))
    };
    present(given, field).map(read).transpose()
}
