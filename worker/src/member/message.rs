//! What the worker asks a Member object, and what it answers.

use serde::{Deserialize, Serialize};
use studio_shared::batch::{Batch, BatchList};
use studio_shared::conversation::{Conversation, ConversationList, Thread};
use studio_shared::day::Day;
use studio_shared::export::{Export, Imported};
use studio_shared::file::StoredFile;
use studio_shared::job::{Job, JobList, State};
use studio_shared::kind::Kind;
use studio_shared::request::Request;
use studio_shared::share::{Share, ShareList};
use studio_shared::spend::SpendRow;
use studio_shared::storage::{Storage, StorageChange};

use super::batches::BatchMessage;
use super::door::Door;
use super::files::FileMessage;
use super::known::{Asked, Known};
use super::shares::ShareMessage;
use super::transfer::{Awaited, TransferMessage};
use crate::access::Pass;
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
        /// What the caller comes with.
        pass: Pass,
    },
    /// List jobs.
    List(JobQuery),
    /// One job.
    Read(String),
    /// Delete a job with its results.
    Delete(String),
    /// Bring a deleted job back.
    Restore(String),
    /// What is kept, and for how long.
    Storage,
    /// Keep results for another time.
    ChangeStorage(StorageChange),
    /// Call a job back.
    Cancel(String),
    /// Queue a job once more.
    Retry {
        /// The job.
        id: String,
        /// Another request of the same kind to do instead.
        edited: Option<Box<Request>>,
        /// The caller's `Idempotency-Key`.
        key: Option<String>,
        /// What the caller comes with.
        pass: Pass,
    },
    /// What was spent from one day to another, both included.
    Spent {
        /// The first day.
        from: Day,
        /// The last day.
        to: Day,
    },
    /// Look for a job at the vendor once more.
    Look(String),
    /// What do you know of these tasks?
    Known(Asked),
    /// About a batch.
    Batch(BatchMessage),
    /// About an uploaded recording.
    File(FileMessage),
    /// About a share.
    Share(ShareMessage),
    /// About the member's data as a whole.
    Transfer(TransferMessage),
    /// Where the bytes of a result are.
    Output {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
    },
    /// Write down a turn, and answer with its events.
    Say(Say),
    /// The events of an answer.
    Events {
        /// The job.
        id: String,
        /// After so many characters.
        after: u32,
    },
    /// List conversations.
    Conversations(ConversationQuery),
    /// One conversation.
    Conversation(String),
    /// Give a conversation another title.
    Rename {
        /// The conversation.
        id: String,
        /// The title.
        title: String,
    },
    /// Delete a conversation with its turns.
    Forget(String),
    /// Write down a speech and do it; answered with its sound as it comes, or with an [`Outcome`].
    Speak {
        /// The checked request.
        request: Box<Request>,
        /// The caller's `Idempotency-Key`.
        key: Option<String>,
        /// What the caller comes with.
        pass: Pass,
    },
    /// This is who is let in.
    Door(Door),
    /// Delete everything.
    Wipe {
        /// What was spent and set too: the member is gone.
        all: bool,
    },
    /// So many bytes of a result that lies in the object itself; answered with them.
    Bytes {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
        /// The first byte.
        first: u64,
        /// How many.
        length: u64,
    },
}

/// A turn of a conversation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Say {
    /// The checked request, for text.
    pub(crate) request: Box<Request>,
    /// The conversation; a new one where absent.
    pub(crate) conversation: Option<String>,
    /// The turn before it.
    pub(crate) after: Option<String>,
    /// The caller's `Idempotency-Key`.
    pub(crate) key: Option<String>,
    /// Answer when the job has ended, with the job.
    pub(crate) at_once: bool,
    /// What the caller comes with.
    pub(crate) pass: Pass,
}

/// Which conversations are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConversationQuery {
    /// With this text in the title or in what was said.
    pub(crate) q: Option<String>,
    /// After the conversation with this id, in which something was last said at this moment.
    pub(crate) cursor: Option<(u64, String)>,
    /// So many; 1 to 100.
    pub(crate) limit: u32,
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
    /// Entries of this batch, in their order.
    pub(crate) batch: Option<String>,
    /// Created at or after this moment, in milliseconds since 1970.
    pub(crate) from: Option<u64>,
    /// Created before this moment.
    pub(crate) to: Option<u64>,
    /// After this job; of a batch, after the entry of this number.
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
    /// Conversations.
    Conversations(ConversationList),
    /// A conversation with its turns.
    Thread(Box<Thread>),
    /// A conversation.
    Conversation(Box<Conversation>),
    /// What is kept, and for how long.
    Storage(Storage),
    /// A batch that was written down just now.
    CreatedBatch(Box<Batch>),
    /// A batch.
    Batch(Box<Batch>),
    /// Batches.
    Batches(BatchList),
    /// A share that was made just now.
    CreatedShare(Box<Share>),
    /// A share.
    Share(Box<Share>),
    /// Shares.
    Shares(ShareList),
    /// A page of everything.
    Exported(Box<Export>),
    /// What was taken in.
    Imported(Imported),
    /// Where bytes belong that are taken in; stays inside the worker.
    Awaited(Awaited),
    /// Done, nothing to say.
    Done,
    /// Where the bytes are.
    Output(OutputPlace),
    /// An uploaded recording that was written down.
    File(StoredFile),
    /// What was spent.
    Spent(Vec<SpendRow>),
    /// What is known of tasks; stays inside the worker.
    Known(Known),
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
    /// In the object's own storage, because no bucket is bound.
    Here {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
        /// So many bytes.
        bytes: u64,
        /// Of this media type.
        media_type: String,
    },
    /// At the vendor only, because no bucket is bound.
    Remote {
        /// Its signed address.
        url: String,
    },
}
