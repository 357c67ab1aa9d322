//! Two services of Cloudflare's that stand beside the vendor's: the check of Turnstile's tokens, and the keys of a team's
//! Access. A product under test asks here in place of `challenges.cloudflare.com` and `TEAM.cloudflareaccess.com`.
//!
//! | path | |
//! |---|---|
//! | `POST /turnstile/v0/siteverify` | [`turnstile`] |
//! | `GET /cdn-cgi/access/certs` | [`access`] |
//! | `POST /_simulator/turnstile` | a token, as the widget would give it |
//! | `POST /_simulator/access` | an assertion, as Access would send it |
//! | `GET`, `POST /_simulator/cloudflare` | what was asked; whether they answer |

pub(crate) mod access;
pub(crate) mod turnstile;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::control::{Misused, read};
use crate::exchange::App;

/// Whether both services answer.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Mood {
    /// As they should.
    #[default]
    Up,
    /// With a page that says that they are not there.
    Down,
    /// With a redirect to this address.
    Redirect(String),
    /// With something that is no answer of theirs.
    Babble,
}

/// The state of both.
#[derive(Debug, Default)]
pub(crate) struct Cloudflare {
    mood: Mood,
    turnstile: turnstile::Turnstile,
    access: access::Access,
}

/// An answer that stands in the place of the service's own.
fn trouble(mood: &Mood) -> Option<Response<Body>> {
    Some(match mood {
        Mood::Up => return None,
        Mood::Down => (StatusCode::SERVICE_UNAVAILABLE, "<html>error code: 1105</html>").into_response(),
        Mood::Redirect(to) => (StatusCode::FOUND, [(LOCATION, to.clone())]).into_response(),
        Mood::Babble => Json(json!({"keys": "none", "success": "of course"})).into_response(),
    })
}

/// What of both can be changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    mood: Mood,
}

pub(crate) async fn tell(State(app): State<Arc<App>>) -> Json<Value> {
    let Cloudflare { mood, turnstile, access } = &app.world().cloudflare;
    Json(json!({"mood": mood, "siteverify": turnstile.asked, "certs": access.asked}))
}

pub(crate) async fn change(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let Change { mood } = read(&body)?;
    app.world().cloudflare.mood = mood.clone();
    Ok(Json(json!({"mood": mood})))
}
