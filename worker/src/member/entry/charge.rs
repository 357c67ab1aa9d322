//! What a try of a job is billed, as far as anybody knows.

use serde::{Deserialize, Serialize};
use studio_shared::day::Day;
use studio_shared::error::Charged;
use studio_shared::job::{Finish, JobError, State};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::time::Timestamp;
use studio_shared::usage::Usage;

use super::Entry;

/// The longest recording that the vendor takes, in seconds (`dashscope-api.md` §6.1).
const LONGEST_RECORDING_S: u32 = 12 * 60 * 60;

/// A second of sound has more bytes than this in every format: 4.75 kbit/s of AMR are the fewest.
const FEWEST_BYTES: u64 = 500;

/// What was billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::member) struct Charge {
    /// By the vendor's counts.
    pub(in crate::member) spent: Money,
    /// At most so much beyond that: nobody knows.
    pub(in crate::member) at_most: Money,
}

impl Charge {
    /// Both together.
    pub(in crate::member) const fn plus(self, other: Self) -> Self {
        Self { spent: self.spent.plus(other.spent), at_most: self.at_most.plus(other.at_most) }
    }
}

impl Entry {
    /// Whether it waits for its money: nothing is sent before that is held.
    pub(in crate::member) fn is_held(&self) -> bool {
        self.state == State::Queued && self.due.is_none()
    }

    /// What is held for it: the most that it can cost, its recording having so many `bytes`; `None` where nobody
    /// knows.
    pub(in crate::member) fn price(&self, bytes: Option<u64>) -> Option<Money> {
        if self.kind() != Kind::Transcription {
            return self.estimate.or_else(|| self.request.price());
        }
        let by_size = bytes.and_then(|bytes| u32::try_from(bytes.div_ceil(FEWEST_BYTES)).ok());
        let seconds = by_size.unwrap_or(LONGEST_RECORDING_S).min(LONGEST_RECORDING_S);
        self.request.price_of(&Usage { audio_seconds: Some(seconds), ..Usage::default() })
    }

    /// Its money, asked for at this moment, is held: it may be sent.
    pub(in crate::member) fn release(&mut self, price: Option<Money>, now: Timestamp) {
        self.reserved = price;
        self.day = Day::of(now);
        self.due = Some(now);
    }

    /// There is no money for it.
    pub(in crate::member) fn not_allowed(&mut self, error: JobError, now: Timestamp) {
        self.actual = Some(Money::ZERO);
        self.fail(error, now);
    }

    /// Held again after it had been released, its money given back: from here on it is another try, so that what is
    /// told of the one that was given back can come at any time.
    pub(in crate::member) fn hold_again(&mut self) {
        self.attempt = self.attempt.saturating_add(1);
        self.reserved = None;
        self.due = None;
    }

    /// The most that this try can cost; `None` where nobody knows.
    pub(in crate::member) fn most(&self) -> Option<Money> {
        self.reserved.or(self.estimate).or_else(|| self.request.price())
    }

    /// What this try was billed; `None` until it has ended, and where it did so in another studio.
    pub(in crate::member) fn charge(&self) -> Option<Charge> {
        if !self.state.is_final() || self.imported {
            return None;
        }
        let charged = match self.state {
            State::Unsure => Charged::Unknown,
            State::Failed => self.error.as_ref().map_or(Charged::Unknown, |error| error.charged),
            State::Canceled => Charged::No,
            // The vendor may have gone on until it noticed.
            State::Done if self.finish == Some(Finish::Stopped) => Charged::Unknown,
            _ => Charged::Yes,
        };
        let most = self.most().unwrap_or(Money::ZERO);
        let rest = |spent: Money| most.minus(spent).max(Money::ZERO);
        Some(match (charged, self.actual) {
            (Charged::No, actual) => Charge { spent: actual.unwrap_or(Money::ZERO), ..Charge::default() },
            (Charged::Yes, Some(actual)) => Charge { spent: actual, ..Charge::default() },
            (Charged::Unknown, Some(actual)) => Charge { spent: actual, at_most: rest(actual) },
            // It was billed, or may have been, and the vendor does not say how much.
            (Charged::Yes | Charged::Unknown, None) => Charge { at_most: most, ..Charge::default() },
        })
    }

