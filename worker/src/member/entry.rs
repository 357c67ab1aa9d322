//! One job as the book keeps it, and what becomes of it: pure, no clock, no network.

mod answer;
mod charge;
mod collect;
mod imported;
mod kept;
mod look;
mod pause;
mod poll;
mod spoken;
mod submit;
#[cfg(test)]
mod tests;
mod upload;

use serde::{Deserialize, Serialize};
use studio_shared::batch::InBatch;
use studio_shared::day::Day;
use studio_shared::job::{Finish, JobError, State};
use studio_shared::kind::Kind;
use studio_shared::live::Note;
use studio_shared::money::Money;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;
use studio_shared::usage::Usage;

pub(super) use answer::{Break, LONGEST_ANSWER_MS};
pub(super) use charge::Charge;
pub(super) use collect::Collected;
pub(super) use look::{Candidate, Look, Scene, Sought, Step, Told, decide};
pub(super) use spoken::media_type;
pub(super) use upload::Upload;

/// The vendor keeps tasks and results for 24 hours (`dashscope-api.md` §2.2).
pub(super) const VENDOR_KEEPS_MS: u64 = 24 * 60 * 60 * 1000;

/// One job as the book keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) state: State,
    pub(super) request: Request,
    pub(super) notes: Vec<Note>,
    pub(super) created_at: Timestamp,
    pub(super) started_at: Option<Timestamp>,
    pub(super) finished_at: Option<Timestamp>,
    /// When something is to be done: while queued, not before this moment.
    pub(super) due: Option<Timestamp>,
    /// The vendor's task.
    pub(super) task_id: Option<String>,
    /// The vendor's id of the creation.
    pub(super) request_id: Option<String>,
    /// When the vendor accepted it.
    pub(super) accepted_at: Option<Timestamp>,
    /// Whether the task waits in the vendor's queue and can still be cancelled there.
    pub(super) pending_there: bool,
    /// Polls so far.
    pub(super) polls: u32,
    /// Failed tries in a row, of whatever the state asks for.
    pub(super) failures: u32,
    /// How far its recording has come to the vendor's store, where it was uploaded here.
    #[serde(default)]
    pub(super) upload: Upload,
    /// What it really cost.
    pub(super) actual: Option<Money>,
    /// What was used, by the vendor's count.
    #[serde(default)]
    pub(super) usage: Option<Usage>,
    pub(super) error: Option<JobError>,
    pub(super) outputs: Vec<Stored>,
    /// Why an answer ends where it ends.
    #[serde(default)]
    pub(super) finish: Option<Finish>,
    /// Where it belongs, where it is a turn of a conversation.
    #[serde(default)]
    pub(super) turn: Option<Turn>,
    /// What a turn may cost with all that was said before it.
    #[serde(default)]
    pub(super) estimate: Option<Money>,
    /// The upload that a speech goes to while it is made.
    #[serde(default)]
    pub(super) multipart: Option<String>,
    /// Its place, where it is an entry of a batch.
    #[serde(default)]
    pub(super) batch: Option<InBatch>,
    /// Which try it is, from 0: each has money of its own reserved.
    #[serde(default)]
    pub(super) attempt: u32,
    /// When the creation last left, or was about to.
    #[serde(default)]
    pub(super) sent_at: Option<Timestamp>,
    /// The money that is held for this try.
    #[serde(default)]
    pub(super) reserved: Option<Money>,
    /// The day that this try counts for.
    #[serde(default)]
    pub(super) day: Day,
    /// What earlier tries were billed.
    #[serde(default)]
    pub(super) billed: Charge,
    /// The code that it was asked for with; absent for the deployment's own.
    #[serde(default)]
    pub(super) code: Option<String>,
    /// How far the search for it has come, where the creation's answer was lost.
    #[serde(default)]
    pub(super) look: Option<Look>,
    /// Whether it ended in another studio: what it cost is history, and billed nothing here.
    #[serde(default)]
    pub(super) imported: bool,
}

/// The place of a turn in its conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Turn {
    pub(super) conversation: String,
    /// The turn before it.
    pub(super) after: Option<String>,
    /// Whether the conversation was begun with it.
    pub(super) begins: bool,
}

