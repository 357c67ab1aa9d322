//! Turnstile's siteverify: a token holds once, for five minutes, and is told with where the widget stood and what for.
//!
//! The secrets that Cloudflare publishes for tests do as they are said to: `1x…` passes whatever token there is, with an
//! example in place of the host; `2x…` passes none; `3x…` finds every token used before. The one token of the widgets for
//! tests, `XXXX.DUMMY.TOKEN.XXXX`, can be used again. Any other secret must begin with `0x`, and knows only the tokens that
//! were made here.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

use super::trouble;
use crate::control::{Misused, read};
use crate::exchange::App;

const ALWAYS_PASSES: &str = "1x0000000000000000000000000000000AA";
const ALWAYS_FAILS: &str = "2x0000000000000000000000000000000AA";
const ALWAYS_USED: &str = "3x0000000000000000000000000000000AA";

/// What the widgets for tests give.
const DUMMY: &str = "XXXX.DUMMY.TOKEN.XXXX";

/// A token holds for so long.
const HOLDS_MS: u64 = 300_000;

/// Tokens, and what was asked about them.
#[derive(Debug, Default)]
pub(crate) struct Turnstile {
    made: HashMap<String, Made>,
    used: HashSet<String>,
    /// The questions, without their secrets.
    pub(super) asked: Vec<Value>,
}

/// What a token was made for.
#[derive(Clone, Debug)]
struct Made {
    hostname: String,
    action: String,
    at_ms: u64,
}

/// What the widget is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    hostname: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    age_s: u64,
}

/// `POST /_simulator/turnstile`
pub(crate) async fn make(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let Ask { hostname, action, age_s } = read(&body)?;
    let token = format!("0.{}", Uuid::new_v4().simple());
    let at_ms = app.now().real_ms.saturating_sub(age_s.saturating_mul(1000));
    let made = Made { hostname, action, at_ms };
    app.world().cloudflare.turnstile.made.insert(token.clone(), made);
    Ok(Json(json!({"token": token})))
}

/// `POST /turnstile/v0/siteverify`, with JSON or a form.
pub(crate) async fn siteverify(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let now = app.now().real_ms;
    let cloudflare = &mut app.world().cloudflare;
    let is_json =
        headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let mut question: Map<String, Value> = if is_json {
        serde_json::from_slice(&body).unwrap_or_default()
    } else {
        form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into())).collect()
    };
    let secret = question.remove("secret").unwrap_or_default();
    let token = question.get("response").and_then(Value::as_str).unwrap_or_default().to_owned();
    cloudflare.turnstile.asked.push(Value::Object(question));
    if let Some(trouble) = trouble(&cloudflare.mood) {
        return trouble;
    }
    let verdict = cloudflare.turnstile.verdict(secret.as_str().unwrap_or_default(), &token, now);
    let mut answer = json!({"success": verdict.is_ok(), "error-codes": verdict.as_ref().err().into_iter().collect::<Vec<_>>(), "messages": []});
    if let (Ok(Made { hostname, action, at_ms }), Some(answer)) = (verdict, answer.as_object_mut()) {
        let at = i64::try_from(at_ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
        answer.insert("challenge_ts".into(), at.map(|at| at.to_string()).into());
        answer.insert("hostname".into(), hostname.into());
        answer.insert("action".into(), action.into());
        answer.insert("cdata".into(), "".into());
    }
    Json(answer).into_response()
}

impl Turnstile {
    /// What a token was made for, or the code of why it does not hold.
    fn verdict(&mut self, secret: &str, token: &str, now: u64) -> Result<Made, &'static str> {
        if secret.is_empty() {
            return Err("missing-input-secret");
        }
        if token.is_empty() {
            return Err("missing-input-response");
        }
        let example = || Made { hostname: "example.com".into(), action: String::new(), at_ms: now };
        let made = match secret {
            ALWAYS_PASSES => example(),
            ALWAYS_FAILS => return Err("invalid-input-response"),
            ALWAYS_USED => return Err("timeout-or-duplicate"),
            secret if !secret.starts_with("0x") => return Err("invalid-input-secret"),
            _ => self.made.get(token).cloned().ok_or("invalid-input-response")?,
        };
        let is_old = now.saturating_sub(made.at_ms) > HOLDS_MS;
        if is_old || (token != DUMMY && !self.used.insert(token.to_owned())) {
            return Err("timeout-or-duplicate");
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0x4AAAAAAAsecret";

    fn turnstile() -> Turnstile {
        let made = Made { hostname: "studio.example".into(), action: "login".into(), at_ms: 1_000 };
        Turnstile { made: HashMap::from([("0.a".to_owned(), made)]), ..Turnstile::default() }
    }

    #[test]
    fn a_token_holds_once_and_for_five_minutes() {
        let verdict = |now| turnstile().verdict(SECRET, "0.a", now).map(|made| made.hostname);
        assert_eq!(verdict(1_000 + HOLDS_MS), Ok("studio.example".to_owned()));
        assert_eq!(verdict(1_001 + HOLDS_MS), Err("timeout-or-duplicate"));
        let mut turnstile = turnstile();
        assert!(turnstile.verdict(SECRET, "0.a", 1_000).is_ok());
        assert_eq!(turnstile.verdict(SECRET, "0.a", 1_000).err(), Some("timeout-or-duplicate"));
    }

    #[test]
    fn secrets_do_as_they_are_said_to() {
        let verdict = |secret, token| turnstile().verdict(secret, token, 1_000).map(|made| made.hostname);
        assert_eq!(verdict(ALWAYS_PASSES, "whatever"), Ok("example.com".to_owned()));
        assert_eq!(verdict(ALWAYS_FAILS, "0.a"), Err("invalid-input-response"));
        assert_eq!(verdict(ALWAYS_USED, "0.a"), Err("timeout-or-duplicate"));
        assert_eq!(verdict(SECRET, DUMMY), Err("invalid-input-response"));
        assert_eq!(verdict("nonsense", "0.a"), Err("invalid-input-secret"));
        assert_eq!(
            (verdict("", "0.a"), verdict(SECRET, "")),
            (Err("missing-input-secret"), Err("missing-input-response"))
        );
        let mut turnstile = turnstile();
        assert!((0..2).all(|_| turnstile.verdict(ALWAYS_PASSES, DUMMY, 0).is_ok()));
    }
}
