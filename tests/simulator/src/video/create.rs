//! `POST /api/v1/services/aigc/video-generation/video-synthesis` (dashscope-api.md §4.1).

use super::work::VideoWork;
use super::{models, parameters};
use crate::call::Call;
use crate::catalogue::{self, Fact};
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::task::fate::{self, Fate};
use crate::task::{self, Work};
use crate::trigger;
use crate::world::World;

/// A bad size is found this soon (the document's example).
const BAD_SIZE_MS: u64 = 450;

/// Accepts a task or refuses it.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, tasks, .. } = world;
    let admitted = gate::admit(
        call.asked(),
        &config.api_key,
        config.region,
        Family::Video,
        AsyncRule::Required,
        |model| settings.admit(limiter, Endpoint::VideoCreate, Some(model), call.now),
    )?;
    let model = models::find(config.region, &admitted.model).ok_or(known::UNKNOWN_MODEL)?;
    let read = parameters::read(&admitted, model)?;
    let triggers = trigger::parse(&read.prompt)?;
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let work = VideoWork::new(model, &read, call.random_seed());
    let lost = triggers.lost.as_ref().filter(|(count, _)| *count > 0).map(|(_, fact)| fact.clone());
    let fate = match work.film {
        Some(_) => fate::of(&triggers, work.run_ms(), lost),
        None => Fate { run_ms: BAD_SIZE_MS, ..fate::of(&triggers, BAD_SIZE_MS, bad_size()) },
    };
    Ok(task::accept(tasks, call, settings, admitted.model, &triggers, fate, Work::Video(Box::new(work))))
}

/// "A bad size may pass creation and surface only in the poll" (§4.2).
fn bad_size() -> Option<Fact> {
    catalogue::texts("InvalidParameter").find(|fact| fact.message.starts_with("The size is not match"))
}
