//! What the worker asks a Member object, and what it answers.

use serde::{Deserialize, Serialize};
use studio_shared::job::{Job, JobList, State};
use studio_shared::kind::Kind;
use studio_shared::request::Request;

use crate::reply::Refusal;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Message {
    /// Write down a job and do it.
    Submit {
        /// The checked request.
        request: Box<Request>,
        /// The caller's `Idempotency-Key`.
        key: Option<String>,
    },
    /// List jobs.
    List(JobQuery),
    /// One job.
    Read(String),
    /// Delete a job with its results.
    Delete(String),
    /// Call a job back.
    Cancel(String),
    /// Queue a job once more.
    Retry(String),
    /// Where the bytes of a result are.
    Output {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
    },
}

/// Which jobs are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct JobQuery {
    /// Of this kind.
    pub(crate) kind: Option<Kind>,
    /// In this state.
    pub(crate) state: Option<State>,
    /// With this model.
    pub(crate) model: Option<String>,
    /// With this text in the prompt.
    pub(crate) q: Option<String>,
    /// Created at or after this moment, in milliseconds since 1970.
    pub(crate) from: Option<u64>,
    /// Created before this moment.
    pub(crate) to: Option<u64>,
    /// After this job.
    pub(crate) cursor: Option<String>,
    /// So many; 1 to 100.
    pub(crate) limit: u32,
}

/// What is answered.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// A job that was written down just now.
    Created(Box<Job>),
    /// A job.
    Job(Box<Job>),
    /// Jobs.
    List(JobList),
    /// Done, nothing to say.
    Done,
    /// Where the bytes are.
    Output(OutputPlace),
    /// No.
    Refused(Box<Refusal>),
}

/// Where the bytes of a result are. Stays inside the worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum OutputPlace {
    /// In the bucket.
    Kept {
        /// Under this key.
        key: String,
        /// So many bytes.
        bytes: u64,
        /// Of this media type.
        media_type: String,
    },
    /// A transcript, at the vendor only: it is converted while it is handed on.
    Transcript {
        /// Its signed address.
        url: String,
    },
    /// At the vendor only, because no bucket is bound.
    Remote {
        /// Its signed address.
        url: String,
    },
}