    /// What all its tries were billed.
    pub(in crate::member) fn charges(&self) -> Charge {
        self.billed.plus(self.charge().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::error::code;
    use studio_shared::request::Request;
    use studio_shared::words::Words;

    use super::*;
    use crate::dashscope::{Create, Fault};
    use crate::member::entry::Break;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn fen(fen: i64) -> Money {
        Money::from_fen(fen)
    }

    /// 0.14 CNY.
    fn held() -> Entry {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).unwrap();
        Entry::held("job".to_owned(), request, Vec::new(), at(0))
    }

    fn sent() -> Entry {
        let mut entry = held();
        let price = entry.request.price();
        entry.release(price, at(0));
        entry.submitting(at(0));
        entry
    }

    fn failed(charged: Charged) -> Entry {
        let mut entry = sent();
        let words = Words::new("", "");
        let error =
            JobError { code: code::INTERNAL.to_owned(), message: String::new(), advice: words, charged };
        entry.fail(error, at(1));
        entry
    }

    fn charge(spent: i64, at_most: i64) -> Option<Charge> {
        Some(Charge { spent: fen(spent), at_most: fen(at_most) })
    }

    #[test]
    fn a_job_is_charged_when_it_has_ended_and_as_far_as_is_known() {
        assert_eq!((held().charge(), sent().charge()), (None, None));
        let mut unsure = sent();
        unsure.interrupted(at(1));
        assert_eq!(unsure.charge(), None, "it is being looked for");
        unsure.stays_unsure("two tasks could be it", at(1));
        assert_eq!((unsure.state, unsure.charge()), (State::Unsure, charge(0, 14)));
        let mut canceled = held();
        canceled.cancel(at(1));
        assert_eq!(canceled.charge(), charge(0, 0));
        let mut refused = sent();
        let fault =
            Fault { status: 400, code: "Arrearage".to_owned(), message: String::new(), request_id: None };
        refused.submitted(Create::Refused(fault), true, at(1));
        assert_eq!(refused.charge(), charge(0, 0));
        assert_eq!(failed(Charged::No).charge(), charge(0, 0));
        assert_eq!(failed(Charged::Unknown).charge(), charge(0, 14));
        assert_eq!(failed(Charged::Yes).charge(), charge(0, 14), "billed, and nobody knows how much");
        let mut known = failed(Charged::Unknown);
        known.actual = Some(fen(5));
        assert_eq!(known.charge(), charge(5, 9), "so much is known, and the rest is possible");
        known.actual = Some(fen(15));
        assert_eq!(known.charge(), charge(15, 0));
        let mut known = failed(Charged::Yes);
        known.actual = Some(fen(5));
        assert_eq!(known.charge(), charge(5, 0));
    }

    #[test]
    fn an_answer_is_booked_at_most_until_its_usage_is_known() {
        let answering = || {
            let request = Request::from_value(json!({"model":"qwen-turbo","prompt":"a","max_tokens":1000}));
            let mut entry = Entry::held("job".to_owned(), request.unwrap(), Vec::new(), at(0));
            entry.release(Some(fen(10)), at(0));
            entry.submitting(at(0));
            entry.answering(None, at(1));
            entry
        };
        let used = Some(Usage { input_tokens: Some(0), output_tokens: Some(1000), ..Usage::default() });
        let paid = "0.0006".parse().unwrap();
        let mut stopped = answering();
        stopped.stopped(None, at(2));
        assert_eq!(stopped.charge(), charge(0, 10));
        let mut stopped = answering();
        stopped.stopped(used, at(2));
        let rest = fen(10).minus(paid);
        assert_eq!(stopped.charge(), Some(Charge { spent: paid, at_most: rest }), "it may have gone on");
        let mut answered = answering();
        answered.answered(Finish::Stop, used, at(2));
        assert_eq!(answered.charge(), Some(Charge { spent: paid, at_most: Money::ZERO }));
        let mut killed = answering();
        killed.answer_interrupted(true, used, at(2));
        assert_eq!(killed.charge(), Some(Charge { spent: paid, at_most: fen(10).minus(paid) }));
        let mut lost = answering();
        lost.broken_off(Break::Lost("cut".to_owned()), false, None, at(2));
        assert_eq!(lost.charge(), charge(0, 10));
    }

    #[test]
    fn every_try_has_money_of_its_own_and_earlier_ones_stay_billed() {
        let mut entry = sent();
        entry.interrupted(at(1));
        entry.stays_unsure("two tasks could be it", at(1));
        entry.retry(at(2));
        assert!(entry.is_held() && entry.reserved.is_none());
        assert_eq!((entry.attempt, entry.charge(), Some(entry.charges())), (1, None, charge(0, 14)));
        entry.release(Some(fen(14)), at(2));
        entry.submitting(at(2));
        entry.actual = Some(fen(14));
        entry.finish(State::Done, at(3));
        assert_eq!((entry.charge(), Some(entry.charges())), (charge(14, 0), charge(14, 14)));
    }

    #[test]
    fn a_recording_is_held_at_the_most_it_can_cost() {
        let request = Request::from_value(json!({"model":"paraformer-v2","file":"0198"})).unwrap();
        let entry = Entry::held("job".to_owned(), request, Vec::new(), at(0));
        let price = |bytes| entry.price(bytes).unwrap().to_string();
        assert_eq!(price(None), "3.456", "12 hours");
        assert_eq!(price(Some(500 * 100)), "0.008");
        assert_eq!(price(Some(u64::MAX)), "3.456");
        assert_eq!(price(Some(1)), "0.00008");
    }

    #[test]
    fn what_is_released_counts_for_the_day_it_is_asked_for() {
        let mut entry = held();
        let later = at(3 * 24 * 60 * 60 * 1000);
        entry.release(None, later);
        assert_eq!((entry.day, entry.due), (Day::of(later), Some(later)));
    }

    #[test]
    fn what_is_held_again_is_another_try() {
        let mut entry = held();
        entry.release(Some(fen(14)), at(0));
        assert!(!entry.is_held());
        entry.hold_again();
        assert!(entry.is_held());
        assert_eq!((entry.attempt, entry.reserved, Some(entry.charges())), (1, None, charge(0, 0)));
    }
}
