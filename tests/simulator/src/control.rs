//! `/_simulator/*`: how a test looks at the service from outside, and sets it up. No key needed.
//!
//! | call | does |
//! |---|---|
//! | `GET figures` | what reached the service |
//! | `GET ledger` | what was accepted and made, what is billed, when requests came in |
//! | `GET`, `POST`, `DELETE faults` | list, plant, clear |
//! | `GET`, `POST`, `DELETE weather` | tell, add, clear: faults by probability |
//! | `GET`, `POST clock` | tell, move forward |
//! | `GET`, `POST`, `DELETE settings` | tell, change, back to the defaults |
//! | `POST turnstile`, `POST access`, `GET`, `POST cloudflare` | Cloudflare's part, see [`crate::cloudflare`] |
//! | `POST reset` | forget tasks, uploads, figures, faults, weather, rates and the moved clock |

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::beijing;
use crate::cloudflare;
use crate::exchange::App;
use crate::fault::Planted;
use crate::settings::{Change, Settings};
use crate::task::Task;
use crate::weather::{Sky, Weather};

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/figures", get(figures))
        .route("/ledger", get(ledger))
        .route("/weather", get(weather).post(blow).delete(calm))
        .route("/faults", get(faults).post(plant).delete(clear))
        .route("/clock", get(clock).post(advance))
        .route("/settings", get(settings).post(change).delete(defaults))
        .route("/reset", post(reset))
        .route("/turnstile", post(cloudflare::turnstile::make))
        .route("/access", post(cloudflare::access::sign))
        .route("/cloudflare", get(cloudflare::tell).post(cloudflare::change))
}

/// How far to move the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_s: f64,
}

async fn figures(State(app): State<Arc<App>>) -> Json<Value> {
    let now = app.now();
    let mut world = app.world();
    world.tasks.advance(now.sim_ms);
    let status =
        |task_id: &str| world.tasks.get(task_id).map_or("UNKNOWN", |task: &Task| task.status(now.sim_ms));
    let mut figures = world.figures.tell(status);
    if let Some(figures) = figures.as_object_mut() {
        figures.insert("uploads".into(), world.store.tell().into());
    }
    Json(figures)
}

async fn ledger(State(app): State<Arc<App>>) -> Json<Value> {
    let now = app.now();
    let mut world = app.world();
    world.tasks.advance(now.sim_ms);
    Json(world.ledger.tell(&world.figures, &world.tasks))
}

async fn weather(State(app): State<Arc<App>>) -> Json<Value> {
    let Sky { weather, struck, .. } = &app.world().sky;
    Json(json!({ "weather": weather, "struck": struck }))
}

async fn blow(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let weather: Weather = read(&body)?;
    if let Some(wrong) = weather.wrong() {
        return Err(Misused(wrong));
    }
    let sky = &mut app.world().sky;
    sky.weather.push(weather);
    Ok(Json(json!({ "weather": sky.weather })))
}

async fn calm(State(app): State<Arc<App>>) -> Json<Value> {
    app.world().sky.weather.clear();
    Json(json!({ "weather": [] }))
}

async fn faults(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "faults": app.world().faults.list() }))
}

async fn plant(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let planted: Planted = read(&body)?;
    let mut world = app.world();
    world.faults.plant(planted);
    Ok(Json(json!({ "faults": world.faults.list() })))
}

async fn clear(State(app): State<Arc<App>>) -> Json<Value> {
    app.world().faults.clear();
    Json(json!({ "faults": [] }))
}

async fn clock(State(app): State<Arc<App>>) -> Json<Value> {
    Json(tell_clock(&app))
}

async fn advance(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let Advance { advance_s } = read(&body)?;
    if !(0.0..=1e10).contains(&advance_s) {
        return Err(Misused("advance_s must be between 0 and 1e10: the clock only goes forward".into()));
    }
    {
        let mut world = app.world();
        world.advanced_ms = world.advanced_ms.saturating_add((advance_s * 1000.0) as u64);
    }
    Ok(Json(tell_clock(&app)))
}

async fn settings(State(app): State<Arc<App>>) -> Json<Settings> {
    Json(app.world().settings.clone())
}

async fn change(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Settings>, Misused> {
    let change: Change = read(&body)?;
    let now = app.now();
    let mut world = app.world();
    let mut settings = world.settings.clone();
    settings.change(change);
    world.set(settings.clone(), now);
    Ok(Json(settings))
}

async fn defaults(State(app): State<Arc<App>>) -> Json<Settings> {
    let now = app.now();
    app.world().set(Settings::default(), now);
    Json(Settings::default())
}

async fn reset(State(app): State<Arc<App>>) -> Json<Value> {
    app.world().reset();
    Json(json!({ "reset": true }))
}

fn tell_clock(app: &App) -> Value {
    let now = app.now();
    let advanced_ms = app.world().advanced_ms;
    json!({
        "now_ms": now.sim_ms,
        "now": beijing::wall(now.sim_ms),
        "real_ms": now.real_ms,
        "scale": app.config.clock.scale(),
        "advanced_s": advanced_ms as f64 / 1000.0,
    })
}

/// A control call that was not understood: said aloud, so that a misspelt test fails.
pub(crate) struct Misused(pub(crate) String);

impl IntoResponse for Misused {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": self.0 }))).into_response()
    }
}

pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Misused> {
    serde_json::from_slice(body).map_err(|error| Misused(format!("not understood (see the README): {error}")))
}
