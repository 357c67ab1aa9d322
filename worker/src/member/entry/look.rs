//! A creation whose answer was lost: it is looked for before anything else happens to its job.

mod decide;
mod same;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use studio_shared::catalogue::{self, Protocol};
use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::money::Money;
use studio_shared::request::{Recording, Request};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

pub(in crate::member) use decide::{Candidate, Scene, Sought, Step, Told, decide};

use super::{Entry, VENDOR_KEEPS_MS};
use crate::dashscope::answer_lost;
use decide::{APART_MS, CLOSES_MS, PATIENCE_MS};

/// Pauses between looks while the window is open, in milliseconds, and afterwards.
const PAUSES: [u64; 5] = [1000, 2000, 4000, 8000, 10_000];
const LATER_MS: u64 = 5_000;

/// A lost creation on its way to being found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::member) struct Look {
    /// What became of the answer.
    why: String,
    /// When it was lost.
    lost_at: Timestamp,
    /// Since when it is looked for: anew when a person asks for it.
    since: Timestamp,
    /// Reads of the list so far.
    reads: u32,
    /// Since when the list cannot be read.
    unread_since: Option<Timestamp>,
    /// The first of the late reads that showed nothing of it.
    absent_since: Option<Timestamp>,
    /// Its task was found by being the only one; whether it is it, it tells at its end.
    unconfirmed: bool,
}

impl Entry {
    /// Whether its creation makes a task, which the vendor lists: otherwise there is nothing to look for.
    fn makes_a_task(&self) -> bool {
        catalogue::model(self.request.model()).is_some_and(|model| {
            matches!(
                model.protocol,
                Protocol::ImageTask
                    | Protocol::ImageMessageTask
                    | Protocol::VideoSize { .. }
                    | Protocol::VideoTier
                    | Protocol::Transcription { .. }
            )
        })
    }

    /// Nobody knows whether the creation was made.
    pub(super) fn lost(&mut self, why: &str, now: Timestamp) {
        if !self.makes_a_task() {
            self.error = Some(answer_lost(why));
            return self.finish(State::Unsure, now);
        }
        self.look = Some(Look {
            why: why.to_owned(),
            lost_at: now,
            since: now,
            reads: 0,
            unread_since: None,
            absent_since: None,
            unconfirmed: false,
        });
        self.looks(now, now.after(1000));
    }

    /// It is looked for.
    fn looks(&mut self, now: Timestamp, due: Timestamp) {
        let Some(look) = &self.look else { return };
        let (sent, lost) = (self.sent_at.unwrap_or(look.lost_at), look.lost_at);
        self.state = State::Submitting;
        self.finished_at = None;
        self.actual = None;
        self.due = Some(due);
        self.error = Some(JobError {
            code: code::LOOKING.to_owned(),
            message: format!(
                "sent at {sent}, its answer lost at {lost} ({}); the vendor's list was read {} times by {now}",
                look.why, look.reads
            ),
            advice: Words::new(
                "提交后没有收到答复，正在百炼的任务列表里查找：找到就接着做，确认没有创建才会重新发送。无需操作；此时不能取消。",
                "The creation was sent, but its answer was lost. The vendor's list of tasks is being looked through: \
                 what is found there goes on, and only what surely was not made is sent again. Nothing to do; it \
                 cannot be cancelled meanwhile.",
            ),
            charged: Charged::Unknown,
        });
    }

    /// Whether it is being looked for.
    pub(in crate::member) fn is_looked_for(&self) -> bool {
        self.state == State::Submitting && self.look.is_some()
    }

    /// What there is to look for; nothing, where its answer was not lost.
    pub(in crate::member) fn sought(&self) -> Option<Sought> {
        let look = self.look.as_ref()?;
        Some(Sought {
            job: self.id.clone(),
            request: self.request.clone(),
            sent: match &self.request {
                Request::Transcription(request) => match &request.recording {
                    Recording::Url { url } => url.clone(),
                    Recording::File { file } => self.upload.address().unwrap_or(file).to_owned(),
                },
                other => other.prompt().to_owned(),
            },
            asked: match &self.request {
                Request::Image(image) => Some(image.n),
                Request::Transcription(_) => Some(1),
                _ => None,
            },
            sent_at: self.sent_at.unwrap_or(look.lost_at),
            lost_at: look.lost_at,
            since: look.since,
            absent_since: look.absent_since,
        })
    }

