//! `POST /api/v1/services/aigc/text2image/image-synthesis` (dashscope-api.md §1.1).

use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::image::work::ImageWork;
use crate::image::{models, parameters};
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::task::{self, Work, fate};
use crate::trigger;
use crate::world::World;

/// Accepts a task or refuses it.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, tasks, .. } = world;
    let admitted = gate::admit(
        call.asked(),
        &config.api_key,
        config.region,
        Family::Image,
        AsyncRule::Required,
        |model| settings.admit(limiter, Endpoint::ImageCreate, Some(model), call.now),
    )?;
    let model = models::find(config.region, &admitted.model).ok_or(known::UNKNOWN_MODEL)?;
    let read = parameters::read(&admitted, model, settings.accept_1140())?;
    let triggers = trigger::parse(&read.prompt)?;
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let mut work = ImageWork::new(&admitted.model, model.mark, &read, call.random_seed());
    work.lost = triggers.lost.clone();
    let fate = fate::of(&triggers, work.run_ms(), work.all_lost().cloned());
    Ok(task::accept(tasks, call, settings, admitted.model, &triggers, fate, Work::Image(Box::new(work))))
}
