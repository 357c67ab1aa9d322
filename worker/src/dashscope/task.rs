//! The vendor's tasks (`dashscope-api.md` §1.4, §2.2).

use serde_json::Value;
use studio_shared::error::code;
use studio_shared::usage::Usage;

use super::fault::Fault;

/// Where a task stands at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskStatus {
    /// Queued there; can still be cancelled.
    Pending,
    /// Working, or in a state that is not known to be an end (`SUSPENDED`).
    Running,
    /// At least one result exists.
    Succeeded,
    /// Nothing came out.
    Failed,
    /// Cancelled while queued.
    Canceled,
    /// No such task, or expired, or another account's.
    Unknown,
}

/// One polled task.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Task {
    /// Where it stands.
    pub(crate) status: TaskStatus,
    /// Results in order; present once it succeeded.
    pub(crate) items: Vec<Item>,
    /// Why it failed.
    pub(crate) fault: Option<Fault>,
    /// What was used and is billed, by the vendor's count; absent where it gives none.
    pub(crate) usage: Option<Usage>,
}

/// One place in the results of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A result.
    File {
        /// Its signed address. Never leaves the worker.
        url: String,
        /// The prompt as the vendor repeats it.
        orig_prompt: Option<String>,
        /// The prompt as rewritten.
        actual_prompt: Option<String>,
    },
    /// A result that was lost.
    Lost(Fault),
}

impl Task {
    /// Reads the answer of a poll; `None` where it is none.
    pub(super) fn read(body: &Value) -> Option<Self> {
        let output = body.get("output")?;
        let status = match output.get("task_status")?.as_str()? {
            "PENDING" => TaskStatus::Pending,
            "SUCCEEDED" => TaskStatus::Succeeded,
            "FAILED" => TaskStatus::Failed,
            "CANCELED" => TaskStatus::Canceled,
            "UNKNOWN" => TaskStatus::Unknown,
            _ => TaskStatus::Running,
        };
        let results = output.get("results").and_then(Value::as_array);
        let items = results.map(|items| items.iter().map(item).collect()).unwrap_or_default();
        Some(Self {
            status,
            items,
            fault: (status == TaskStatus::Failed).then(|| task_fault(body)),
            usage: body.get("usage").map(usage),
        })
    }
}

fn usage(value: &Value) -> Usage {
    let count =
        |name: &str| value.get(name).and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok());
    Usage { image_count: count("image_count"), ..Usage::default() }
}

fn item(value: &Value) -> Item {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    match text("url") {
        Some(url) => {
            Item::File { url, orig_prompt: text("orig_prompt"), actual_prompt: text("actual_prompt") }
        }
        None => Item::Lost(task_fault(value)),
    }
}

/// The error of a task or of one place in it; `TaskFailed` only where it carries none of its own
/// (`dashscope-api.md` §10 row 13).
fn task_fault(value: &Value) -> Fault {
    Fault::read(0, value).unwrap_or_else(|| Fault {
        status: 0,
        code: code::TASK_FAILED.to_owned(),
        message: String::new(),
        request_id: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_references_finished_task() {
        let body = json!({"request_id":"xxx",
         "output":{"task_id":"xxx","task_status":"SUCCEEDED",
          "submit_time":"2025-08-13 18:04:35.703","scheduled_time":"2025-08-13 18:04:35.732",
          "end_time":"2025-08-13 18:04:55.601",
          "results":[{"orig_prompt":"原始提示词","actual_prompt":"改写后提示词","url":"https://xxx.png"}]}});
        let task = Task::read(&body).unwrap();
        assert_eq!(task.status, TaskStatus::Succeeded);
        assert_eq!(
            task.items,
            [Item::File {
                url: "https://xxx.png".to_owned(),
                orig_prompt: Some("原始提示词".to_owned()),
                actual_prompt: Some("改写后提示词".to_owned()),
            }]
        );
        assert_eq!(task.usage, None); // row 27: absent in the reference, present live
    }

    #[test]
    fn a_lost_picture_keeps_its_place() {
        let body = json!({"output":{"task_status":"SUCCEEDED","results":[
            {"url":"u"},
            {"code":"InternalError.Timeout","message":"m"},
            {}]},"usage":{"image_count":1}});
        let task = Task::read(&body).unwrap();
        assert_eq!(task.items.len(), 3);
        assert!(matches!(&task.items[1], Item::Lost(fault) if fault.code == "InternalError.Timeout"));
        assert!(matches!(&task.items[2], Item::Lost(fault) if fault.code == "TaskFailed"));
        assert_eq!(task.usage.unwrap().image_count, Some(1));
    }

    #[test]
    fn row_13_a_failed_task_keeps_the_real_code() {
        let failed = |output: Value| Task::read(&json!({ "output": output })).unwrap().fault.unwrap().code;
        let real = json!({"task_status":"FAILED","code":"DataInspectionFailed","message":"m"});
        assert_eq!(failed(real), "DataInspectionFailed");
        assert_eq!(failed(json!({"task_status":"FAILED"})), "TaskFailed");
    }

    #[test]
    fn row_29_an_unknown_task_is_an_answer() {
        let body = json!({"output":{"task_id":"no-such-task","task_status":"UNKNOWN"}});
        assert_eq!(Task::read(&body).unwrap().status, TaskStatus::Unknown);
    }

    #[test]
    fn what_is_no_task_is_none() {
        for body in [json!(null), json!({}), json!({"output":{}}), json!({"output":{"task_status":1}})] {
            assert_eq!(Task::read(&body), None, "{body}");
        }
        let suspended = json!({"output":{"task_status":"SUSPENDED"}});
        assert_eq!(Task::read(&suspended).unwrap().status, TaskStatus::Running);
    }
}
