//! `POST /api/v1/services/aigc/text2image/image-synthesis` (dashscope-api.md §1.1).

use serde_json::json;

use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::image::work::ImageWork;
use crate::image::{models, parameters};
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::{Created, Reply};
use crate::task::{End, Order, Work};
use crate::trigger::{self, Triggers};
use crate::world::World;

/// What a task that fails its content check still takes (the document's example: 3.7 s).
const FAILING_MS: u64 = 3_600;
/// "An async task that yields nothing for 3 h ends as FAILED" (§2.2).
const THREE_HOURS_MS: u64 = 3 * 3_600_000;

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
    let order = Order {
        task_id: call.new_id(),
        request_id: call.request_id.clone(),
        model: admitted.model.clone(),
        pending_ms: triggers.pending_ms.unwrap_or(settings.queue_ms),
        run_ms: run_ms(&work, &triggers),
        end: end(&work, &triggers),
        forgotten: triggers.lose,
        work: Work::Image(Box::new(work)),
    };
    let created = Created { task_id: order.task_id.clone(), model: order.model.clone() };
    let output = json!({ "task_status": "PENDING", "task_id": order.task_id });
    tasks.accept(order, call.now.sim_ms);
    Ok(Reply::json(&json!({ "output": output, "request_id": call.request_id })).created(created))
}

/// Check (10): content. For images it is the task that fails, not the call.
fn end(work: &ImageWork, triggers: &Triggers) -> End {
    let timeout = || crate::catalogue::find("InternalError.Timeout", 1).filter(|_| triggers.timeout);
    match timeout().or_else(|| triggers.fail.clone()).or_else(|| work.all_lost().cloned()) {
        Some(fact) => End::Failed(fact),
        None => End::Succeeded,
    }
}

fn run_ms(work: &ImageWork, triggers: &Triggers) -> u64 {
    match triggers {
        Triggers { timeout: true, .. } => THREE_HOURS_MS,
        Triggers { run_ms: Some(run_ms), .. } => *run_ms,
        Triggers { fail: Some(_), .. } => FAILING_MS,
        _ => work.run_ms(),
    }
}
