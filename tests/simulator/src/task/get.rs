//! `GET /api/v1/tasks/{task_id}`, also by POST (dashscope-api.md §2.1).

use serde_json::{Map, Value, json};

use super::{End, LIFE_MS, Phase, Task, Work, unknown};
use crate::beijing;
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::result::path;
use crate::world::World;

/// The poll.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &config.api_key)?;
    let World { limiter, settings, tasks, .. } = world;
    if !settings.admit(limiter, Endpoint::TaskGet, None, call.now) {
        return Err(known::TOO_FAST);
    }
    tasks.advance(call.now.sim_ms);
    let task_id = call.task_id.as_deref().unwrap_or_default();
    let body = match tasks.get(task_id) {
        Some(task) if !task.gone(call.now.sim_ms) => {
            let sign = |path: &str, made_ms: u64| {
                let query = config.signer.query(path, made_ms.saturating_add(LIFE_MS) / 1000);
                format!("{}{path}?{query}", call.origin)
            };
            view(task, call.now.sim_ms, &call.request_id, sign)
        }
        _ => unknown(task_id, &call.request_id),
    };
    Ok(Reply::json(&body))
}

/// The poll's body for a task at this time. `sign` makes the address of a file made at a time.
pub fn view(task: &Task, now_ms: u64, request_id: &str, sign: impl Fn(&str, u64) -> String) -> Value {
    let mut output = Map::new();
    let mut put = |name: &str, value: Value| output.insert(name.to_owned(), value);
    put("task_id", task.order.task_id.clone().into());
    put("task_status", task.status(now_ms).into());
    put("submit_time", beijing::wall(task.submit_ms).into());
    if let Some(start_ms) = task.start_ms() {
        put("scheduled_time", beijing::wall(start_ms).into());
    }
    if let Some(end_ms) = task.end_ms() {
        put("end_time", beijing::wall(end_ms).into());
    }
    let url = |end_ms: u64| {
        let path = |number, extension: &str| path::of(&task.order.task_id, number, extension, task.submit_ms);
        let sign = &sign;
        move |number, extension: &str| sign(&path(number, extension), end_ms)
    };
    let mut usage = None;
    match (task.phase, &task.order.end) {
        (Phase::Running { .. }, _) => {
            output.extend(metrics(task, false));
        }
        (Phase::Ended { end_ms, .. }, End::Succeeded) => {
            let (fields, used) = task.finished(url(end_ms));
            output.extend(fields);
            usage = Some(used);
        }
        (Phase::Ended { end_ms, .. }, End::Failed(fact)) => {
            put("code", fact.code.into());
            put("message", fact.message.into());
            output.extend(metrics(task, true));
            // Each recording says what became of it, also when all failed (§6.2).
            if matches!(task.order.work, Work::Transcription(_)) {
                output.extend(task.finished(url(end_ms)).0);
            }
        }
        (Phase::Pending | Phase::Canceled { .. }, _) => {}
    }
    let mut body = json!({ "request_id": request_id, "output": output });
    if let (Some(usage), Some(body)) = (usage, body.as_object_mut()) {
        body.insert("usage".into(), usage);
    }
    body
}

fn metrics(task: &Task, failed: bool) -> Option<(String, Value)> {
    task.metrics(failed).map(|metrics| ("task_metrics".to_owned(), metrics))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Tasks;
    use crate::task::book_fixture::order;

    const T0: u64 = 1_768_874_400_101;

    fn at(tasks: &mut Tasks, after_ms: u64) -> Value {
        tasks.advance(T0 + after_ms);
        view(tasks.get("t1").unwrap(), T0 + after_ms, "r", |path, _| format!("http://h{path}"))
    }

    #[test]
    fn a_task_is_told_as_the_document_shows_it_at_each_time() {
        let mut tasks = Tasks::new(2);
        tasks.accept(order("t1", End::Succeeded), T0);
        let pending =
            json!({"task_id": "t1", "task_status": "PENDING", "submit_time": "2026-01-20 10:00:00.101"});
        assert_eq!(at(&mut tasks, 999), json!({"request_id": "r", "output": pending}));
        let running = at(&mut tasks, 1_000);
        assert_eq!(running["output"]["task_status"], "RUNNING");
        assert_eq!(running["output"]["scheduled_time"], "2026-01-20 10:00:01.101");
        assert_eq!(running["output"]["task_metrics"], json!({"TOTAL": 2, "SUCCEEDED": 0, "FAILED": 0}));
        assert!(running["output"].get("results").is_none() && running.get("usage").is_none());
        let done = at(&mut tasks, 11_000);
        assert_eq!(done["output"]["task_status"], "SUCCEEDED");
        assert_eq!(done["output"]["end_time"], "2026-01-20 10:00:11.101");
        assert_eq!(done["output"]["results"].as_array().unwrap().len(), 2);
        assert_eq!(done["usage"], json!({"image_count": 2}));
    }

    #[test]
    fn a_failed_task_carries_its_code_inside_the_output() {
        let mut tasks = Tasks::new(2);
        let fact = crate::catalogue::find("DataInspectionFailed", 1).unwrap();
        tasks.accept(order("t1", End::Failed(fact)), T0);
        let failed = at(&mut tasks, 11_000);
        assert_eq!(failed["output"]["task_status"], "FAILED");
        assert_eq!(failed["output"]["code"], "DataInspectionFailed");
        assert_eq!(failed["output"]["message"], "Input data may contain inappropriate content.");
        assert!(failed["output"].get("results").is_none() && failed.get("code").is_none());
    }

    #[test]
    fn a_cancelled_task_was_never_scheduled() {
        let mut tasks = Tasks::new(2);
        tasks.accept(order("t1", End::Succeeded), T0);
        assert!(tasks.cancel("t1", T0 + 500) && !tasks.cancel("t1", T0 + 600));
        let canceled = at(&mut tasks, 11_000);
        assert_eq!(canceled["output"]["task_status"], "CANCELED");
        assert_eq!(canceled["output"]["end_time"], "2026-01-20 10:00:00.601");
        assert!(canceled["output"].get("scheduled_time").is_none());
    }

    #[test]
    fn after_a_day_or_when_lost_a_task_is_unknown() {
        let mut tasks = Tasks::new(2);
        tasks.accept(order("t1", End::Succeeded), T0);
        tasks.advance(T0 + LIFE_MS);
        assert_eq!(tasks.get("t1").unwrap().status(T0 + LIFE_MS - 1), "SUCCEEDED");
        assert_eq!(tasks.get("t1").unwrap().status(T0 + LIFE_MS), "UNKNOWN");
        tasks.accept(crate::task::Order { forgotten: true, ..order("t2", End::Succeeded) }, T0);
        assert_eq!(tasks.get("t2").unwrap().status(T0), "UNKNOWN");
        assert!(!tasks.cancel("t2", T0), "what is lost cannot be cancelled either");
    }
}
