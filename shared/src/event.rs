//! What is pushed to pages: by the socket of `GET /api/live`, one JSON text frame each, and by the stream of a text
//! answer, one event of `text/event-stream` each.

use serde::{Deserialize, Serialize};

use crate::batch::Batch;
use crate::job::Job;
use crate::transcript::Word;

/// The code that a socket is closed with where its session or code does not hold any more. The page has to log in again.
pub const LOGGED_OUT: u16 = 4401;

/// Something that changed for this member. A page that missed events (it was asleep, or offline) connects
/// again and reads `GET /api/jobs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum LiveEvent {
    /// A job is new or has changed; it is given whole.
    Job {
        /// The job.
        job: Box<Job>,
    },
    /// A job was deleted.
    Deleted {
        /// Its id.
        id: String,
    },
    /// A batch is new or has changed; told at most once a second.
    Batch {
        /// The batch.
        batch: Box<Batch>,
    },
    /// A batch was deleted.
    BatchDeleted {
        /// Its id.
        id: String,
    },
    /// Words of a speech that is being made have become known.
    Words {
        /// The job.
        id: String,
        /// The new words, in order.
        words: Vec<Word>,
    },
    /// The session does not hold any more; the socket is closed with [`LOGGED_OUT`] after this. Said beforehand because
    /// a browser tells of a closed socket only when its connection is gone too, which it waits for up to two seconds.
    LoggedOut,
}

/// One event of the stream that `POST /api/text` answers with and `GET /api/text/{id}/events?after=N` resumes.
///
/// The `id:` of each event on the wire is the number of characters of the answer that have come with it: who has
/// seen N characters asks for what is `after=N`, and gets the rest as one piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum TextEvent {
    /// The job as it stands: first of all, and whenever its state changes. Its answer is left out.
    Job {
        /// The job.
        job: Box<Job>,
    },
    /// A piece of the answer.
    Piece {
        /// Characters before it.
        at: u32,
        /// The piece.
        text: String,
        /// Tokens that have come out so far, by the vendor's count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        output_tokens: Option<u32>,
    },
    /// The answer has ended; nothing comes after this.
    End {
        /// The job, whole.
        job: Box<Job>,
    },
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::{Charged, code};
    use crate::job::{Cost, JobError, Output, State};
    use crate::kind::Kind;
    use crate::live::{self, Settings};
    use crate::money::Money;
    use crate::request::Request;
    use crate::time::Timestamp;
    use crate::usage::Usage;
    use crate::words::Words;

    #[test]
    fn a_job_on_the_wire() {
        let request = Request::from_value(
            json!({"model":"wan2.2-t2i-flash","prompt":"可爱猫咪","n":2,"size":"512*512","seed":7}),
        )
        .unwrap();
        let (_, notes) = live::call(&request, Settings::default()).unwrap();
        let lost = JobError {
            code: code::TASK_FAILED.to_owned(),
            message: "lost".to_owned(),
            advice: Words::new("重试", "try again"),
            charged: Charged::No,
        };
        let blank = Output {
            n: 1,
            media_type: None,
            bytes: None,
            expires_at: None,
            orig_prompt: None,
            actual_prompt: None,
            error: Some(lost),
        };
        let kept = Output {
            n: 0,
            media_type: Some("image/png".to_owned()),
            bytes: Some(4096),
            orig_prompt: Some("可爱猫咪".to_owned()),
            error: None,
            ..blank.clone()
        };
        let job = Job {
            id: "0198".to_owned(),
            kind: Kind::Image,
            state: State::Done,
            cost: Cost {
                currency: "CNY".to_owned(),
                estimate: request.price(),
                actual: Some(Money::from_fen(14)),
                at_most: None,
            },
            request,
            notes,
            created_at: Timestamp::from_ms(1_768_874_400_101),
            started_at: Some(Timestamp::from_ms(1_768_874_401_000)),
            finished_at: Some(Timestamp::from_ms(1_768_874_421_873)),
            place: None,
            eta_ms: None,
            finish_ms: None,
            cancelable: false,
            outputs: vec![kept, blank],
            text: None,
            batch: None,
            conversation: None,
            after: None,
            usage: Some(Usage { image_count: Some(1), ..Usage::default() }),
            error: None,
            request_id: Some("0a7d2b9e".to_owned()),
        };
        let event = LiveEvent::Job { job: Box::new(job) };
        let wire = serde_json::to_value(&event).unwrap();
        assert_eq!(serde_json::from_value::<LiveEvent>(wire.clone()).unwrap(), event);
        insta::assert_json_snapshot!(wire);
    }
}
