//! The vendor's tasks (`dashscope-api.md` §1.4, §1.6, §2.2, §4.2, §6.2).

use serde_json::Value;
use studio_shared::error::code;
use studio_shared::usage::Usage;

use super::fault::Fault;
use super::used;

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

impl TaskStatus {
    /// The state of that name (§2.2).
    pub(super) fn of(name: &str) -> Self {
        match name {
            "PENDING" => Self::Pending,
            "SUCCEEDED" => Self::Succeeded,
            "FAILED" => Self::Failed,
            "CANCELED" => Self::Canceled,
            "UNKNOWN" => Self::Unknown,
            _ => Self::Running,
        }
    }

    /// The name on the wire.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Canceled => "CANCELED",
            Self::Unknown => "UNKNOWN",
        }
    }
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
    /// What it was made of, as the vendor repeats it: the prompt, or the recording's address.
    pub(crate) made_of: Option<String>,
    /// How many results were asked for, by `task_metrics`.
    pub(crate) asked: Option<u32>,
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
        let status = TaskStatus::of(output.get("task_status")?.as_str()?);
        Some(Self {
            status,
            items: items(output),
            fault: (status == TaskStatus::Failed).then(|| failure(body, output)),
            usage: body.get("usage").map(used::read),
            made_of: made_of(output),
            asked: asked(output),
        })
    }

    /// Reads an answer that carries its results: there never is a task (§1.6). `None` where there are none.
    pub(super) fn at_once(body: &Value) -> Option<Self> {
        let items = items(body.get("output")?);
        let usage = body.get("usage").map(used::read);
        let task =
            Self { status: TaskStatus::Succeeded, items, fault: None, usage, made_of: None, asked: None };
        (!task.items.is_empty()).then_some(task)
    }
}

/// The results in order, in the form of any family: `results` of the classic protocol and of transcripts (§1.4,
/// §6.2), `choices` of the message protocol (§1.6), the one film in the `output` itself (§4.2), the one `audio` (§5.5).
fn items(output: &Value) -> Vec<Item> {
    if output.get("video_url").is_some() {
        return vec![item(output)];
    }
    if let Some(audio) = output.get("audio").filter(|audio| audio.get("url").is_some()) {
        return vec![item(audio)];
    }
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned();
    if let Some(results) = list(output, "results") {
        return results.iter().map(item).collect();
    }
    let contents = list(output, "choices").unwrap_or_default();
    let parts = contents.iter().filter_map(|choice| list(choice.get("message")?, "content")).flatten();
    parts.filter(|part| part.get("image").is_some()).map(|part| item(&part)).collect()
}

/// The prompt that results carry (§1.4), or a film's task (§4.2); the address of a recording (§6.2).
fn made_of(output: &Value) -> Option<String> {
    let text = |value: &Value| {
        ["orig_prompt", "file_url"].iter().find_map(|name| value.get(name)?.as_str().map(str::to_owned))
    };
    let results = output.get("results").and_then(Value::as_array);
    text(output).or_else(|| results?.iter().find_map(text))
}

/// `TOTAL` of `task_metrics`, which the message protocol calls `task_metric` (§1.6).
fn asked(output: &Value) -> Option<u32> {
    let metrics = ["task_metrics", "task_metric"].iter().find_map(|name| output.get(name))?;
    metrics.get("TOTAL")?.as_u64().and_then(|total| u32::try_from(total).ok())
}

fn item(value: &Value) -> Item {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let address = ["url", "transcription_url", "image", "video_url"].into_iter().find_map(text);
    match address {
        Some(url) => {
            Item::File { url, orig_prompt: text("orig_prompt"), actual_prompt: text("actual_prompt") }
        }
        None => Item::Lost(task_fault(value)),
    }
}

/// Why a task failed: its own code, else that of its first sub-task that has one (§6.2).
fn failure(body: &Value, output: &Value) -> Fault {
    let own = Fault::read(0, body);
    let results = output.get("results").and_then(Value::as_array);
    own.or_else(|| results?.iter().find_map(|result| Fault::read(0, result)))
        .unwrap_or_else(|| task_fault(output))
}

