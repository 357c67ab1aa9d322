//! `POST /api/v1/services/aigc/text-generation/generation` (dashscope-api.md §3).

use serde_json::{Value, json};
use std::sync::Arc;

use super::answer::Answer;
use super::messages::{self, Talk};
use super::models::{self, TextModel};
use super::parameters::{self, Parameters};
use super::sse::{self, Native};
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::ledger::digest;
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::{Created, Reply};
use crate::settings::Settings;
use crate::stream::Plan;
use crate::trigger::{self, Triggers};
use crate::world::World;

/// Answers at once, or as a stream.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, ledger, .. } = world;
    let admitted = gate::admit(
        call.asked(),
        &config.api_key,
        config.region,
        Family::Text,
        AsyncRule::Forbidden,
        |model| settings.admit(limiter, Endpoint::TextGenerate, Some(model), call.now),
    )?;
    let model = models::find(&admitted.model).ok_or(known::UNKNOWN_MODEL)?;
    let streaming = call.wants_events();
    let checked = messages::of_input(&admitted.input).and_then(|talk| {
        let asked = parameters::read(&admitted.parameters, model, streaming)?;
        let triggers = check(&talk, &asked, model)?;
        Ok((talk, asked, triggers))
    });
    let (talk, asked, triggers) = match checked {
        Ok(checked) => checked,
        // With streaming on, an error of check (9) or (10) is an event, at status 200 (§3.3).
        Err(refusal) if streaming => return Ok(error_event(&refusal, &call.request_id)),
        Err(refusal) => return Err(refusal),
    };
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let created = Created { task_id: call.request_id.clone(), model: admitted.model.clone() };
    if let Some(fact) = triggers.fail {
        let refusal = Refusal::from(fact);
        let reply = match streaming {
            true => error_event(&refusal, &call.request_id),
            false => Reply::refused(&refusal, &call.request_id),
        };
        return Ok(reply.created(created));
    }
    let seed = asked.seed.unwrap_or_else(|| call.random_seed().into());
    let answer = Answer::new(&talk, &asked, &triggers, seed);
    ledger.made(&call.request_id, 1, digest(answer.text().as_bytes()));
    let wait_ms = triggers.run_ms.unwrap_or(settings.think_ms);
    let reply = if streaming {
        let script = Native {
            answer,
            message: asked.message,
            incremental: asked.incremental,
            request_id: call.request_id.clone(),
        };
        let pace_ms = config.clock.real_ms(settings.frame_ms);
        Reply::events(Plan { script: Arc::new(script), pace_ms, trouble: triggers.trouble }).after(wait_ms)
    } else {
        let others =
            (1..asked.n).map(|number| Answer::new(&talk, &asked, &triggers, seed.wrapping_add(number)));
        let answers: Vec<Answer> = others.collect();
        let wait_ms = wait_ms.saturating_add(work_ms(&answer, settings));
        Reply::json(&whole(&answer, &answers, asked.message, &call.request_id)).after(wait_ms)
    };
    Ok(reply.created(created))
}

/// Checks that need the whole of it; the markers are those of what the user said last.
pub(crate) fn check(talk: &Talk, asked: &Parameters, model: &TextModel) -> Result<Triggers, Refusal> {
    if talk.tokens > model.input {
        return Err(Refusal::parameter(format!("Range of input length should be [1, {}]", model.input)));
    }
    let said = || talk.last.to_lowercase().contains("json") || talk.before.to_lowercase().contains("json");
    if asked.json && !said() {
        return Err(Refusal::parameter(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        ));
    }
    trigger::parse(&talk.last)
}

/// Simulated milliseconds that a whole answer takes: as long as its stream would.
pub(crate) fn work_ms(answer: &Answer, settings: &Settings) -> u64 {
    let frames = u64::try_from(answer.pieces.len()).unwrap_or(u64::MAX);
    frames.saturating_mul(settings.frame_ms)
}

fn error_event(refusal: &Refusal, request_id: &str) -> Reply {
    let event = sse::error(0, refusal.status, &refusal.body(request_id));
    Reply::new(200, "text/event-stream;charset=UTF-8", event)
}

/// A whole answer (§3.2), or several.
fn whole(answer: &Answer, others: &[Answer], message: bool, request_id: &str) -> Value {
    let output = if message {
        let choice = |(index, answer): (usize, &Answer)| {
            json!({ "finish_reason": answer.finish, "index": index,
                "message": { "role": "assistant", "content": answer.text() } })
        };
        let choices: Vec<Value> = std::iter::once(answer).chain(others).enumerate().map(choice).collect();
        json!({ "choices": choices })
    } else {
        json!({ "finish_reason": answer.finish, "text": answer.text() })
    };
    let more: u32 = others.iter().map(Answer::all_output_tokens).sum();
    let usage = answer.usage(answer.all_output_tokens().saturating_add(more));
    json!({ "output": output, "usage": usage, "request_id": request_id })
}
