//! `POST /api/v1/tasks/{task_id}/cancel`: only while PENDING (dashscope-api.md §2.3).

use serde_json::json;

use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::world::World;

/// Cancels, or says that only a queued task can be.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &config.api_key)?;
    let World { limiter, settings, tasks, .. } = world;
    if !settings.admit(limiter, Endpoint::TaskCancel, None, call.now) {
        return Err(known::TOO_FAST);
    }
    tasks.advance(call.now.sim_ms);
    if !tasks.cancel(call.task_id.as_deref().unwrap_or_default(), call.now.sim_ms) {
        return Err(known::NOT_PENDING);
    }
    Ok(Reply::json(&json!({ "request_id": call.request_id })))
}
