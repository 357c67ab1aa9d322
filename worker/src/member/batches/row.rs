//! A batch as the book keeps it, and what becomes of it: pure.

use serde::{Deserialize, Serialize};
use studio_shared::batch::{Batch, BatchState, KindCount};
use studio_shared::job::JobError;
use studio_shared::quote::PriceRange;
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::tally::Tally;
use crate::reply::Refusal;

/// A batch as the book keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::member) struct Row {
    pub(in crate::member) id: String,
    pub(in crate::member) name: String,
    pub(in crate::member) created_at: Timestamp,
    pub(in crate::member) state: BatchState,
    /// Why it paused itself.
    pub(in crate::member) error: Option<JobError>,
    pub(in crate::member) kinds: Vec<KindCount>,
    pub(in crate::member) price: PriceRange,
    /// Of the body and the settings it was made from: a repeat with the same key must have the same.
    pub(in crate::member) digest: String,
    /// How its entries ended, once all have: nothing is counted anew then.
    pub(in crate::member) ended: Option<Tally>,
    /// The code that it was asked for with; absent for the deployment's own.
    #[serde(default)]
    pub(in crate::member) code: Option<String>,
}

impl Row {
    /// Sends nothing more: the person wants it so, or `error` says what stands in the way.
    pub(super) fn pause(&mut self, error: Option<JobError>) -> Result<(), Refusal> {
        match self.state {
            BatchState::Running => {
                self.state = BatchState::Paused;
                self.error = error;
                Ok(())
            }
            BatchState::Paused => Err(wrong_state("批次已经暂停。", "The batch is paused already.")),
            BatchState::Done | BatchState::Canceled => Err(has_ended()),
        }
    }

    /// Goes on.
    pub(super) fn resume(&mut self) -> Result<(), Refusal> {
        match self.state {
            BatchState::Paused => {
                self.state = BatchState::Running;
                self.error = None;
                Ok(())
            }
            BatchState::Running => Err(wrong_state("批次正在进行。", "The batch is running already.")),
            BatchState::Done | BatchState::Canceled => Err(has_ended()),
        }
    }

    /// Called back.
    pub(super) fn cancel(&mut self) -> Result<(), Refusal> {
        match self.state {
            BatchState::Running | BatchState::Paused => {
                self.state = BatchState::Canceled;
                self.error = None;
                Ok(())
            }
            BatchState::Done | BatchState::Canceled => Err(has_ended()),
        }
    }

    /// An entry is tried again. A batch that is paused stays so: the entry waits.
    pub(super) fn tried_again(&mut self) {
        self.ended = None;
        if self.state != BatchState::Paused {
            self.state = BatchState::Running;
        }
    }

    /// All entries have ended, in this way.
    pub(super) fn end(&mut self, tally: Tally) {
        if self.state != BatchState::Canceled {
            self.state = BatchState::Done;
        }
        self.error = None;
        self.ended = Some(tally);
    }

    /// The batch as others see it.
    pub(super) fn batch(&self, tally: &Tally, eta_ms: Option<u64>) -> Batch {
        Batch {
            id: self.id.clone(),
            name: self.name.clone(),
            created_at: self.created_at,
            state: self.state,
            error: self.error.clone(),
            counts: tally.counts(),
            kinds: self.kinds.clone(),
            price: self.price.clone(),
            spent: tally.spent(),
            at_most: tally.at_most(),
            eta_ms: eta_ms.filter(|_| self.state == BatchState::Running),
        }
    }
}

fn wrong_state(zh: &'static str, en: &'static str) -> Refusal {
    Refusal::wrong_state(
        Words::new(zh, en),
        Words::new("刷新页面看看它现在的状态。", "Reload the page to see how it stands."),
    )
}

fn has_ended() -> Refusal {
    Refusal::wrong_state(
        Words::new("批次已经结束。", "The batch has ended."),
        Words::new(
            "可以重试其中失败的条目，或新建批次。",
            "Retry the entries that failed, or submit a new batch.",
        ),
    )
}

/// 409: nothing in it can be tried again.
pub(super) fn nothing_failed() -> Refusal {
    Refusal::wrong_state(
        Words::new("批次里没有失败或已取消的条目。", "No entry of the batch has failed or was cancelled."),
        Words::new(
            "结果不明的条目可能已计费，请逐条决定是否重试。",
            "Entries of which nobody knows may have been billed: decide on each of them.",
        ),
    )
}

/// 409: it cannot be deleted yet.
pub(super) fn not_ended() -> Refusal {
    Refusal::wrong_state(
        Words::new("批次还没有结束，不能删除。", "The batch has not ended and cannot be deleted."),
        Words::new("先取消，等已提交的条目结束。", "Cancel it first, and wait for what was sent."),
    )
}

#[cfg(test)]
mod tests {
    use studio_shared::error::{Charged, code};

    use super::*;

    fn row(state: BatchState) -> Row {
        Row {
            id: "b".to_owned(),
            name: "one".to_owned(),
            created_at: Timestamp::from_ms(0),
            state,
            error: None,
            kinds: Vec::new(),
            price: PriceRange { currency: "CNY".to_owned(), low: None, high: None, as_of: String::new() },
            digest: String::new(),
            ended: None,
            code: None,
        }
    }

    fn budget() -> JobError {
        JobError {
            code: code::BUDGET_EXCEEDED.to_owned(),
            message: "used up".to_owned(),
            advice: Words::new("提高预算", "raise it"),
            charged: Charged::No,
        }
    }

    #[test]
    fn each_state_allows_what_makes_sense() {
        use BatchState::{Canceled, Done, Paused, Running};
        let paused = |state| row(state).pause(None).is_ok();
        let resumed = |state| row(state).resume().is_ok();
        let canceled = |state| row(state).cancel().is_ok();
        let all = [Running, Paused, Done, Canceled];
        assert_eq!(all.map(paused), [true, false, false, false]);
        assert_eq!(all.map(resumed), [false, true, false, false]);
        assert_eq!(all.map(canceled), [true, true, false, false]);
    }

    #[test]
    fn it_says_why_it_paused_itself_until_it_goes_on() {
        let mut row = row(BatchState::Running);
        row.pause(Some(budget())).unwrap();
        assert_eq!((row.state, row.error.clone()), (BatchState::Paused, Some(budget())));
        row.resume().unwrap();
        assert_eq!((row.state, row.error), (BatchState::Running, None));
    }

    #[test]
    fn an_entry_that_is_tried_again_sets_an_ended_batch_running() {
        for (before, after) in [
            (BatchState::Done, BatchState::Running),
            (BatchState::Canceled, BatchState::Running),
            (BatchState::Running, BatchState::Running),
            (BatchState::Paused, BatchState::Paused),
        ] {
            let mut row = Row { ended: Some(Tally::default()), ..row(before) };
            row.tried_again();
            assert_eq!((row.state, row.ended), (after, None));
        }
    }

    #[test]
    fn a_batch_that_was_called_back_stays_so_when_its_last_entry_ends() {
        let mut called_back = row(BatchState::Canceled);
        called_back.end(Tally::default());
        assert_eq!(called_back.state, BatchState::Canceled);
        let mut paused = row(BatchState::Paused);
        paused.end(Tally::default());
        assert_eq!((paused.state, paused.ended), (BatchState::Done, Some(Tally::default())));
    }

    #[test]
    fn a_paused_batch_expects_nothing() {
        let eta = |state| row(state).batch(&Tally::default(), Some(5)).eta_ms;
        assert_eq!((eta(BatchState::Running), eta(BatchState::Paused)), (Some(5), None));
    }
}
