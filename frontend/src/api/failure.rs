//! Why a call brought no result.

use studio_shared::error::{ErrorBody, ErrorReply, code};
use studio_shared::problem::Problem;

/// Why a call brought no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Nothing came back: offline, the worker is away, or it took too long. Whether the call arrived is
    /// not known.
    Unreachable,
    /// The worker refused, in its own envelope.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it said.
        reply: Box<ErrorReply>,
    },
    /// An answer that is not the worker's: something stands between, or the page is of another version.
    Strange {
        /// The HTTP status.
        status: u16,
    },
}

impl Failure {
    /// Reads the body of an answer that is an error.
    #[must_use]
    pub(super) fn read(status: u16, body: &str) -> Self {
        match serde_json::from_str(body) {
            Ok(reply) => Self::Refused { status, reply: Box::new(reply) },
            Err(_) => Self::Strange { status },
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable => None,
            Self::Refused { status, .. } | Self::Strange { status } => Some(*status),
        }
    }

    /// What the worker said, where it said something.
    #[must_use]
    pub fn body(&self) -> Option<&ErrorBody> {
        match self {
            Self::Refused { reply, .. } => Some(&reply.error),
            Self::Unreachable | Self::Strange { .. } => None,
        }
    }

    /// The worker's error code; empty where it said nothing.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body().map_or("", |body| &body.code)
    }

    /// Whether the session has ended.
    #[must_use]
    pub fn is_logged_out(&self) -> bool {
        matches!(self.code(), code::NOT_LOGGED_IN | code::SESSION_REVOKED)
    }

    /// Everything that is wrong with the request, where that is the reason.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.body().map_or(&[], |body| &body.problems)
    }

    /// Whether the same call, sent again, may well succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Refused { status, .. } | Self::Strange { status } => matches!(status, 429 | 502..=504),
        }
    }

    /// How long the worker asks to wait before the next attempt.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        self.body().and_then(|body| body.retry_after_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_read_and_anything_else_is_strange() {
        let refused = Failure::read(
            401,
            r#"{"request_id":"r","error":{"code":"NotLoggedIn","message":"m","advice":"a","charged":false}}"#,
        );
        assert!(refused.is_logged_out());
        assert!(!refused.is_passing());
        for body in ["", "<html>", "{}", r#"{"error":"x"}"#] {
            assert_eq!(Failure::read(502, body), Failure::Strange { status: 502 });
        }
    }

    #[test]
    fn only_what_may_pass_is_worth_another_attempt() {
        assert!(Failure::Unreachable.is_passing());
        assert!(Failure::Strange { status: 503 }.is_passing());
        assert!(!Failure::Strange { status: 500 }.is_passing());
    }
}
