//! The task clock of one model: who waits, who works, and when each begins and ends. Pure: it is told the
//! time and answers what has happened since.

use std::collections::BTreeSet;

/// Something that happened to a task, named by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It went from the queue to work.
    Started {
        /// Which.
        task: u64,
        /// When.
        at_ms: u64,
    },
    /// Its work ended.
    Ended {
        /// Which.
        task: u64,
        /// When.
        at_ms: u64,
    },
}

/// One model's queue and its places at work ("tasks processed at once", dashscope-api.md §9.1).
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Ready time, number, time at work.
    waiting: BTreeSet<(u64, u64, u64)>,
    /// End, number.
    working: BTreeSet<(u64, u64)>,
    /// No place was free before this time.
    free_since_ms: u64,
}

impl Pool {
    /// Queues a task that may not start before `ready_ms`.
    pub fn queue(&mut self, task: u64, ready_ms: u64, run_ms: u64) {
        self.waiting.insert((ready_ms, task, run_ms));
    }

    /// Takes a waiting task out; false when it does not wait (any more).
    pub fn cancel(&mut self, task: u64) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(_, waiting, _)| *waiting != task);
        self.waiting.len() < before
    }

    /// The number of places changed now: those that are new were not there before.
    pub fn places_changed(&mut self, now_ms: u64) {
        self.free_since_ms = self.free_since_ms.max(now_ms);
    }

    /// Everything that happened up to now, in its order, each at its own time however late the question is.
    pub fn advance(&mut self, now_ms: u64, places: usize) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            let end = self.working.first().copied();
            let start = self.waiting.first().copied().filter(|_| self.working.len() < places);
            let start_ms = start.map_or(u64::MAX, |(ready_ms, ..)| ready_ms.max(self.free_since_ms));
            match (end, start) {
                (Some((end_ms, task)), _) if end_ms <= now_ms && end_ms <= start_ms => {
                    self.working.pop_first();
                    self.free_since_ms = self.free_since_ms.max(end_ms);
                    events.push(Event::Ended { task, at_ms: end_ms });
                }
                (_, Some((_, task, run_ms))) if start_ms <= now_ms => {
                    self.waiting.pop_first();
                    self.working.insert((start_ms.saturating_add(run_ms), task));
                    events.push(Event::Started { task, at_ms: start_ms });
                }
                _ => return events,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Event::{Ended, Started};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_work_and_the_third_waits_for_a_place() {
        let mut pool = Pool::default();
        for task in 1..=3 {
            pool.queue(task, 1_000 + task, 10_000 * task);
        }
        assert_eq!(pool.advance(1_000, 2), []);
        assert_eq!(
            pool.advance(1_500, 2),
            [Started { task: 1, at_ms: 1_001 }, Started { task: 2, at_ms: 1_002 }]
        );
        let expected = [
            Ended { task: 1, at_ms: 11_001 },
            Started { task: 3, at_ms: 11_001 },
            Ended { task: 2, at_ms: 21_002 },
            Ended { task: 3, at_ms: 41_001 },
        ];
        assert_eq!(pool.advance(99_999, 2), expected, "asked late, told at the right times");
    }

    #[test]
    fn a_task_told_to_wait_long_does_not_hold_up_the_next() {
        let mut pool = Pool::default();
        pool.queue(1, 30_000, 1);
        pool.queue(2, 1_000, 1);
        assert_eq!(
            pool.advance(2_000, 1),
            [Started { task: 2, at_ms: 1_000 }, Ended { task: 2, at_ms: 1_001 }]
        );
    }

    #[test]
    fn only_a_waiting_task_is_cancelled_and_its_place_goes_to_the_next() {
        let mut pool = Pool::default();
        (1..=3).for_each(|task| pool.queue(task, 0, 100));
        pool.advance(50, 1);
        assert!(!pool.cancel(1) && pool.cancel(2) && !pool.cancel(2));
        assert_eq!(pool.advance(100, 1), [Ended { task: 1, at_ms: 100 }, Started { task: 3, at_ms: 100 }]);
    }

    #[test]
    fn a_place_that_is_added_is_not_free_in_the_past() {
        let mut pool = Pool::default();
        (1..=2).for_each(|task| pool.queue(task, 0, 1_000));
        pool.advance(500, 1);
        pool.places_changed(500);
        assert_eq!(pool.advance(600, 2), [Started { task: 2, at_ms: 500 }]);
    }

    proptest! {
        #[test]
        fn never_more_at_work_than_places_and_no_task_is_lost(
            tasks in prop::collection::vec((0_u64..5_000, 0_u64..3_000), 1..40), places in 1_usize..4,
            step in 1_u64..2_000,
        ) {
            let mut pool = Pool::default();
            for (number, (ready, run)) in (0..).zip(&tasks) {
                pool.queue(number, *ready, *run);
            }
            let (mut at_work, mut ended, mut last) = (0_usize, 0, 0);
            for now in (0..=200_000).step_by(step as usize) {
                for event in pool.advance(now, places) {
                    let (Started { at_ms, .. } | Ended { at_ms, .. }) = event;
                    prop_assert!(at_ms >= last && at_ms <= now);
                    last = at_ms;
                    match event {
                        Started { .. } => at_work += 1,
                        Ended { .. } => { at_work -= 1; ended += 1; }
                    }
                    prop_assert!(at_work <= places);
                }
            }
            prop_assert_eq!(ended, tasks.len());
        }
    }
}
