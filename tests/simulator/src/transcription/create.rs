//! `POST /api/v1/services/audio/asr/transcription` (dashscope-api.md §6.1).

use super::work::AsrWork;
use super::{file, models, parameters};
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::task::{self, Work, fate};
use crate::trigger::Triggers;
use crate::world::World;

/// Accepts a task or refuses it.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, tasks, store, .. } = world;
    let admit = |model: &str| settings.admit(limiter, Endpoint::AsrCreate, Some(model), call.now);
    let rule = AsyncRule::Required;
    let admitted =
        gate::admit(call.asked(), &config.api_key, config.region, Family::Transcription, rule, admit)?;
    let model = models::find(&admitted.model).ok_or(known::UNKNOWN_MODEL)?;
    let asked = parameters::read(&admitted, model)?;
    let resolves = call
        .header("x-dashscope-ossresourceresolve")
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("enable"));
    let (mut files, mut first) = (Vec::new(), Triggers::default());
    for (number, url) in asked.urls.iter().enumerate() {
        let key = url.strip_prefix("oss://");
        let web = url.starts_with("http://") || url.starts_with("https://");
        if !web && !key.is_some_and(|_| resolves) {
            return Err(known::NOT_A_URL);
        }
        let triggers = file::triggers(url)?;
        // A file belongs to the model it was uploaded for (§7).
        let stored =
            key.and_then(|key| store.get(key, call.now.sim_ms)).filter(|file| file.model == admitted.model);
        files.push(file::judge(url, &triggers, stored));
        if number == 0 {
            first = triggers;
        }
    }
    if let Some(refusal) = first.refuse {
        return Err(refusal);
    }
    let work = AsrWork { files, asked };
    // A marked failure is the file's, and the task's only when it is the only one.
    let lost = work.all_lost();
    let fate = fate::of(&Triggers { fail: None, ..first.clone() }, work.run_ms(), lost);
    Ok(task::accept(tasks, call, settings, admitted.model, &first, fate, Work::Transcription(Box::new(work))))
}
