//! Who is calling: by the cookie of a session, or by a code as the bearer token. The Directory is asked about either, once
//! for each call, so that what is revoked is revoked at once.

pub(crate) mod code;
#[cfg(test)]
mod fuzz;
mod mac;
mod session;
mod source;

use serde::{Deserialize, Serialize};
use studio_shared::day::Day;
use studio_shared::member::Rights;
use studio_shared::time::Timestamp;
use worker::{Env, Request};

use crate::config::Config;
use crate::directory::{self, Enter, Entered, Guest, Proof, Source};
use crate::reply::Refusal;
use session::Session;

/// The owner's own member, which every studio has.
pub(crate) const OWNER: &str = "owner";

/// Seconds for which a browser that the owner has logged in with is known: as long as browsers keep any cookie.
const DEVICE_S: u64 = 400 * 24 * 60 * 60;

const COOKIE: &str = "studio_session";
const DEVICE: &str = "studio_device";

/// The header that says which address a call comes from. Cloudflare sets it, whatever the caller says.
const ADDRESS: &str = "cf-connecting-ip";

/// What a call is made with, as far as the member's object has to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pass {
    /// The code that they came in with; absent for the deployment's own.
    pub(crate) code: Option<String>,
    /// The Directory's count when they came in.
    pub(crate) epoch: u64,
    /// What they may have made.
    pub(crate) rights: Rights,
}

/// A member who has proved to be one.
pub(crate) struct Caller {
    /// The member: opaque, the name of their object.
    pub(crate) member: String,
    /// What they are called.
    pub(crate) name: String,
    /// Their last day.
    pub(crate) last_day: Option<Day>,
    /// What they come with.
    pub(crate) pass: Pass,
    /// The cookie that renews their session.
    pub(crate) renewed: Option<String>,
}

impl Caller {
    /// Whether they own the studio.
    pub(crate) fn is_owner(&self) -> bool {
        self.member == OWNER
    }

    /// When their last day is over.
    fn end(&self) -> Option<Timestamp> {
        self.last_day.map(|last| last.next().begins())
    }

    fn of(guest: Guest) -> Self {
        let Guest { member, name, last_day, pass } = guest;
        Self { member, name, last_day, pass, renewed: None }
    }
}

/// Who is calling.
///
/// # Errors
/// 401 where nobody is logged in, 403 where another site's page calls with this browser's cookie, 429 where too many
/// wrong codes were tried.
pub(crate) async fn caller(
    request: &Request,
    env: &Env,
    config: &Config,
    now: Timestamp,
) -> Result<Caller, Refusal> {
    let secure = is_secure(request);
    if let Some(authorization) = header(request, "authorization") {
        let code = bearer(&authorization).unwrap_or_default();
        return by_code(code, request, env, config).await.map(Caller::of);
    }
    let session = session_of(request, config, now).ok_or_else(Refusal::not_logged_in)?;
    let site = header(request, "origin");
    if site.is_some_and(|origin| !request.url().is_ok_and(|url| url.origin().ascii_serialization() == origin))
    {
        return Err(Refusal::cross_site());
    }
    let member = session.member.clone();
    let proof = session.clone().into();
    let mut caller = match directory::enter(env, Enter { proof, source: from(request, config) }).await? {
        Entered::In(guest) => Caller::of(*guest),
        _ => return Err(Refusal::session_revoked().about(member)),
    };
    let renewed = session.renewed(caller.end(), now);
    caller.renewed = renewed.map(|session| session_cookie(&session, config, secure, now));
    Ok(caller)
}

/// Logs the holder of a code in: the caller, and the cookies for their browser.
///
/// # Errors
/// 401 where the code is wrong, 429 where too many wrong ones were tried.
pub(crate) async fn log_in(
    given: &str,
    request: &Request,
    env: &Env,
    config: &Config,
    now: Timestamp,
) -> Result<(Caller, Vec<String>), Refusal> {
    let secure = is_secure(request);
    let caller = Caller::of(by_code(given, request, env, config).await?);
    leave(request, env, config, now).await?; // whoever was logged in with this browser
    let Pass { code, epoch, .. } = caller.pass.clone();
    let session = Session::begin(caller.member.clone(), code, epoch, caller.end(), now);
    let mut cookies = vec![session_cookie(&session, config, secure, now)];
    if caller.is_owner() && caller.pass.code.is_none() {
        let token = source::new_device(&device_key(config));
        cookies.push(set_cookie(&name(DEVICE, secure), &token, DEVICE_S, secure));
    }
    Ok((caller, cookies))
}

/// By which way a call says who makes it: by a code that it brings along, by a session, or not at all.
pub(crate) fn way(request: &Request) -> &'static str {
    let secure = is_secure(request);
    let cookies = header(request, "cookie").unwrap_or_default();
    match header(request, "authorization") {
        Some(_) => "bearer",
        None if cookie(&cookies, &name(COOKIE, secure)).is_some() => "session",
        None => "nothing",
    }
}

/// The address that a call comes from, where Cloudflare says so.
pub(crate) fn address(request: &Request) -> Option<String> {
    header(request, ADDRESS)
}

