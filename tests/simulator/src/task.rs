//! Asynchronous tasks: from acceptance to being forgotten (dashscope-api.md §2).

pub mod book;
#[cfg(test)]
pub(crate) mod book_fixture;
pub mod cancel;
pub mod fate;
pub mod get;
pub mod list;
pub mod pool;

pub use book::Tasks;

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::catalogue::Fact;
use crate::image::work::{Form, ImageWork};
use crate::reply::{Created, Reply};
use crate::settings::Settings;
use crate::transcription::work::AsrWork;
use crate::trigger::Triggers;
use crate::video::work::VideoWork;
use fate::Fate;

/// "Task data lives 24 h from submission" (§2.2).
pub const LIFE_MS: u64 = 24 * 3_600_000;

/// What a creating call hands over.
#[derive(Clone, Debug)]
pub struct Order {
    /// A new UUID.
    pub task_id: String,
    /// When it was accepted by the caller's own clock, which the list's window is told in.
    pub real_ms: u64,
    /// The creating call's own.
    pub request_id: String,
    /// The model's name in this region.
    pub model: String,
    /// Least time in the queue.
    pub pending_ms: u64,
    /// Time at work.
    pub run_ms: u64,
    /// How it will end, unless cancelled.
    pub end: End,
    /// Accepted, then lost by the service: every poll says UNKNOWN.
    pub forgotten: bool,
    /// What is made.
    pub work: Work,
}

/// How a task ends by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// At least one result exists.
    Succeeded,
    /// Nothing came out.
    Failed(Fact),
}

/// What a task makes. Each family adds its own kind here.
#[derive(Clone, Debug)]
pub enum Work {
    /// Pictures.
    Image(Box<ImageWork>),
    /// A video.
    Video(Box<VideoWork>),
    /// Transcripts.
    Transcription(Box<AsrWork>),
}

/// Where a task is. Times are simulated Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// In the queue.
    Pending,
    /// At work.
    Running {
        /// Since when.
        start_ms: u64,
    },
    /// Done, one way or the other.
    Ended {
        /// When work began.
        start_ms: u64,
        /// When it ended.
        end_ms: u64,
    },
    /// Cancelled while queued.
    Canceled {
        /// When.
        end_ms: u64,
    },
}

/// One accepted task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What was ordered.
    pub order: Order,
    /// When it was accepted.
    pub submit_ms: u64,
    /// Where it is.
    pub phase: Phase,
}

impl Task {
    /// The prompt it was created with.
    pub fn prompt(&self) -> &str {
        match &self.order.work {
            Work::Image(work) => &work.prompt,
            Work::Video(work) => &work.prompt,
            Work::Transcription(work) => work.prompt(),
        }
    }

    /// The API it was created by, as the list names it; those of other families than images are `inf`.
    pub fn api(&self) -> &'static str {
        match &self.order.work {
            Work::Image(work) if work.form == Form::Choices => "aigc:image-generation:generation",
            Work::Image(_) => "aigc:text2image:image-synthesis",
            Work::Video(_) => "aigc:video-generation:video-synthesis",
            Work::Transcription(_) => "audio:asr:transcription",
        }
    }

    /// The word for its state (§2.2), for a caller who may see it at this time.
    pub fn status(&self, now_ms: u64) -> &'static str {
        if self.gone(now_ms) {
            return "UNKNOWN";
        }
        match (self.phase, &self.order.end) {
            (Phase::Pending, _) => "PENDING",
            (Phase::Running { .. }, _) => "RUNNING",
            (Phase::Ended { .. }, End::Succeeded) => "SUCCEEDED",
            (Phase::Ended { .. }, End::Failed(_)) => "FAILED",
            (Phase::Canceled { .. }, _) => "CANCELED",
        }
    }

    /// Expired or lost.
    pub fn gone(&self, now_ms: u64) -> bool {
        self.order.forgotten || now_ms >= self.submit_ms.saturating_add(LIFE_MS)
    }

    /// When work began.
    pub fn start_ms(&self) -> Option<u64> {
        match self.phase {
            Phase::Running { start_ms } | Phase::Ended { start_ms, .. } => Some(start_ms),
            Phase::Pending | Phase::Canceled { .. } => None,
        }
    }

    /// When it came to its end.
    pub fn end_ms(&self) -> Option<u64> {
        match self.phase {
            Phase::Ended { end_ms, .. } | Phase::Canceled { end_ms } => Some(end_ms),
            Phase::Pending | Phase::Running { .. } => None,
        }
    }

    /// What is billed of it, once it has come out: its `usage`.
    pub(crate) fn bill(&self) -> Value {
        self.finished(|_, _| String::new()).1
    }

    /// `task_metrics` of a task that is not finished well; videos have none (§4.2).
    fn metrics(&self, failed: bool) -> Option<Value> {
        match &self.order.work {
            Work::Image(work) => Some(work.metrics(0, if failed { work.n } else { 0 })),
            Work::Video(_) => None,
            Work::Transcription(work) => (!failed).then(|| work.metrics()),
        }
    }

    /// The finished task's own fields, and its usage. `url` makes the address of a result file from its number
    /// and extension.
    fn finished(&self, url: impl Fn(u32, &str) -> String) -> (Map<String, Value>, Value) {
        match &self.order.work {
            Work::Image(work) => work.finished(|number| url(number, "png")),
            Work::Video(work) => work.finished(|| url(1, "mp4")),
            Work::Transcription(work) => work.finished(|number| url(number, "json")),
        }
    }
}

/// Takes a task in, and answers with its id: PENDING.
pub(crate) fn accept(
    tasks: &mut Tasks,
    call: &Call,
    settings: &Settings,
    model: String,
    triggers: &Triggers,
    fate: Fate,
    work: Work,
) -> Reply {
    let task_id = call.new_id();
    let created = Created { task_id: task_id.clone(), model: model.clone() };
    let output = json!({ "task_status": "PENDING", "task_id": task_id });
    let order = Order {
        task_id,
        real_ms: call.now.real_ms,
        request_id: call.request_id.clone(),
        model,
        pending_ms: triggers.pending_ms.unwrap_or(settings.queue_ms),
        run_ms: fate.run_ms,
        end: fate.end,
        forgotten: triggers.lose,
        work,
    };
    tasks.accept(order, call.now.sim_ms);
    Reply::json(&json!({ "output": output, "request_id": call.request_id })).created(created)
}

/// The body for an id that is unknown, expired or not yours: 200, the id echoed as sent (§2.2).
pub fn unknown(task_id: &str, request_id: &str) -> Value {
    json!({ "request_id": request_id, "output": { "task_id": task_id, "task_status": "UNKNOWN" } })
}
