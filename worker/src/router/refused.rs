//! What the log says of calls that were refused: pure.

use studio_shared::error::code;

/// What of a share's id is said: by the rest it is opened.
const BEGINNING: usize = 6;

/// The event of a refusal; nothing where it says nothing about who may what.
pub(super) fn event(refusal: &str) -> Option<&'static str> {
    Some(match refusal {
        code::WRONG_CODE | code::SESSION_REVOKED => "login_refused",
        code::TOO_MANY_ATTEMPTS => "guesses_slowed",
        code::NOT_ALLOWED | code::OWNER_ONLY => "right_refused",
        code::CROSS_SITE => "cross_site_refused",
        code::WRONG_PASSWORD => "share_password_wrong",
        code::TURNSTILE_NEEDED | code::TURNSTILE_REFUSED => "turnstile_refused",
        code::ACCESS_NEEDED => "access_refused",
        _ => return None,
    })
}

/// What is said of the id of a share.
pub(super) fn share(id: &str) -> &str {
    id.get(..BEGINNING).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_or_a_missing_thing_is_no_event() {
        for refusal in [code::INVALID_PARAMETER, code::NOT_FOUND, code::NOT_LOGGED_IN, code::BUDGET_EXCEEDED]
        {
            assert_eq!(event(refusal), None, "{refusal}");
        }
        assert_eq!(event(code::WRONG_CODE), Some("login_refused"));
    }

    #[test]
    fn a_shares_id_is_not_said_whole() {
        assert_eq!((share("0123456789abcdef"), share("012"), share("猫猫猫猫")), ("012345", "", "猫猫"));
    }
}
