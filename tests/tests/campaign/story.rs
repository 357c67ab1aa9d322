//! What the person did, as the judge needs it.

use std::time::{SystemTime, UNIX_EPOCH};

use studio_shared::job::Job;

/// What was done about one order, or one entry of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// Real Unix milliseconds of each decision that something be made: the submission, and every retry that was not
    /// refused.
    pub(crate) decisions: Vec<u64>,
    /// The job as it stood each time the person decided to try again.
    pub(crate) earlier: Vec<Job>,
    /// The job as it was when the person deleted it, and since when it has been deleted.
    pub(crate) deleted: Option<(u64, Box<Job>)>,
    /// The uploaded recording.
    pub(crate) file: Option<String>,
    /// Its length.
    pub(crate) file_bytes: u64,
    /// How often it was uploaded until an answer came: a lost answer may have left a file.
    pub(crate) file_tries: u32,
    /// It was never taken, so that there is no job.
    pub(crate) refused: bool,
    /// What was done and answered, in words.
    pub(crate) told: Vec<String>,
}

impl Story {
    /// The person has decided that it be made (again).
    pub(crate) fn decides(&mut self, at_ms: u64) {
        self.decisions.push(at_ms);
    }

    /// Notes what was done and answered.
    pub(crate) fn tell(&mut self, what: impl Into<String>) {
        self.told.push(format!("{} {}", now_ms() % 10_000_000, what.into()));
    }
}

/// Real Unix milliseconds.
pub(crate) fn now_ms() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}
