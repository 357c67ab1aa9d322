//! The message protocol: one message with one text, answered at once or by a task (dashscope-api.md §1.6).

use serde_json::{Map, Value, json};

use super::models::{self, ImageModel};
use super::parameters;
use super::work::{Form, ImageWork};
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, Admitted, AsyncRule};
use crate::models::Family;
use crate::refusal::{Refusal, known};
use crate::reply::{Created, Reply};
use crate::result::{self, Thing};
use crate::task::{self, End, Work, fate};
use crate::trigger;
use crate::world::World;

/// The path whose calls make tasks.
pub(crate) const TASK_PATH: &str = "/api/v1/services/aigc/image-generation/generation";

/// Answers at once, or accepts a task, by the path.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, tasks, made, .. } = world;
    let by_task = call.path == TASK_PATH;
    let (family, rule) = match by_task {
        true => (Family::ImageTask, AsyncRule::Required),
        false => (Family::ImageMessage, AsyncRule::Forbidden),
    };
    let admit = |model: &str| settings.admit(limiter, Endpoint::ImageMessageCreate, Some(model), call.now);
    let admitted = gate::admit(call.asked(), &config.api_key, config.region, family, rule, admit)?;
    let model = models::find(config.region, &admitted.model).ok_or(known::UNKNOWN_MODEL)?;
    let admitted = classic(admitted)?;
    let read = parameters::read(&admitted, model, settings.accept_1140())?;
    let triggers = trigger::parse(&read.prompt)?;
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let mut work = ImageWork::new(&admitted.model, model.mark, &read, call.random_seed());
    work.lost = triggers.lost.clone();
    work.form = Form::Choices;
    let fate = fate::of(&triggers, work.run_ms(), work.all_lost().cloned());
    if by_task {
        return Ok(task::accept(
            tasks,
            call,
            settings,
            admitted.model,
            &triggers,
            fate,
            Work::Image(Box::new(work)),
        ));
    }
    let created = Created { task_id: call.request_id.clone(), model: admitted.model };
    if let End::Failed(fact) = fate.end {
        return Ok(Reply::refused(&fact.into(), &call.request_id).created(created).after(fate.run_ms));
    }
    let now_ms = call.now.sim_ms;
    let pictures =
        (1..=work.n).filter_map(|number| Some((number, Thing::Picture(Box::new(work.picture(number)?)))));
    made.keep(&call.request_id, pictures.collect(), now_ms);
    let url = |number| {
        result::address(config, call, &call.request_id, number, "png", now_ms.saturating_add(fate.run_ms))
    };
    let body = answer(&work, model, &call.request_id, url);
    Ok(Reply::json(&body).created(created).after(fate.run_ms))
}

/// The same call as the classic protocol has it.
fn classic(admitted: Admitted) -> Result<Admitted, Refusal> {
    let wrong =
        || Refusal::parameter("input.messages must contain exactly one user message with exactly one text.");
    let only = |value: Option<&Value>| match value.and_then(Value::as_array).map(Vec::as_slice) {
        Some([one]) => Some(one.clone()),
        _ => None,
    };
    let message = only(admitted.input.get("messages")).ok_or_else(wrong)?;
    if message.get("role").and_then(Value::as_str) != Some("user") {
        return Err(wrong());
    }
    let text = only(message.get("content")).and_then(|part| part.get("text").cloned()).ok_or_else(wrong)?;
    let mut input = Map::from_iter([("prompt".to_owned(), text)]);
    if let Some(negative) = admitted.parameters.get("negative_prompt") {
        input.insert("negative_prompt".to_owned(), negative.clone());
    }
    Ok(Admitted { input, ..admitted })
}

/// A whole answer: wan tells the type of each part and the size of all, qwen-image the metrics and the sides.
fn answer(work: &ImageWork, model: &ImageModel, request_id: &str, url: impl Fn(u32) -> String) -> Value {
    if model.mark == models::QWEN_MARK {
        let (made, lost) = work.counts();
        let metric = json!({ "FAILED": lost, "SUCCEEDED": made, "TOTAL": work.n });
        let output = json!({ "choices": work.choices(false, url), "task_metric": metric });
        let usage =
            json!({ "height": work.spec.size.height, "image_count": made, "width": work.spec.size.width });
        return json!({ "output": output, "usage": usage, "request_id": request_id });
    }
    let (output, usage) = work.finished(url);
    let mut output = Value::from(output);
    if let Some(output) = output.as_object_mut() {
        output.remove("task_metrics");
    }
    json!({ "output": output, "usage": usage, "request_id": request_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_message_with_one_text_and_nothing_else() {
        let read = |messages: Value| {
            let input = Map::from_iter([("messages".to_owned(), messages)]);
            let parameters = json!({"negative_prompt": "丑"});
            classic(Admitted { model: "wan2.6-t2i".into(), input, parameters })
        };
        let text = json!({"text": "猫"});
        let good = read(json!([{"role": "user", "content": [text]}])).unwrap();
        assert_eq!((&good.input["prompt"], &good.input["negative_prompt"]), (&json!("猫"), &json!("丑")));
        for bad in [
            json!([]),
            json!("猫"),
            json!([{"role": "system", "content": [text]}]),
            json!([{"role": "user", "content": [text, text]}]),
            json!([{"role": "user", "content": "猫"}]),
            json!([{"role": "user", "content": [{"image": "u"}]}]),
            json!([{"role": "user", "content": [text]}, {"role": "user", "content": [text]}]),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}
