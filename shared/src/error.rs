//! The error envelope of `/api`: one shape for everything that goes wrong.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::problem::Problem;

/// The codes that are the product's own. Where the vendor refused, its own code is passed on instead.
pub mod code {
    /// The request is wrong; `problems` names everything that is.
    pub const INVALID_PARAMETER: &str = "InvalidParameter";
    /// The body is not of the media type the route takes.
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "UnsupportedMediaType";
    /// The body is larger than the route takes.
    pub const BODY_TOO_LARGE: &str = "BodyTooLarge";
    /// The length of an upload has to be announced.
    pub const LENGTH_REQUIRED: &str = "LengthRequired";
    /// An upload did not arrive whole; nothing of it is kept.
    pub const UPLOAD_CUT: &str = "UploadCut";
    /// There is no such address or thing, or it is another member's.
    pub const NOT_FOUND: &str = "NotFound";
    /// The address does not take this method.
    pub const METHOD_NOT_ALLOWED: &str = "MethodNotAllowed";
    /// The caller is not logged in, or no longer.
    pub const NOT_LOGGED_IN: &str = "NotLoggedIn";
    /// The session was taken back: its code was revoked or replaced, the member was shut out, or somebody logged out
    /// everywhere.
    pub const SESSION_REVOKED: &str = "SessionRevoked";
    /// The code is not one that was handed out.
    pub const WRONG_CODE: &str = "WrongCode";
    /// Logging in needs a token of Cloudflare Turnstile, and there is none.
    pub const TURNSTILE_NEEDED: &str = "TurnstileNeeded";
    /// The token of Turnstile was used before, is too old, or was made for something else.
    pub const TURNSTILE_REFUSED: &str = "TurnstileRefused";
    /// Cloudflare does not say whether a token of Turnstile is good.
    pub const TURNSTILE_UNREACHABLE: &str = "TurnstileUnreachable";
    /// The studio stands behind Cloudflare Access, and the call brings nothing from there that holds.
    pub const ACCESS_NEEDED: &str = "AccessNeeded";
    /// The keys of Cloudflare Access cannot be had, so nobody can be let through.
    pub const ACCESS_UNREACHABLE: &str = "AccessUnreachable";
    /// The call comes from another site's page.
    pub const CROSS_SITE: &str = "CrossSite";
    /// The key of an earlier request with another body.
    pub const IDEMPOTENCY_CONFLICT: &str = "IdempotencyConflict";
    /// The job is not in a state that allows this.
    pub const WRONG_STATE: &str = "WrongState";
    /// The result is no longer there: the vendor deleted it before it could be copied.
    pub const RESULT_EXPIRED: &str = "ResultExpired";
    /// The vendor's result is there but is not what it should be.
    pub const RESULT_UNREADABLE: &str = "ResultUnreadable";
    /// The asked part of a result lies outside it.
    pub const RANGE_NOT_SATISFIABLE: &str = "RangeNotSatisfiable";
    /// The deployment lacks a setting, or has a weak one.
    pub const MISCONFIGURED: &str = "Misconfigured";
    /// The vendor could not be reached, or what answered was not the vendor.
    pub const UPSTREAM_UNREACHABLE: &str = "UpstreamUnreachable";
    /// The answer to a creation was lost: it may have been billed.
    pub const ANSWER_LOST: &str = "AnswerLost";
    /// An answer that comes bit by bit broke off; what had come is kept.
    pub const ANSWER_CUT: &str = "AnswerCut";
    /// The answer to a creation was lost; the vendor's list is being looked through for what became of it.
    pub const LOOKING: &str = "LookingForIt";
    /// A budget does not allow it.
    pub const BUDGET_EXCEEDED: &str = "BudgetExceeded";
    /// A budget is set, and the price is not known beforehand.
    pub const PRICE_UNKNOWN: &str = "PriceUnknown";
    /// Only the owner of the studio may do this.
    pub const OWNER_ONLY: &str = "OwnerOnly";
    /// The kind or the model is not among those the owner allows this member.
    pub const NOT_ALLOWED: &str = "NotAllowed";
    /// Too many wrong codes or passwords; the next is not looked at before `retry_after_ms`.
    pub const TOO_MANY_ATTEMPTS: &str = "TooManyAttempts";
    /// The password of a share is wrong.
    pub const WRONG_PASSWORD: &str = "WrongPassword";
    /// There are as many of these as there may be.
    pub const TOO_MANY: &str = "TooMany";
    /// The member was shut out, or their last day is over, before this was sent.
    pub const SHUT_OUT: &str = "ShutOut";
    /// The bucket does not take results, which wait at the vendor meanwhile.
    pub const STORAGE_REFUSED: &str = "StorageRefused";
    /// A result could not be kept for twenty hours; the vendor deletes it after twenty-four.
    pub const RESULT_AT_RISK: &str = "ResultAtRisk";
    /// The result was deleted here, because its time was over.
    pub const RETENTION_ENDED: &str = "RetentionEnded";
    /// The vendor no longer knows the task.
    pub const TASK_UNKNOWN: &str = "TaskUnknown";
    /// A task failed without a code of its own (the reference page's vocabulary).
    pub const TASK_FAILED: &str = "TaskFailed";
    /// Something here is at fault.
    pub const INTERNAL: &str = "InternalError";
}

/// Whether money was spent. On the wire `false`, `true`, or `null` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charged {
    /// Nothing was billed.
    #[default]
    No,
    /// It was billed.
    Yes,
    /// It may have been billed.
    Unknown,
}

impl Serialize for Charged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => Some(false),
            Self::Yes => Some(true),
            Self::Unknown => None,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Charged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(false) => Self::No,
            Some(true) => Self::Yes,
            None => Self::Unknown,
        })
    }
}

/// The body of every answer that is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ErrorReply {
    /// The id of this answer, also in the header `x-request-id`.
    pub request_id: String,
    /// What went wrong.
    pub error: ErrorBody,
}

/// What went wrong. Reads the reference page's form as well, which has a code and a message only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ErrorBody {
    /// The vendor's own code where there is one, else one of [`code`].
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do, in the language of `Accept-Language`.
    pub advice: String,
    /// The first field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// When to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// Whether money was spent.
    pub charged: Charged,
    /// Everything that is wrong with the request, in both languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_references_error_is_an_error_of_ours() {
        let reference =
            r#"{"request_id":"xxx","error":{"code":"InvalidParameter","message":"参数错误详情"}}"#;
        let reply: ErrorReply = serde_json::from_str(reference).unwrap();
        assert_eq!(
            (reply.error.code.as_str(), reply.error.message.as_str()),
            ("InvalidParameter", "参数错误详情")
        );
        assert_eq!(reply.error.charged, Charged::No);
    }

    #[test]
    fn charged_is_a_flag_that_may_be_unknown() {
        for (charged, json) in [(Charged::No, "false"), (Charged::Yes, "true"), (Charged::Unknown, "null")] {
            assert_eq!(serde_json::to_string(&charged).unwrap(), json);
            assert_eq!(serde_json::from_str::<Charged>(json).unwrap(), charged);
        }
    }
}
