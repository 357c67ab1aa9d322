//! All tasks, by id and in order of acceptance.

use std::collections::{BTreeMap, HashMap};

use super::pool::{Event, Pool};
use super::{LIFE_MS, Order, Phase, Task};
use crate::rates;

/// Kept longer than [`LIFE_MS`], so that a result's link works for its own 24 hours.
const KEPT_MS: u64 = 3 * LIFE_MS;

/// "Tasks processed at once" of most models (§9.1).
pub(crate) const USUAL_PLACES: usize = 2;

/// Every task that was accepted.
#[derive(Debug)]
pub struct Tasks {
    tasks: BTreeMap<u64, Task>,
    numbers: HashMap<String, u64>,
    pools: HashMap<String, Pool>,
    next: u64,
    places: usize,
}

/// A model's own number of places, while the setting is as it was.
fn places(model: &str, set: usize) -> usize {
    rates::places(model).filter(|_| set == USUAL_PLACES).unwrap_or(set)
}

impl Tasks {
    /// None yet; `places` is how many of a model are at work at once, if §9.1 does not say so.
    pub fn new(places: usize) -> Self {
        Self { tasks: BTreeMap::new(), numbers: HashMap::new(), pools: HashMap::new(), next: 0, places }
    }

    /// Takes a task in.
    pub fn accept(&mut self, order: Order, now_ms: u64) {
        let number = self.next;
        self.next += 1;
        self.numbers.insert(order.task_id.clone(), number);
        let pool = self.pools.entry(order.model.clone()).or_default();
        pool.queue(number, now_ms.saturating_add(order.pending_ms), order.run_ms);
        self.tasks.insert(number, Task { order, submit_ms: now_ms, phase: Phase::Pending });
    }

    /// Lets everything happen that is due by now.
    pub fn advance(&mut self, now_ms: u64) {
        for (model, pool) in &mut self.pools {
            for event in pool.advance(now_ms, places(model, self.places)) {
                let (Event::Started { task: number, .. } | Event::Ended { task: number, .. }) = event;
                let Some(task) = self.tasks.get_mut(&number) else { continue };
                task.phase = match (event, task.phase) {
                    (Event::Ended { at_ms: end_ms, .. }, Phase::Running { start_ms }) => {
                        Phase::Ended { start_ms, end_ms }
                    }
                    (Event::Started { at_ms: start_ms, .. }, _) => Phase::Running { start_ms },
                    (Event::Ended { .. }, phase) => phase,
                };
            }
        }
        while let Some(oldest) = self.tasks.first_entry() {
            if oldest.get().submit_ms.saturating_add(KEPT_MS) > now_ms {
                break;
            }
            let task = oldest.remove();
            self.numbers.remove(&task.order.task_id);
        }
    }

    /// How many of each model are at work at once, from now on.
    pub fn set_places(&mut self, places: usize, now_ms: u64) {
        self.advance(now_ms);
        self.places = places;
        self.pools.values_mut().for_each(|pool| pool.places_changed(now_ms));
    }

    /// One task, also one that the service would no longer admit to.
    pub fn get(&self, task_id: &str) -> Option<&Task> {
        self.tasks.get(self.numbers.get(task_id)?)
    }

    /// Cancels a task that is still queued; false otherwise.
    pub fn cancel(&mut self, task_id: &str, now_ms: u64) -> bool {
        let Some(task) = self.numbers.get(task_id).and_then(|number| self.tasks.get_mut(number)) else {
            return false;
        };
        let number = self.numbers.get(task_id).copied().unwrap_or(u64::MAX);
        let pool = self.pools.entry(task.order.model.clone()).or_default();
        let canceled = !task.gone(now_ms) && pool.cancel(number);
        if canceled {
            task.phase = Phase::Canceled { end_ms: now_ms };
        }
        canceled
    }

    /// The newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values().rev()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        *self = Self::new(self.places);
    }
}
