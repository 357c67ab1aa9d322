//! The order in which every creating call is checked, steps (2) to (8) of dashscope-api.md §11. Step (1), path
//! and method, is the route table's; (9) and (10), parameters and content, are each family's own.

use serde_json::{Map, Value};

use crate::models::{self, Family};
use crate::refusal::{Refusal, known};
use crate::region::Region;

/// What a path demands of the `X-DashScope-Async` header (§0.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsyncRule {
    /// Without the header: 403.
    Required,
    /// With the header: 403.
    Forbidden,
}

/// A creating call, as far as the common checks look at it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The `X-DashScope-Async` header.
    pub asynchronous: Option<&'a str>,
    /// The body, or `None` when it was larger than what is read.
    pub body: Option<&'a [u8]>,
}

/// What passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// A model of this path.
    pub model: String,
    /// The `input` object.
    pub input: Map<String, Value>,
    /// The `parameters`, as they came; `Null` when absent.
    pub parameters: Value,
}

/// Checks (2) to (8), in this order. `in_rate` is asked last, with the model's name, and counts the call.
pub fn admit(
    asked: Asked<'_>,
    api_key: &str,
    region: Region,
    family: Family,
    rule: AsyncRule,
    in_rate: impl FnOnce(&str) -> bool,
) -> Result<Admitted, Refusal> {
    check_key(asked.authorization, api_key)?;
    let body = asked.body.ok_or(known::TOO_LARGE)?;
    let Ok(Value::Object(mut body)) = serde_json::from_slice(body) else { return Err(known::BAD_BODY) };
    let model = match body.remove("model") {
        Some(Value::String(model)) if !model.is_empty() => model,
        _ => return Err(known::NO_MODEL),
    };
    let input = match body.remove("input") {
        None | Some(Value::Null) => return Err(known::NO_INPUT),
        Some(Value::Object(input)) => input,
        Some(_) => return Err(known::ILLEGAL_INPUT),
    };
    models::check(region, family, &model)?;
    check_async(asked.asynchronous, rule)?;
    if !in_rate(&model) {
        return Err(known::TOO_FAST);
    }
    Ok(Admitted { model, input, parameters: body.remove("parameters").unwrap_or(Value::Null) })
}

/// Check (2): the key. The scheme is compared without regard to case (§0.2).
pub fn check_key(authorization: Option<&str>, api_key: &str) -> Result<(), Refusal> {
    let Some(header) = authorization.filter(|header| !header.trim().is_empty()) else {
        return Err(known::NO_KEY);
    };
    match header.split_once(' ') {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") && key == api_key => Ok(()),
        _ => Err(known::WRONG_KEY),
    }
}

/// Check (7). Any value but `enable` is the same as no header (§0.2).
fn check_async(header: Option<&str>, rule: AsyncRule) -> Result<(), Refusal> {
    let asked = header.is_some_and(|value| value.trim().eq_ignore_ascii_case("enable"));
    match (asked, rule) {
        (false, AsyncRule::Required) => Err(known::ONLY_ASYNC),
        (true, AsyncRule::Forbidden) => Err(known::ONLY_SYNC),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case<'a> = (Option<&'a str>, Option<&'a [u8]>, Refusal);

    fn gate(asked: Asked<'_>, rule: AsyncRule, in_rate: bool) -> Result<Admitted, Refusal> {
        admit(asked, "sk-good", Region::Beijing, Family::Image, rule, |_| in_rate)
    }

    /// Each case is wrong in its own way and in every later way too; only the first is named.
    #[test]
    fn the_first_check_that_fails_is_the_answer() {
        let good = br#"{"model":"wan2.2-t2i-flash","input":{"prompt":"x"}}"#.as_slice();
        let key = Some("Bearer sk-good");
        let cases: [Case<'_>; 13] = [
            (None, Some(b"{"), known::NO_KEY),
            (Some("  "), Some(b"{"), known::NO_KEY),
            (Some("sk-good"), Some(b"{"), known::WRONG_KEY),
            (Some("Bearer sk-bad"), Some(b"{"), known::WRONG_KEY),
            (Some("Bearer  sk-good"), Some(b"{"), known::WRONG_KEY),
            (key, None, known::TOO_LARGE),
            (key, Some(b"{"), known::BAD_BODY),
            (key, Some(b"[]"), known::BAD_BODY),
            (key, Some(br#"{"model":7}"#), known::NO_MODEL),
            (key, Some(br#"{"model":"no-such"}"#), known::NO_INPUT),
            (key, Some(br#"{"model":"no-such","input":"a cat"}"#), known::ILLEGAL_INPUT),
            (key, Some(br#"{"model":"no-such","input":{}}"#), known::UNKNOWN_MODEL),
            (key, Some(br#"{"model":"qwen-max","input":{}}"#), known::WRONG_PATH),
        ];
        for (authorization, body, expected) in cases {
            let asked = Asked { authorization, asynchronous: None, body };
            assert_eq!(gate(asked, AsyncRule::Required, false), Err(expected));
        }
        let asked =
            Asked { authorization: Some("bearer sk-good"), asynchronous: Some("disable"), body: Some(good) };
        assert_eq!(gate(asked, AsyncRule::Required, false), Err(known::ONLY_ASYNC));
        let asked = Asked { asynchronous: Some("Enable"), ..asked };
        assert_eq!(gate(asked, AsyncRule::Forbidden, false), Err(known::ONLY_SYNC));
        assert_eq!(gate(asked, AsyncRule::Required, false), Err(known::TOO_FAST));
        let admitted = gate(asked, AsyncRule::Required, true).unwrap();
        assert_eq!((admitted.model.as_str(), admitted.parameters), ("wan2.2-t2i-flash", Value::Null));
    }

    #[test]
    fn nothing_is_counted_against_the_rate_that_was_refused_before_it() {
        let asked = Asked { authorization: Some("Bearer sk-good"), asynchronous: None, body: Some(b"{}") };
        let refused = admit(asked, "sk-good", Region::Beijing, Family::Image, AsyncRule::Required, |_| {
            panic!("the rate was asked before the model")
        });
        assert_eq!(refused, Err(known::NO_MODEL));
    }
}
