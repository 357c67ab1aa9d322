//! Results that no task made: of calls that are answered at once.

use std::collections::BTreeMap;

use super::Thing;
use crate::task::LIFE_MS;

/// By the call's id, each with its number from 1.
#[derive(Debug, Default)]
pub(crate) struct MadeAtOnce {
    things: BTreeMap<String, (u64, Vec<(u32, Thing)>)>,
}

impl MadeAtOnce {
    /// Keeps what a call made, and forgets what nobody can fetch any more.
    pub(crate) fn keep(&mut self, id: &str, things: Vec<(u32, Thing)>, now_ms: u64) {
        self.things.retain(|_, (made_ms, _)| made_ms.saturating_add(LIFE_MS) > now_ms);
        self.things.insert(id.to_owned(), (now_ms, things));
    }

    pub(crate) fn get(&self, id: &str, number: u32) -> Option<Thing> {
        let (_, things) = self.things.get(id)?;
        things.iter().find(|(own, _)| *own == number).map(|(_, thing)| thing.clone())
    }
}
