//! Who is calling: by the cookie of a session, or by a code as the bearer token.

mod mac;
mod session;

use studio_shared::time::Timestamp;
use worker::Request;

use crate::config::Config;
use crate::reply::Refusal;

/// The owner's own member, which every studio has.
pub(crate) const OWNER: &str = "owner";

/// Days until a session ends.
const SESSION_DAYS: u64 = 30;

const COOKIE: &str = "studio_session";

/// A member who has proved to be one.
pub(crate) struct Caller {
    /// The member's name, which is also the name of their object.
    pub(crate) member: String,
}

/// Who is calling.
///
/// # Errors
/// 401 where nobody is logged in, 403 where another site's page calls with this browser's cookie.
pub(crate) fn caller(request: &Request, config: &Config, now: Timestamp) -> Result<Caller, Refusal> {
    let header = |name: &str| request.headers().get(name).ok().flatten();
    if let Some(authorization) = header("authorization") {
        let code = bearer(&authorization).unwrap_or_default();
        return if is_owner(code, config) { Ok(owner()) } else { Err(Refusal::wrong_code()) };
    }
    let cookies = header("cookie").unwrap_or_default();
    let token = cookie(&cookies, COOKIE).unwrap_or_default();
    let member = session::read(token, &key(config), now).ok_or_else(Refusal::not_logged_in)?;
    let site = header("origin");
    if site.is_some_and(|origin| !request.url().is_ok_and(|url| url.origin().ascii_serialization() == origin))
    {
        return Err(Refusal::cross_site());
    }
    Ok(Caller { member })
}

/// The cookie that logs the holder of `code` in.
///
/// # Errors
/// 401 where the code is wrong.
pub(crate) fn log_in(code: &str, config: &Config, secure: bool, now: Timestamp) -> Result<String, Refusal> {
    if !is_owner(code.trim(), config) {
        return Err(Refusal::wrong_code());
    }
    let seconds = SESSION_DAYS.saturating_mul(24 * 60 * 60);
    let token = session::write(OWNER, &key(config), now.after(seconds.saturating_mul(1000)));
    Ok(set_cookie(&token, seconds, secure))
}

/// The cookie that logs out.
pub(crate) fn log_out(secure: bool) -> String {
    set_cookie("", 0, secure)
}

/// The caller that a right code logs in.
pub(crate) fn owner() -> Caller {
    Caller { member: OWNER.to_owned() }
}

fn is_owner(code: &str, config: &Config) -> bool {
    // Compared through a keyed hash, so that the time taken says nothing about the code.
    mac::is(&config.signing_key, code, &mac::of(&config.signing_key, &config.owner_code))
}

/// Sessions are signed over the owner's code as well: a new code ends the old sessions.
fn key(config: &Config) -> String {
    format!("{}\n{}", config.signing_key, config.owner_code)
}

fn set_cookie(token: &str, seconds: u64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, code) = authorization.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| code.trim())
}

fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        assert_eq!(cookie("a=1; studio_session=x.y ; b=2", COOKIE), Some("x.y"));
        assert_eq!(cookie("not_studio_session=1", COOKIE), None);
        assert_eq!(cookie("", COOKIE), None);
    }

    #[test]
    fn the_scheme_is_read_in_any_case() {
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("abc"), None);
    }

    #[test]
    fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
        let cookie = set_cookie("t", 60, true);
        assert_eq!(cookie, "studio_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    }
}
