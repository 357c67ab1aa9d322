//! `POST /compatible-mode/v1/chat/completions` (dashscope-api.md §3.4).

use serde_json::{Map, Value, json};
use std::sync::Arc;

use super::sse::{self, Compatible};
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate;
use crate::models as all_models;
use crate::refusal::{Refusal, known};
use crate::reply::{Created, Reply};
use crate::stream::Plan;
use crate::text::answer::Answer;
use crate::text::create::{check, work_ms};
use crate::text::{messages, models, parameters};
use crate::world::World;

/// Answers at once, or as a stream. Here errors have their own HTTP status, with streaming on too.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &config.api_key)?;
    let body = call.body.as_deref().ok_or(known::TOO_LARGE)?;
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(body) else { return Err(known::BAD_BODY) };
    let name =
        body.get("model").and_then(Value::as_str).filter(|name| !name.is_empty()).ok_or(known::NO_MODEL)?;
    let model = models::find(name).ok_or_else(|| unknown(config, name))?;
    let World { limiter, settings, .. } = world;
    if !settings.admit(limiter, Endpoint::ChatCompletions, Some(name), call.now) {
        return Err(known::TOO_FAST);
    }
    let streaming = body.get("stream").and_then(Value::as_bool).unwrap_or(false);
    let said = body.get("messages").ok_or_else(|| Refusal::parameter("Field required: messages"))?;
    let talk = messages::of_messages(said)?;
    let asked = parameters::common(&body, model, streaming)?;
    let triggers = check(&talk, &asked, model)?;
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let created = Created { task_id: call.request_id.clone(), model: name.to_owned() };
    if let Some(fact) = triggers.fail {
        return Ok(Reply::nested(&fact.into(), &call.request_id).created(created));
    }
    let seed = asked.seed.unwrap_or_else(|| call.random_seed().into());
    let answer = Answer::new(&talk, &asked, &triggers, seed);
    let (id, at) = (format!("chatcmpl-{}", call.request_id), call.now.sim_ms / 1000);
    let wait_ms = triggers.run_ms.unwrap_or(settings.think_ms);
    if streaming {
        let usage = body.get("stream_options").and_then(|options| options.get("include_usage"));
        let usage = usage.and_then(Value::as_bool).unwrap_or(false);
        let script = Compatible { answer, model: name.to_owned(), id, created: at, usage };
        let pace_ms = config.clock.real_ms(settings.frame_ms);
        let plan = Plan { script: Arc::new(script), pace_ms, trouble: triggers.trouble };
        return Ok(Reply::events(plan).created(created).after(wait_ms));
    }
    let choice = |(index, answer): (u64, &Answer)| {
        json!({ "index": index, "finish_reason": answer.finish, "logprobs": null,
            "message": { "role": "assistant", "content": answer.text() } })
    };
    let others = (1..asked.n).map(|number| Answer::new(&talk, &asked, &triggers, seed.wrapping_add(number)));
    let answers: Vec<Answer> = std::iter::once(answer.clone()).chain(others).collect();
    let tokens = answers.iter().map(Answer::all_output_tokens).sum();
    let choices: Vec<Value> = (0..).zip(&answers).map(choice).collect();
    let whole = Map::from_iter([
        ("id".to_owned(), id.into()),
        ("object".to_owned(), "chat.completion".into()),
        ("created".to_owned(), at.into()),
        ("model".to_owned(), name.into()),
        ("system_fingerprint".to_owned(), Value::Null),
        ("choices".to_owned(), choices.into()),
        ("usage".to_owned(), sse::usage(&answer, tokens)),
    ]);
    let wait_ms = wait_ms.saturating_add(work_ms(&answer, settings));
    Ok(Reply::json(&whole.into()).created(created).after(wait_ms))
}

/// No such model, or one of another family (§8.2).
fn unknown(config: &Config, name: &str) -> Refusal {
    let (code, message) = if all_models::exists(config.region, name) {
        ("model_not_supported", format!("Unsupported model {name} for OpenAI compatibility mode."))
    } else {
        ("ModelNotFound", format!("The model {name} does not exist or you do not have access to it."))
    };
    Refusal { status: 404, code: code.into(), message: message.into(), retry_after_s: None }
}