/// One result as the book keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    /// The vendor's signed address; forgotten once the bytes are kept. Never leaves the worker.
    pub(super) url: Option<String>,
    /// Whether the bytes are in the bucket.
    pub(super) kept: bool,
    /// Whether they are in the object's own storage.
    #[serde(default)]
    pub(super) here: bool,
    pub(super) media_type: Option<String>,
    pub(super) bytes: Option<u64>,
    /// When the vendor deletes it.
    pub(super) expires_at: Option<Timestamp>,
    pub(super) orig_prompt: Option<String>,
    pub(super) actual_prompt: Option<String>,
    /// Why there is nothing in this place.
    pub(super) error: Option<JobError>,
}

impl Entry {
    /// A new job that waits for its money.
    pub(super) fn held(id: String, request: Request, notes: Vec<Note>, now: Timestamp) -> Self {
        Self { due: None, ..Self::new(id, request, notes, now) }
    }

    /// A new job, ready to be sent.
    pub(super) fn new(id: String, request: Request, notes: Vec<Note>, now: Timestamp) -> Self {
        Self {
            id,
            state: State::Queued,
            request,
            notes,
            created_at: now,
            started_at: None,
            finished_at: None,
            due: Some(now),
            task_id: None,
            request_id: None,
            accepted_at: None,
            pending_there: false,
            polls: 0,
            failures: 0,
            upload: Upload::default(),
            actual: None,
            usage: None,
            error: None,
            outputs: Vec::new(),
            finish: None,
            turn: None,
            estimate: None,
            multipart: None,
            batch: None,
            attempt: 0,
            sent_at: None,
            reserved: None,
            day: Day::of(now),
            billed: Charge::default(),
            code: None,
            look: None,
            imported: false,
        }
    }

    pub(super) const fn kind(&self) -> Kind {
        self.request.kind()
    }

    /// Whether a cancel can still succeed. An answer can be stopped as long as it comes.
    pub(super) const fn is_cancelable(&self) -> bool {
        match self.state {
            State::Queued => true,
            State::Submitting => matches!(self.kind(), Kind::Text),
            State::Running => matches!(self.kind(), Kind::Text) || self.pending_there,
            _ => false,
        }
    }

    /// Called back, here or at the vendor: nothing is billed.
    pub(super) fn cancel(&mut self, now: Timestamp) {
        self.actual = Some(Money::ZERO);
        self.error = None;
        self.finish(State::Canceled, now);
    }

    /// Called back because who asked for it is not let in any more.
    pub(super) fn shut_out(&mut self, error: JobError, now: Timestamp) {
        self.cancel(now);
        self.error = Some(error);
    }

    /// Nobody wants to know any more what becomes of it. Nobody will know what it was billed either.
    pub(super) fn given_up(&mut self, now: Timestamp) {
        if self.state == State::Queued {
            return self.cancel(now);
        }
        self.finish(State::Unsure, now);
    }

    /// Back to the start, by the person's own decision: another try, which waits for money of its own.
    pub(super) fn retry(&mut self, now: Timestamp) {
        let fresh = Self::held(self.id.clone(), self.request.clone(), self.notes.clone(), self.created_at);
        let (turn, batch, code) = (self.turn.take(), self.batch.take(), self.code.take());
        let attempt = self.attempt.saturating_add(1);
        let billed = self.billed.plus(self.charge().unwrap_or_default());
        *self =
            Self { turn, batch, code, attempt, billed, day: Day::of(now), estimate: self.estimate, ..fresh };
    }

    fn fail(&mut self, error: JobError, now: Timestamp) {
        self.error = Some(error);
        self.finish(State::Failed, now);
    }

    fn finish(&mut self, state: State, now: Timestamp) {
        self.state = state;
        self.finished_at = Some(now);
        self.due = None;
        self.pending_there = false;
    }

    /// Same again after a pause that grows with each failure.
    fn again(&mut self, now: Timestamp, at_least_ms: u64) {
        self.failures = self.failures.saturating_add(1);
        self.due = Some(now.after(pause::after_failure(self.failures).max(at_least_ms)));
    }
}
