//! How a task will go, decided when it is accepted.

use super::End;
use crate::catalogue::{self, Fact};
use crate::trigger::Triggers;

/// What a task that fails its content check still takes (the document's example: 3.7 s).
const FAILING_MS: u64 = 3_600;
/// "An async task that yields nothing for 3 h ends as FAILED" (dashscope-api.md §2.2).
const THREE_HOURS_MS: u64 = 3 * 3_600_000;

/// Time at work, and the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Simulated milliseconds.
    pub run_ms: u64,
    /// How it ends.
    pub end: End,
}

/// What markers make of a task that takes `run_ms` by itself, and of which nothing may come (`lost`). Check
/// (10), content: it is the task that fails, not the call.
pub fn of(triggers: &Triggers, run_ms: u64, lost: Option<Fact>) -> Fate {
    let timeout = || catalogue::find("InternalError.Timeout", 1).filter(|_| triggers.timeout);
    let end = match timeout().or_else(|| triggers.fail.clone()).or(lost) {
        Some(fact) => End::Failed(fact),
        None => End::Succeeded,
    };
    let run_ms = match triggers {
        Triggers { timeout: true, .. } => THREE_HOURS_MS,
        Triggers { run_ms: Some(run_ms), .. } => *run_ms,
        Triggers { fail: Some(_), .. } => FAILING_MS,
        _ => run_ms,
    };
    Fate { run_ms, end }
}