/// Logs a browser out: its session ends, wherever else it may be known, and the cookie that takes it away is answered.
///
/// # Errors
/// 500 where the platform fails: then nothing has ended.
pub(crate) async fn log_out(
    request: &Request,
    env: &Env,
    config: &Config,
    now: Timestamp,
) -> Result<String, Refusal> {
    leave(request, env, config, now).await?;
    let secure = is_secure(request);
    Ok(set_cookie(&name(COOKIE, secure), "", 0, secure))
}

/// Ends the session of this browser, where it has one.
async fn leave(request: &Request, env: &Env, config: &Config, now: Timestamp) -> Result<(), Refusal> {
    match session_of(request, config, now) {
        // Renewed meanwhile, it may hold for longer than this one says.
        Some(session) => Ok(directory::leave(env, session.into(), now.after(session::HOLDS_MS)).await?),
        None => Ok(()),
    }
}

/// The session that a browser comes with: signed here, and not over by the clock.
fn session_of(request: &Request, config: &Config, now: Timestamp) -> Option<Session> {
    let cookies = header(request, "cookie").unwrap_or_default();
    let token = cookie(&cookies, &name(COOKIE, is_secure(request)))?;
    session::read(token, |member| session_key(config, member), now)
}

/// The keyed hash of what a code says, as the Directory knows it. `letters` are as [`code::read`] gives them.
pub(crate) fn code_hash(signing_key: &str, letters: &str) -> String {
    mac::of(&format!("code\n{signing_key}"), letters)
}

async fn by_code(given: &str, request: &Request, env: &Env, config: &Config) -> Result<Guest, Refusal> {
    let proof = proof(given.trim(), &config.signing_key, &config.owner_code);
    match directory::enter(env, Enter { proof, source: from(request, config) }).await? {
        Entered::In(guest) => Ok(*guest),
        Entered::Wrong => Err(Refusal::wrong_code()),
        Entered::Shut(member) => Err(Refusal::code_shut().about(member)),
        Entered::Wait(ms) => Err(Refusal::too_many_attempts(ms)),
    }
}

/// What a code proves. Only keyed hashes are looked up and compared, so that the time taken says nothing about any code,
/// and whatever was given, a hash of the same length leaves here.
fn proof(given: &str, signing_key: &str, owner_code: &str) -> Proof {
    match code::read(given) {
        Some(letters) => Proof::Code { hash: code_hash(signing_key, &letters) },
        None => {
            let key = format!("owner\n{signing_key}");
            Proof::Owners { given: mac::of(&key, given), right: mac::of(&key, owner_code) }
        }
    }
}

/// From where a call comes.
fn from(request: &Request, config: &Config) -> Source {
    let cookies = header(request, "cookie").unwrap_or_default();
    let token = cookie(&cookies, &name(DEVICE, is_secure(request))).unwrap_or_default();
    match source::device(token, &device_key(config)) {
        Some(id) => Source::Device(id),
        None => Source::Address(source::address(&header(request, ADDRESS).unwrap_or_default())),
    }
}

fn session_cookie(session: &Session, config: &Config, secure: bool, now: Timestamp) -> String {
    let token = session.write(&session_key(config, &session.member));
    set_cookie(&name(COOKIE, secure), &token, session.end.since(now) / 1000, secure)
}

impl From<Session> for Proof {
    fn from(session: Session) -> Self {
        let Session { member, code, epoch, id, .. } = session;
        Self::Session { member, code, epoch, id }
    }
}

/// The owner's sessions are signed over the owner's code as well: a new code ends the old ones.
fn session_key(config: &Config, member: &str) -> String {
    let code = if member == OWNER { config.owner_code.as_str() } else { "" };
    format!("session\n{}\n{code}", config.signing_key)
}

fn device_key(config: &Config) -> String {
    format!("device\n{}", config.signing_key)
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

fn is_secure(request: &Request) -> bool {
    request.url().is_ok_and(|url| url.scheme() == "https")
}

/// Over https a cookie's name says that nobody but this very host has set it.
fn name(cookie: &str, secure: bool) -> String {
    if secure { format!("__Host-{cookie}") } else { cookie.to_owned() }
}

fn set_cookie(name: &str, value: &str, seconds: u64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
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
    fn whatever_is_given_only_keyed_hashes_of_one_length_are_compared() {
        let (key, owners) = ("0f1e2d3c4b5a69788796a5b4c3d2e1f0", "k7fq-m2xw-9dza");
        let made = code::make();
        for given in [owners, made.as_str(), "k7fq-m2xw-9dzb", "bs_0123", "", "猫", &"x".repeat(10_000)] {
            let hashes = match proof(given, key, owners) {
                Proof::Code { hash } => vec![hash],
                Proof::Owners { given: hash, right } => {
                    assert_eq!(hash == right, given == owners, "{given}");
                    vec![hash, right]
                }
                Proof::Session { .. } => Vec::new(),
            };
            let is_hash =
                |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(!hashes.is_empty() && hashes.iter().all(is_hash), "{given}: {hashes:?}");
        }
        assert_eq!(proof(&made, key, owners), proof(&made.to_uppercase(), key, "another"));
        assert_ne!(proof(&made, key, owners), proof(&made, "another key", owners));
    }

    #[test]
    fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
        let cookie = set_cookie(&name(COOKIE, true), "t", 60, true);
        let expected = "__Host-studio_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure";
        assert_eq!(cookie, expected);
        let local = set_cookie(&name(COOKIE, false), "t", 60, false);
        assert_eq!(local, "studio_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    }
}
