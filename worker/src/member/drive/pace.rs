//! Permits: asked for, and what became of the calls that they were for.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use studio_shared::kind::Kind;
use studio_shared::time::Timestamp;
use worker::Delay;

use super::{Driver, Flight};
use crate::clock;
use crate::dashscope::Fault;
use crate::member::entry::Entry;
use crate::pacer::{self, Arrived, Lane, News, Refused, Wish};

/// A permit that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    /// Any of these models.
    pub(super) models: Vec<String>,
    pub(super) at: Timestamp,
}

/// After so many milliseconds without a call the next one opens its connection.
const COLD_AFTER: u64 = 5_000;

/// The most that a call over an open connection is taken to be late, in milliseconds: what is more is the vendor's work.
const LATEST: u64 = 100;

/// How long calls take to the vendor and back. No call is quicker than its way, so what one takes longer than the
/// quickest is the most that it can have been late.
#[derive(Debug, Default)]
pub(super) struct Ways {
    quickest: Option<u64>,
    last: Timestamp,
}

impl Ways {
    /// How late the call of that moment can at most have reached the vendor, in milliseconds.
    fn late(&mut self, at: Timestamp, answered: Timestamp) -> u64 {
        let took = answered.since(at);
        let is_cold = at.since(self.last) > COLD_AFTER;
        self.last = at;
        let quickest = self.quickest.map_or(took, |quickest| quickest.min(took));
        self.quickest = Some(quickest);
        if is_cold { took } else { took.saturating_sub(quickest).min(LATEST) }
    }
}

/// What a refusal for now means to the pace. A model that is away (503) makes nobody too fast.
pub(super) fn refused(fault: &Fault, retry_after_ms: Option<u64>) -> Refused {
    Refused { pause_ms: retry_after_ms.unwrap_or(1000), too_fast: fault.status != 503 }
}

impl Driver<'_> {
    /// Asks for a permit; it comes when it is this member's turn.
    pub(super) fn permit(&self, asked: Asked) -> LocalBoxFuture<'_, Flight> {
        Box::pin(async move {
            let permit = self.permit_now(&asked).await;
            if !matches!(permit, Ok(Some(_))) {
                Delay::from(Duration::from_secs(1)).await; // the line is long, or the Pacer is away
            }
            Flight::Permit(asked, permit)
        })
    }

    async fn permit_now(&self, asked: &Asked) -> worker::Result<Option<pacer::Permit>> {
        let book = self.member.book();
        let wish = Wish {
            member: self.id.clone(),
            waiting: book.waiting(asked.kind)?.max(1),
            models: asked.models.clone(),
            at_vendor: book.at_vendor(asked.kind)?,
        };
        let answer = pacer::permit(&self.member.env, Lane::of(asked.kind), wish).await?;
        self.member.traffic.borrow_mut().insert(asked.kind, answer.traffic);
        Ok(answer.permit)
    }

    /// The creation of a task has just been answered.
    pub(super) fn arrived(&self, entry: &Entry, permitted: Timestamp) -> Arrived {
        let within_ms = self.ways.borrow_mut().late(permitted, clock::now());
        Arrived { model: entry.request.model().to_owned(), at: permitted, within_ms }
    }

    /// Tells the Pacer what became of a call, and what is at the vendor now.
    pub(super) async fn tell(&self, kind: Kind, arrived: Option<Arrived>, refused: Option<Refused>) {
        let news = News { arrived, refused, ..News::default() };
        self.logged(self.member.tell_pacer(kind, news).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_as_late_as_it_took_longer_than_the_quickest() {
        let mut ways = Ways::default();
        let mut late = |at: u64, took: u64| ways.late(Timestamp::from_ms(at), Timestamp::from_ms(at + took));
        assert_eq!(late(100_000, 300), 300, "it opened its connection: nothing is known of the way");
        assert_eq!(late(100_500, 120), 0);
        assert_eq!(late(101_000, 150), 30);
        assert_eq!(late(101_500, 110), 0);
        assert_eq!(late(102_000, 900), LATEST);
        assert_eq!(late(110_000, 250), 250, "cold again");
    }
}
