//! Errors of OpenAI-compatible paths: nested, with snake-case codes (dashscope-api.md §0.4, §8.1).

use serde_json::{Value, json};

use crate::catalogue::ROWS;
use crate::refusal::Refusal;

/// Where people are sent who have the wrong key.
const HELP: &str = "For details, see: https://help.aliyun.com/zh/model-studio/error-code";

/// The body of a refusal.
pub(crate) fn body(refusal: &Refusal, request_id: &str) -> Value {
    json!({ "error": error(&refusal.code, &refusal.message, refusal.status), "request_id": request_id })
}

/// The error itself. The types of others than wrong requests are `inf`.
pub(crate) fn error(code: &str, message: &str, status: u16) -> Value {
    let code = twin(code);
    let message = match code {
        "invalid_api_key" => format!("Incorrect API key provided. {HELP}"),
        _ => message.to_owned(),
    };
    let kind = match (status, code) {
        (429, code) => code,
        (500.., _) => "internal_error",
        _ => "invalid_request_error",
    };
    json!({ "message": message, "type": kind, "param": null, "code": code })
}

/// A code's name here: the catalogue's last twin; `InvalidParameter` and the like are `inf`.
fn twin(code: &str) -> &str {
    let of_row = || ROWS.iter().find(|row| row.code == code && !row.twins.is_empty())?.twins.last().copied();
    match code {
        "InvalidParameter" | "BadRequest.EmptyModel" => "invalid_parameter_error",
        "NotFound" => "not_found",
        code => of_row().unwrap_or(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::known;

    #[test]
    fn the_wrong_key_is_told_as_recorded() {
        let expected = json!({"error": {"message": format!("Incorrect API key provided. {HELP}"),
            "type": "invalid_request_error", "param": null, "code": "invalid_api_key"}, "request_id": "r"});
        assert_eq!(body(&known::WRONG_KEY, "r"), expected);
        assert_eq!(body(&known::TOO_FAST, "r")["error"]["code"], "limit_requests");
        assert_eq!(body(&known::UNKNOWN_MODEL, "r")["error"]["code"], "invalid_parameter_error");
    }
}
