//! Bringing a recording to the vendor's temporary store before its creation is sent (`dashscope-api.md` §7).

use serde::{Deserialize, Serialize};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_shared::request::{Recording, Request};
use studio_shared::time::Timestamp;

use super::{Entry, pause};
use crate::dashscope::{Fault, STORE_KEEPS_MS};

/// How often an upload is tried before the job fails.
const TRIES: u32 = 5;

/// So long before the store forgets a file it is uploaded anew: the vendor still has to read it.
const MARGIN_MS: u64 = 60 * 60 * 1000;

/// How far a recording has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::member) struct Upload {
    /// It is on its way: nothing has been created yet, and a driver that is killed now did no harm.
    pub(in crate::member) is_under_way: bool,
    /// Tries that failed.
    tries: u32,
    /// Where it is, and from when on it is not. Never leaves the worker.
    stored: Option<(String, Timestamp)>,
}

impl Upload {
    /// Where it was put, whether it is still there or not.
    pub(super) fn address(&self) -> Option<&str> {
        self.stored.as_ref().map(|(address, _)| address.as_str())
    }
}

impl Entry {
    /// The handle of the recording that was uploaded here for this job.
    pub(in crate::member) fn file(&self) -> Option<&str> {
        match &self.request {
            Request::Transcription(request) => match &request.recording {
                Recording::File { file } => Some(file),
                Recording::Url { .. } => None,
            },
            _ => None,
        }
    }

    /// Where the recording is in the vendor's store, as long as it stays there.
    pub(in crate::member) fn stored_at(&self, now: Timestamp) -> Option<&str> {
        let (address, until) = self.upload.stored.as_ref()?;
        (now.after(MARGIN_MS) < *until).then_some(address)
    }

    /// About to bring the recording to the vendor, where there is one and it is not there. Stored with `submitting`.
    pub(in crate::member) fn begin_upload(&mut self, now: Timestamp) {
        self.upload.is_under_way = self.file().is_some() && self.stored_at(now).is_none();
    }

    /// The recording is in the vendor's store. Stored before the creation leaves.
    pub(in crate::member) fn uploaded(&mut self, address: String, now: Timestamp) {
        self.upload = Upload { stored: Some((address, now.after(STORE_KEEPS_MS))), ..Upload::default() };
        self.sent_at = Some(now);
    }

    /// The recording did not come to the vendor: nothing was created. Where `again` is set, it is tried again from
    /// here a few times; being too fast does not count.
    pub(in crate::member) fn not_uploaded(
        &mut self,
        fault: &Fault,
        again: bool,
        retry_after_ms: Option<u64>,
        now: Timestamp,
    ) {
        let error = fault.job_error(Charged::No);
        let counted = u32::from(!fault.is_throttling());
        if !again || self.upload.tries.saturating_add(counted) >= TRIES {
            self.upload = Upload::default();
            self.actual = Some(Money::ZERO);
            return self.fail(error, now);
        }
        self.upload.tries = self.upload.tries.saturating_add(counted);
        self.error = Some(error);
        self.upload_again(retry_after_ms, now);
    }

    /// Back to the queue: no creation has been sent.
    pub(super) fn upload_again(&mut self, retry_after_ms: Option<u64>, now: Timestamp) {
        self.upload.is_under_way = false;
        self.state = State::Queued;
        let pause_ms = pause::after_failure(self.upload.tries.max(1));
        self.due = Some(now.after(pause_ms.max(retry_after_ms.unwrap_or(0))));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::error::code;

    use super::*;
    use crate::dashscope::Create;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn submitting() -> Entry {
        let request = json!({"model":"paraformer-v2","file":"0198"});
        let mut entry =
            Entry::new("job".to_owned(), Request::from_value(request).unwrap(), Vec::new(), at(0));
        entry.submitting(at(0));
        entry.begin_upload(at(0));
        entry
    }

    fn fault(status: u16, code: &str) -> Fault {
        Fault { status, code: code.to_owned(), message: "m".to_owned(), request_id: None }
    }

    #[test]
    fn a_driver_that_was_killed_during_an_upload_did_no_harm() {
        let mut entry = submitting();
        assert!(entry.upload.is_under_way);
        entry.interrupted(at(1000));
        assert_eq!((entry.state, entry.due), (State::Queued, Some(at(2000))));
        let mut entry = submitting();
        entry.uploaded("oss://d/a".to_owned(), at(1000));
        entry.interrupted(at(2000));
        assert!(entry.is_looked_for(), "the creation may have left");
    }

    #[test]
    fn what_is_stored_is_not_uploaded_again_while_it_stays() {
        let mut entry = submitting();
        entry.uploaded("oss://d/a".to_owned(), at(1000));
        let later = Create::Later { fault: fault(429, "Throttling"), retry_after_ms: None };
        entry.submitted(later, true, at(2000));
        entry.submitting(at(0));
        entry.begin_upload(at(3000));
        assert!(!entry.upload.is_under_way);
        assert_eq!(entry.stored_at(at(3000)), Some("oss://d/a"));
        let old = at(STORE_KEEPS_MS);
        entry.begin_upload(old);
        assert!(entry.upload.is_under_way && entry.stored_at(old).is_none());
    }

    #[test]
    fn an_upload_is_tried_a_few_times_and_being_too_fast_does_not_count() {
        let mut entry = submitting();
        for _ in 0..20 {
            entry.not_uploaded(&fault(429, "Throttling.RateQuota"), true, Some(3000), at(0));
            assert_eq!((entry.state, entry.due), (State::Queued, Some(at(3000))));
        }
        for tries in 1..5 {
            entry.not_uploaded(&fault(403, "AccessDenied"), true, None, at(0));
            assert_eq!((entry.state, entry.upload.tries), (State::Queued, tries));
            assert_eq!(entry.error.as_ref().unwrap().code, "AccessDenied");
        }
        entry.not_uploaded(&fault(403, "AccessDenied"), true, None, at(0));
        assert_eq!((entry.state, entry.actual), (State::Failed, Some(Money::ZERO)));
        let mut entry = submitting();
        entry.not_uploaded(&fault(400, "BadRequest.TooLarge"), false, None, at(0));
        assert_eq!(entry.state, State::Failed);
        assert_ne!(entry.error.unwrap().code, code::ANSWER_LOST);
    }

    #[test]
    fn an_address_needs_no_upload() {
        let request = json!({"model":"paraformer-v2","url":"https://example.com/a.mp3"});
        let mut entry =
            Entry::new("job".to_owned(), Request::from_value(request).unwrap(), Vec::new(), at(0));
        entry.begin_upload(at(0));
        assert!(!entry.upload.is_under_way && entry.file().is_none());
    }
}
