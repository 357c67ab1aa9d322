//! While the vendor works.

use studio_shared::catalogue;
use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;
use studio_shared::usage::Usage;
use studio_shared::words::Words;

use super::{Entry, Stored, Told, VENDOR_KEEPS_MS, pause, spoken};
use crate::dashscope::{Item, Poll, Task, TaskStatus};

impl Entry {
    /// What the vendor said to a poll. `keeps` tells whether results are copied to a bucket.
    pub(in crate::member) fn polled(&mut self, poll: Poll, keeps: bool, now: Timestamp) {
        match poll {
            Poll::Task(task) => self.task(task, keeps, now),
            Poll::Later if self.is_forgotten(now) => self.forgotten(now),
            Poll::Later => self.again(now, 0),
        }
    }

    /// The list says that its task is still queued there, or running.
    pub(in crate::member) fn still(&mut self, status: TaskStatus, now: Timestamp) {
        self.failures = 0;
        if status != TaskStatus::Pending {
            self.pending_there = false;
            self.started_at.get_or_insert(now);
        }
        self.next_poll(now);
    }

    fn task(&mut self, task: Task, keeps: bool, now: Timestamp) {
        self.failures = 0;
        if task.status != TaskStatus::Unknown && !self.confirmed(&Told::by(&task), now) {
            return;
        }
        match task.status {
            TaskStatus::Pending | TaskStatus::Running => self.still(task.status, now),
            TaskStatus::Succeeded => self.succeeded(task, keeps, now),
            TaskStatus::Failed => {
                self.actual = Some(Money::ZERO); // a failed task is not billed (dashscope-api.md §8.1)
                let error = task.fault.map(|fault| fault.job_error(Charged::No));
                self.fail(error.unwrap_or_else(|| unknown(Charged::No)), now);
            }
            TaskStatus::Canceled => self.cancel(now),
            TaskStatus::Unknown => self.forgotten(now),
        }
    }

    /// How long the vendor has worked on a task that is now found to have ended: it ended some time between the last
    /// poll, or its acceptance, and this one, which may come later than it was due.
    pub(in crate::member) fn worked_ms(&self, now: Timestamp) -> Option<u64> {
        let begun = self.started_at.or(self.accepted_at).or(self.sent_at)?;
        let due = self.due.unwrap_or(now);
        let last = due.ms().saturating_sub(pause::before_poll(self.kind(), self.polls));
        let unknown_ms = now.since(Timestamp::from_ms(last).max(begun));
        Some(now.since(begun).saturating_sub(unknown_ms / 2))
    }

    fn next_poll(&mut self, now: Timestamp) {
        self.polls = self.polls.saturating_add(1);
        self.due = Some(now.after(pause::before_poll(self.kind(), self.polls)));
    }

    /// Something came out. `keeps` tells whether results are copied to a bucket.
    pub(super) fn succeeded(&mut self, task: Task, keeps: bool, now: Timestamp) {
        let files = task.items.iter().filter(|item| matches!(item, Item::File { .. })).count();
        let usage = task.usage.unwrap_or_else(|| self.used(files));
        self.usage = Some(usage);
        self.actual = self.request.price_of(&usage);
        self.started_at.get_or_insert(now);
        self.pending_there = false;
        self.outputs = task.items.into_iter().map(|item| stored(self.kind(), item, now)).collect();
        if let Some(known) = spoken::known_type(&self.request) {
            self.outputs.iter_mut().for_each(|output| output.media_type = Some(known.to_owned()));
        }
        self.state = State::Collecting;
        self.due = Some(now);
        if files == 0 {
            let lost = self.outputs.iter().find_map(|output| output.error.clone());
            self.fail(lost.unwrap_or_else(|| unknown(Charged::No)), now);
        } else if !keeps {
            self.finish(State::Done, now);
        }
    }

    /// What must have been used where the vendor does not say: what came out.
    fn used(&self, files: usize) -> Usage {
        match &self.request {
            Request::Image(_) => Usage { image_count: u32::try_from(files).ok(), ..Usage::default() },
            Request::Video(video) => Usage {
                video_seconds: catalogue::model(&video.model).map(|model| video.seconds(model)),
                ..Usage::default()
            },
            _ => Usage::default(),
        }
    }

    /// Whether the vendor must have deleted the task by now.
    fn is_forgotten(&self, now: Timestamp) -> bool {
        self.accepted_at.is_some_and(|accepted| now.since(accepted) > VENDOR_KEEPS_MS)
    }

    fn forgotten(&mut self, now: Timestamp) {
        self.fail(unknown(Charged::Unknown), now);
    }
}

/// What a kind's results are, until the file itself announces its own type (`dashscope-api.md` §1.5, §4.2, §6.3).
const fn media_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "image/png",
        Kind::Video => "video/mp4",
        Kind::Speech => "audio/wav",
        Kind::Text | Kind::Transcription => "application/json",
    }
}

fn stored(kind: Kind, item: Item, now: Timestamp) -> Stored {
    match item {
        Item::File { url, orig_prompt, actual_prompt } => Stored {
            url: Some(url),
            media_type: Some(media_type(kind).to_owned()),
            expires_at: Some(now.after(VENDOR_KEEPS_MS)),
            orig_prompt,
            actual_prompt,
            ..Stored::default()
        },
        Item::Lost(fault) => Stored { error: Some(fault.job_error(Charged::No)), ..Stored::default() },
    }
}

fn unknown(charged: Charged) -> JobError {
    JobError {
        code: code::TASK_UNKNOWN.to_owned(),
        message: "the vendor no longer knows the task".to_owned(),
        advice: Words::new(
            "任务已过期或不存在（百炼只保留 24 小时）。请重新生成。",
            "The task has expired or does not exist (the vendor keeps tasks for 24 hours). Make it again.",
        ),
        charged,
    }
}
