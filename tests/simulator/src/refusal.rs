//! What a request is refused with.

use serde_json::{Value, json};
use std::borrow::Cow;

use crate::catalogue::Fact;

/// A refusal, before anything was created: the flat envelope of dashscope-api.md §0.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The code.
    pub code: Cow<'static, str>,
    /// The text.
    pub message: Cow<'static, str>,
    /// Seconds for a `Retry-After` header, which the live service has not been seen to send (§0.3).
    pub retry_after_s: Option<u64>,
}

impl Refusal {
    const fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self { status, code: Cow::Borrowed(code), message: Cow::Borrowed(message), retry_after_s: None }
    }

    /// 400 `InvalidParameter` with a text of its own.
    pub fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self { status: 400, code: "InvalidParameter".into(), message: message.into(), retry_after_s: None }
    }

    /// The answer to a method the path does not take (§8.2).
    pub fn method(method: &str) -> Self {
        Self::parameter(format!("Request method '{method}' is not supported."))
    }

    /// The body of the answer.
    pub fn body(&self, request_id: &str) -> Value {
        json!({ "code": self.code, "message": self.message, "request_id": request_id })
    }
}

impl From<Fact> for Refusal {
    fn from(Fact { status, code, message }: Fact) -> Self {
        Self::new(status, code, message)
    }
}

/// The refusals of the order of checks (§11), by name.
pub(crate) mod known {
    use super::Refusal;

    pub(crate) const NO_PATH: Refusal = Refusal::new(404, "NotFound", "Request path not found.");
    pub(crate) const NO_KEY: Refusal = Refusal::new(401, "InvalidApiKey", "No API-key provided.");
    pub(crate) const WRONG_KEY: Refusal = Refusal::new(401, "InvalidApiKey", "Invalid API-key provided.");
    pub(crate) const TOO_LARGE: Refusal = Refusal::new(400, "BadRequest.TooLarge", "Payload Too Large.");
    pub(crate) const BAD_BODY: Refusal =
        Refusal::new(400, "InvalidParameter", "Required body invalid, please check the request body format.");
    pub(crate) const NO_MODEL: Refusal =
        Refusal::new(400, "BadRequest.EmptyModel", "Required parameter \"model\" missing from request.");
    pub(crate) const NO_INPUT: Refusal =
        Refusal::new(400, "BadRequest.EmptyInput", "Required input parameter missing from request.");
    pub(crate) const ILLEGAL_INPUT: Refusal =
        Refusal::new(400, "BadRequest.IllegalInput", "The input parameter requires json format.");
    pub(crate) const UNKNOWN_MODEL: Refusal = Refusal::new(400, "InvalidParameter", "Model not exist.");
    pub(crate) const WRONG_PATH: Refusal =
        Refusal::new(400, "InvalidParameter", "url error, please check url！");
    pub(crate) const ONLY_ASYNC: Refusal =
        Refusal::new(403, "AccessDenied", "current user api does not support synchronous calls.");
    pub(crate) const ONLY_SYNC: Refusal =
        Refusal::new(403, "AccessDenied", "Current user api does not support asynchronous calls.");
    pub(crate) const TOO_FAST: Refusal =
        Refusal::new(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.");
    pub(crate) const ONE_IMAGE: Refusal =
        Refusal::new(400, "InvalidParameter", "num_images_per_prompt must be 1.");
    pub(crate) const NOT_PENDING: Refusal = Refusal::new(
        400,
        "UnsupportedOperation",
        "Failed to cancel the task, please confirm if the task is in PENDING status.",
    );
    pub(crate) const EMPTY_CONTENT: Refusal = Refusal::new(
        400,
        "InvalidParameter",
        "Role must be user or assistant and Content length must be greater than 0",
    );
    pub(crate) const NO_CONTENT: Refusal =
        Refusal::new(400, "InvalidParameter", "The content field is a required field.");
    pub(crate) const NOT_TEXT: Refusal =
        Refusal::new(400, "InvalidParameter", "input content must be a string.");
    pub(crate) const TOO_SHORT: Refusal = Refusal::new(400, "InvalidParameter", "[] is too short");
    pub(crate) const PROMPT_OR_MESSAGES: Refusal = Refusal::new(
        400,
        "InvalidParameter",
        "Either \"prompt\" or \"messages\" must exist and cannot both be none",
    );

    pub(crate) const NO_FILES: Refusal =
        Refusal::new(400, "InvalidParameter", "input must contain file_urls");
    /// Also what an `oss://` address without the resolve header is answered with (§7). It is not in the table.
    pub(crate) const NOT_A_URL: Refusal = Refusal::new(
        400,
        "InvalidParameter",
        "The provided URL does not appear to be valid. Ensure it is correctly formatted.",
    );
    pub(crate) const TEMPERATURE: &str = "Temperature should be in [0.0, 2.0)";
    pub(crate) const TOP_P: &str = "Range of top_p should be (0.0, 1.0]";

    #[cfg(test)]
    pub(crate) const ALL: &[Refusal] = &[
        NO_PATH,
        NO_KEY,
        WRONG_KEY,
        TOO_LARGE,
        BAD_BODY,
        NO_MODEL,
        NO_INPUT,
        ILLEGAL_INPUT,
        UNKNOWN_MODEL,
        WRONG_PATH,
        ONLY_ASYNC,
        ONLY_SYNC,
        TOO_FAST,
        ONE_IMAGE,
        NOT_PENDING,
        EMPTY_CONTENT,
        NO_CONTENT,
        NOT_TEXT,
        TOO_SHORT,
        PROMPT_OR_MESSAGES,
        NO_FILES,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    #[test]
    fn every_named_refusal_is_in_the_catalogue_word_for_word() {
        for refusal in known::ALL {
            assert!(
                catalogue::texts(&refusal.code).any(|fact| Refusal::from(fact) == *refusal),
                "{refusal:?}"
            );
        }
    }

    #[test]
    fn the_envelope_is_flat() {
        let body = known::NO_KEY.body("abc");
        assert_eq!(
            body,
            json!({"code": "InvalidApiKey", "message": "No API-key provided.", "request_id": "abc"})
        );
    }
}