/// The error of a task or of one place in it; `TaskFailed` only where it carries no code of its own
/// (`dashscope-api.md` §10 row 13).
fn task_fault(value: &Value) -> Fault {
    Fault::read(0, value).unwrap_or_else(|| Fault {
        status: 0,
        code: code::TASK_FAILED.to_owned(),
        message: value.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
        request_id: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn row_27_a_result_may_have_neither_metrics_nor_usage() {
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
    fn row_28_a_lost_picture_keeps_its_place() {
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

    fn addresses(task: &Task) -> Vec<Option<&str>> {
        let address = |item: &Item| match item {
            Item::File { url, .. } => Some(url.clone()),
            Item::Lost(_) => None,
        };
        task.items.iter().map(address).map(|url| url.map(|url| &*url.leak())).collect()
    }

    #[test]
    fn pictures_of_the_message_protocol_are_in_choices() {
        let choice = |url: &str| {
            json!({"finish_reason":"stop",
            "message":{"role":"assistant","content":[{"image":url,"type":"image"}]}})
        };
        let body = json!({"output":{"task_status":"SUCCEEDED","choices":[choice("a"), choice("b")],
            "finished":true},"usage":{"image_count":2,"size":"1280*1280"}});
        let task = Task::read(&body).unwrap();
        assert_eq!(
            (addresses(&task), task.usage.unwrap().image_count),
            (vec![Some("a"), Some("b")], Some(2))
        );
        let body = json!({"output":{"choices":[{"message":{"content":[{"image":"a"},{"image":"b"}]}}],
            "task_metric":{"TOTAL":2}},"usage":{"image_count":2}});
        let task = Task::at_once(&body).unwrap();
        assert_eq!((task.status, addresses(&task)), (TaskStatus::Succeeded, vec![Some("a"), Some("b")]));
        for none in
            [json!({}), json!({"output":{}}), json!({"output":{"choices":[{"message":{"content":"x"}}]}})]
        {
            assert_eq!(Task::at_once(&none), None, "{none}");
        }
    }

    #[test]
    fn a_film_is_in_the_output_itself() {
        let body = json!({"output":{"task_status":"SUCCEEDED","orig_prompt":"海","actual_prompt":"清晨的海",
            "video_url":"v"},"usage":{"video_count":1,"video_duration":5,"video_ratio":"832*480"}});
        let task = Task::read(&body).unwrap();
        let [Item::File { url, actual_prompt, .. }] = task.items.as_slice() else { panic!("{task:?}") };
        assert_eq!((url.as_str(), actual_prompt.as_deref()), ("v", Some("清晨的海")));
        assert_eq!(task.usage.unwrap().video_seconds, Some(5));
    }

    #[test]
    fn a_task_tells_what_it_was_made_of_where_it_can() {
        let told = |output: Value| {
            let task = Task::read(&json!({ "output": output })).unwrap();
            (task.made_of, task.asked)
        };
        let metrics = json!({"TOTAL":2,"SUCCEEDED":0,"FAILED":0});
        assert_eq!(told(json!({"task_status":"RUNNING","task_metrics":metrics})), (None, Some(2)));
        let lost = json!({"code":"InternalError.Timeout"});
        let results = json!([lost, {"url":"u","orig_prompt":"猫"}]);
        assert_eq!(told(json!({"task_status":"SUCCEEDED","results":results})), (Some("猫".to_owned()), None));
        let film = json!({"task_status":"SUCCEEDED","orig_prompt":"海","video_url":"v"});
        assert_eq!(told(film), (Some("海".to_owned()), None));
        let results = json!([{"file_url":"https://e/a.mp3","subtask_status":"FAILED"}]);
        assert_eq!(told(json!({"task_status":"FAILED","results":results})).0.unwrap(), "https://e/a.mp3");
    }

    #[test]
    fn a_recordings_reason_is_the_tasks_where_the_task_has_none() {
        let lost = json!({"code":"FILE_403_FORBIDDEN","message":"m","subtask_status":"FAILED"});
        let failed = |output: Value| Task::read(&json!({ "output": output })).unwrap();
        let both = json!({"task_status":"FAILED","code":"InvalidFile.DownloadFailed","results":[lost]});
        assert_eq!(failed(both).fault.unwrap().code, "InvalidFile.DownloadFailed");
        let only = json!({"task_status":"FAILED","results":[{"subtask_status":"FAILED"}, lost]});
        assert_eq!(failed(only).fault.unwrap().code, "FILE_403_FORBIDDEN");
        let one = json!({"task_status":"SUCCEEDED",
            "results":[{"transcription_url":"t","subtask_status":"SUCCEEDED"}, lost]});
        assert_eq!(addresses(&failed(one)), [Some("t"), None]);
    }

    #[test]
    fn row_13_a_failed_task_keeps_the_real_code() {
        let failed = |output: Value| Task::read(&json!({ "output": output })).unwrap().fault.unwrap().code;
        let real = json!({"task_status":"FAILED","code":"DataInspectionFailed","message":"m"});
        assert_eq!(failed(real), "DataInspectionFailed");
        assert_eq!(failed(json!({"task_status":"FAILED"})), "TaskFailed");
        let empty = json!({"task_status":"FAILED","code":"","message":"m"});
        let fault = Task::read(&json!({ "output": empty })).unwrap().fault.unwrap();
        assert_eq!((fault.code.as_str(), fault.message.as_str()), ("TaskFailed", "m"));
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
