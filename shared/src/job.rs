//! One piece of work, from the moment it was accepted to its kept results.

use serde::{Deserialize, Serialize};

use crate::batch::InBatch;
use crate::error::Charged;
use crate::kind::Kind;
use crate::live::Note;
use crate::money::Money;
use crate::request::Request;
use crate::time::Timestamp;
use crate::usage::Usage;
use crate::words::Words;

/// Where a job stands: `queued → submitting → running → collecting → done`, or one of the other ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Written down; waits for its turn.
    Queued,
    /// Its creation is being sent. Written down before the request leaves, so that a crash is noticed.
    Submitting,
    /// The vendor has accepted it.
    Running,
    /// The vendor has finished it; its results are being copied to storage.
    Collecting,
    /// Its results are kept.
    Done,
    /// Nothing came out; `error` says why and whether it was billed.
    Failed,
    /// Called back before the vendor began.
    Canceled,
    /// The answer to the creation was lost: it may run and be billed at the vendor. It is never sent again
    /// by itself.
    Unsure,
}

impl State {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Submitting,
        Self::Running,
        Self::Collecting,
        Self::Done,
        Self::Failed,
        Self::Canceled,
        Self::Unsure,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Submitting => "submitting",
            Self::Running => "running",
            Self::Collecting => "collecting",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unsure => "unsure",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether nothing more happens by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Canceled | Self::Unsure)
    }
}

/// One job, as every route and the live socket give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Job {
    /// Opaque and unguessable.
    pub id: String,
    /// The kind of work.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// What was asked for.
    pub request: Request,
    /// What was sent otherwise than asked for.
    pub notes: Vec<Note>,
    /// When it was accepted here.
    pub created_at: Timestamp,
    /// When the vendor began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// While queued: 1 is next to be sent, over all members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// While queued: milliseconds until it is expected to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta_ms: Option<u64>,
    /// Until it has ended: milliseconds until it is expected to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_ms: Option<u64>,
    /// Whether a cancel can still succeed: it waits here, or in the vendor's queue.
    pub cancelable: bool,
    /// Results, in order; one that was lost has an `error` in its place.
    pub outputs: Vec<Output>,
    /// The answer of a text job, as far as it has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Answer>,
    /// Its place, where it is an entry of a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<InBatch>,
    /// The conversation that a text job is a turn of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The turn before it in that conversation: another job. Two turns after the same one are branches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What was used, by the vendor's own count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// What it costs.
    pub cost: Cost,
    /// Why it failed, or what it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<JobError>,
    /// The vendor's id of the creation, which its support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One result of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Output {
    /// Counts from 0; its address is `/api/jobs/{id}/outputs/{n}`.
    pub n: u32,
    /// The media type; absent where there is no result.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its length, once it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// When it dies: the vendor's 24 hours, as long as it is not kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The prompt as given, as the vendor repeats it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orig_prompt: Option<String>,
    /// The prompt as rewritten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_prompt: Option<String>,
    /// Why there is no result in this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<JobError>,
}

/// The answer of a text job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The text; in lists only its beginning.
    pub text: String,
    /// Whether `text` is only the beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
    /// Why it ends where it ends; absent while it is still coming.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish: Option<Finish>,
}

/// Why an answer ends where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Finish {
    /// The model had said everything.
    Stop,
    /// It had reached `max_tokens`.
    Length,
    /// The person stopped it.
    Stopped,
    /// The vendor broke it off; `error` says how.
    Cut,
}

/// What a job costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Cost {
    /// Always `CNY`.
    pub currency: String,
    /// If everything comes out, by the catalogue's prices; absent where that is not known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Money>,
    /// By the vendor's `usage`, once the job has ended; of all its tries together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Money>,
    /// What it has cost at most beyond `actual`, where nobody knows whether it was billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

/// Why a job or one of its results failed, or what a waiting job waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct JobError {
    /// The vendor's own code where there is one, else one of [`crate::error::code`].
    pub code: String,
    /// The vendor's own words, or ours.
    pub message: String,
    /// What to do.
    pub advice: Words,
    /// Whether it was billed.
    pub charged: Charged,
}

/// A page of jobs, newest first: the reply of `GET /api/jobs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct JobList {
    /// The jobs.
    pub items: Vec<Job>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