    /// The list was read at this moment and does not decide. `absent` tells that it showed nothing of it.
    pub(in crate::member) fn not_found_yet(&mut self, absent: bool, read_at: Timestamp, now: Timestamp) {
        let Some(look) = &mut self.look else { return };
        let closes = look.lost_at.after(CLOSES_MS);
        let late = Timestamp::from_ms(closes.ms().saturating_sub(APART_MS));
        let pause =
            usize::try_from(look.reads).ok().and_then(|reads| PAUSES.get(reads).copied()).unwrap_or(LATER_MS);
        look.reads = look.reads.saturating_add(1);
        look.unread_since = None;
        if !absent {
            look.absent_since = None;
        } else if read_at >= late {
            look.absent_since.get_or_insert(read_at);
        }
        // The two reads that close the window are made at its last five seconds' two ends.
        let next = now.after(pause);
        let ends = [late, closes].into_iter().find(|end| now < *end);
        let due = ends.map_or(next, |end| next.min(end));
        self.looks(now, due);
    }

    /// The list could not be read, or what it shows cannot be trusted.
    pub(in crate::member) fn not_read(&mut self, why: &str, now: Timestamp) {
        let Some(look) = &mut self.look else { return };
        let since = *look.unread_since.get_or_insert(now);
        look.absent_since = None;
        if now.since(since.max(look.since)) >= PATIENCE_MS {
            return self.stays_unsure(&format!("the list cannot be read since {since}: {why}"), now);
        }
        let pause = now.since(since).clamp(2000, 10_000);
        self.looks(now, now.after(pause));
    }

    /// Its task was found. Where that is not `sure`, it is looked at again when the task tells what it was made of.
    pub(in crate::member) fn found(
        &mut self,
        task: String,
        at: Option<Timestamp>,
        sure: bool,
        now: Timestamp,
    ) {
        let Some(look) = &mut self.look else { return };
        look.unconfirmed = !sure;
        self.accepted_at = Some(at.unwrap_or(look.lost_at).min(now));
        self.task_id = Some(task);
        self.state = State::Running;
        self.error = None;
        self.failures = 0;
        self.due = Some(now);
        if sure {
            self.look = None;
        }
    }

    /// Whether its task may still turn out to be somebody else's.
    pub(in crate::member) fn is_unconfirmed(&self) -> bool {
        self.state == State::Running && self.look.as_ref().is_some_and(|look| look.unconfirmed)
    }

    /// What its task tells, where that is not yet known to be its own: whether it can be gone on with.
    pub(super) fn confirmed(&mut self, told: &Told, now: Timestamp) -> bool {
        if !self.is_unconfirmed() {
            return true;
        }
        let Some(sought) = self.sought() else { return true };
        let fits = told.may_be(&sought.sent, sought.asked);
        if fits && !told.ended {
            return true;
        }
        if fits && told.made_of.is_some() {
            self.look = None;
            return true;
        }
        if let Some(look) = &mut self.look {
            look.unconfirmed = false;
            look.absent_since = None;
        }
        self.task_id = None;
        self.accepted_at = None;
        self.started_at = None;
        self.polls = 0;
        self.looks(now, now);
        false
    }

    /// It surely was not made: back to the queue, with the money that is reserved for it.
    pub(in crate::member) fn send_again(&mut self, now: Timestamp) {
        self.look = None;
        self.error = None;
        self.state = State::Queued;
        self.due = Some(now);
    }

    /// Either it was not made, or its task came to nothing; nothing was billed in either case.
    pub(in crate::member) fn was_not_billed(&mut self, now: Timestamp) {
        self.actual = Some(Money::ZERO);
        let message = self.told(now, "of the tasks that could be it all have failed");
        let advice = Words::new(
            "提交后没有收到答复；百炼里可能属于它的任务都已失败，因此没有计费。请重试。",
            "The answer to the creation was lost, and all tasks at the vendor that could be it have failed: nothing \
             was billed. Retry.",
        );
        self.look = None;
        self.fail(
            JobError { code: code::ANSWER_LOST.to_owned(), message, advice, charged: Charged::No },
            now,
        );
    }

    /// Nobody will know by itself; a person decides.
    pub(in crate::member) fn stays_unsure(&mut self, what: &str, now: Timestamp) {
        let message = self.told(now, what);
        self.error = Some(answer_lost(&message));
        self.finish(State::Unsure, now);
    }

    fn told(&self, now: Timestamp, what: &str) -> String {
        let Some(look) = &self.look else { return what.to_owned() };
        let sent = self.sent_at.unwrap_or(look.lost_at);
        format!(
            "sent at {sent}, its answer lost at {} ({}); the vendor's list was read {} times by {now}: {what}",
            look.lost_at, look.why, look.reads
        )
    }

    /// Whether it can be looked for again: it was once, and the vendor still remembers.
    pub(in crate::member) fn can_be_looked_for(&self, now: Timestamp) -> bool {
        let sent = self.sought().map(|sought| sought.sent_at);
        self.state == State::Unsure && sent.is_some_and(|sent| now.since(sent) < VENDOR_KEEPS_MS)
    }

    /// Looked for again, by the person's own decision.
    pub(in crate::member) fn look_again(&mut self, now: Timestamp) {
        if let Some(look) = &mut self.look {
            look.since = now;
            look.unread_since = None;
            look.absent_since = None;
        }
        self.looks(now, now);
    }
}
