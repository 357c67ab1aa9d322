//! While an answer comes, and how it ends.

use studio_shared::error::Charged;
use studio_shared::job::{Finish, State};
use studio_shared::time::Timestamp;
use studio_shared::usage::Usage;

use super::Entry;
use crate::dashscope::{Fault, answer_cut};

/// Longest answer, in milliseconds: the vendor itself gives up after 300 s (`dashscope-api.md` §8.2,
/// `RequestTimeOut`).
pub(in crate::member) const LONGEST_ANSWER_MS: u64 = 6 * 60 * 1000;

/// Why an answer broke off.
#[derive(Debug)]
pub(in crate::member) enum Break {
    /// The vendor says why.
    Fault(Fault),
    /// It just did.
    Lost(String),
}

impl Entry {
    /// Its first piece has come.
    pub(in crate::member) fn answering(&mut self, request_id: Option<String>, now: Timestamp) {
        self.state = State::Running;
        self.request_id = request_id;
        self.accepted_at = Some(now);
        self.started_at = Some(now);
        self.failures = 0;
        // Nothing is to be done before that: whoever finds it running without writing it was preceded by a crash.
        self.due = Some(now.after(LONGEST_ANSWER_MS.saturating_add(60_000)));
    }

    /// The model has said everything, or as much as it may.
    pub(in crate::member) fn answered(&mut self, finish: Finish, usage: Option<Usage>, now: Timestamp) {
        self.book_usage(usage);
        self.finish = Some(finish);
        self.finish(State::Done, now);
    }

    /// The person has stopped it: what was used is billed all the same.
    pub(in crate::member) fn stopped(&mut self, usage: Option<Usage>, now: Timestamp) {
        self.error = None;
        self.answered(Finish::Stopped, usage, now);
    }

    /// It broke off; `came` tells whether any text had come. What is known to be used is billed. Where the vendor did not
    /// say itself that this was the end, it may have said more that was lost on the way, and bill it.
    pub(in crate::member) fn broken_off(
        &mut self,
        why: Break,
        came: bool,
        usage: Option<Usage>,
        now: Timestamp,
    ) {
        let charged = if usage.is_some() { Charged::Yes } else { Charged::Unknown };
        self.book_usage(usage);
        self.finish = came.then_some(Finish::Cut);
        match why {
            Break::Fault(fault) => self.fail(fault.job_error(charged), now),
            Break::Lost(why) if came => self.fail(answer_cut(&why, Charged::Unknown), now),
            Break::Lost(why) => self.lost(&why, now),
        }
    }

    /// Found running by a driver that does not write it: the worker stopped in the middle of the answer, and nobody
    /// knows how far the vendor went on.
    pub(in crate::member) fn answer_interrupted(&mut self, came: bool, usage: Option<Usage>, now: Timestamp) {
        let why = Break::Lost("the worker stopped in the middle of the answer".to_owned());
        self.broken_off(why, came, usage, now);
    }

    fn book_usage(&mut self, usage: Option<Usage>) {
        self.usage = usage;
        self.actual = usage.and_then(|usage| self.request.price_of(&usage));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::error::code;
    use studio_shared::money::Money;
    use studio_shared::request::Request;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn answering() -> Entry {
        let request = Request::from_value(json!({"model":"qwen-turbo","prompt":"a"})).unwrap();
        let mut entry = Entry::new("job".to_owned(), request, Vec::new(), at(0));
        entry.submitting(at(0));
        assert!(entry.is_cancelable(), "an answer can be stopped before it has begun");
        entry.answering(Some("r".to_owned()), at(10));
        entry
    }

    /// 0.3 and 0.6 CNY a million.
    fn used() -> Option<Usage> {
        Some(Usage { input_tokens: Some(1000), output_tokens: Some(500), ..Usage::default() })
    }

    fn paid() -> Option<Money> {
        "0.0006".parse().ok()
    }

    #[test]
    fn an_answer_is_booked_by_what_was_used() {
        let mut entry = answering();
        assert_eq!((entry.state, entry.started_at), (State::Running, Some(at(10))));
        assert!(entry.is_cancelable());
        entry.answered(Finish::Length, used(), at(20));
        assert_eq!((entry.state, entry.finish, entry.due), (State::Done, Some(Finish::Length), None));
        assert_eq!((entry.usage, entry.actual, entry.is_cancelable()), (used(), paid(), false));
        let mut entry = answering();
        entry.stopped(used(), at(20));
        assert_eq!((entry.state, entry.finish, entry.actual), (State::Done, Some(Finish::Stopped), paid()));
    }

    #[test]
    fn an_answer_that_breaks_off_keeps_its_text_and_says_what_is_known_of_its_bill() {
        let fault = || Fault {
            status: 500,
            code: "InternalError".to_owned(),
            message: "m".to_owned(),
            request_id: None,
        };
        let lost = || Break::Lost("cut".to_owned());
        for (why, came, usage, state, error, charged) in [
            (lost(), true, used(), State::Failed, code::ANSWER_CUT, Charged::Unknown),
            (lost(), true, None, State::Failed, code::ANSWER_CUT, Charged::Unknown),
            (lost(), false, None, State::Unsure, code::ANSWER_LOST, Charged::Unknown),
            (Break::Fault(fault()), true, used(), State::Failed, "InternalError", Charged::Yes),
            (Break::Fault(fault()), false, None, State::Failed, "InternalError", Charged::Unknown),
        ] {
            let mut entry = answering();
            entry.broken_off(why, came, usage, at(20));
            assert_eq!((entry.state, entry.finish), (state, came.then_some(Finish::Cut)));
            assert_eq!(entry.actual, usage.and(paid()));
            let told = entry.error.unwrap();
            assert_eq!((told.code.as_str(), told.charged), (error, charged));
        }
    }

    #[test]
    fn after_a_crash_nobody_knows_the_bill_and_nothing_is_sent_again() {
        for (came, state) in [(true, State::Failed), (false, State::Unsure)] {
            let mut entry = answering();
            entry.answer_interrupted(came, used(), at(20));
            assert_eq!((entry.state, entry.due), (state, None));
            assert_eq!(entry.error.unwrap().charged, Charged::Unknown);
            assert_eq!(entry.actual, paid(), "what is known was used");
        }
    }

    #[test]
    fn a_retry_keeps_the_place_in_the_conversation() {
        let mut entry = answering();
        let turn = crate::member::entry::Turn {
            conversation: "c".to_owned(),
            after: Some("b".to_owned()),
            begins: false,
        };
        entry.turn = Some(turn.clone());
        entry.broken_off(Break::Lost("cut".to_owned()), true, used(), at(20));
        entry.retry(at(30));
        assert_eq!((entry.state, entry.finish, entry.usage), (State::Queued, None, None));
        assert_eq!(entry.turn, Some(turn));
    }
}
