//! Whether the worker still answers, while `serve` runs.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::stack::WorkerRuntime;

/// Often enough that a person does not wonder for long.
const EVERY: Duration = Duration::from_secs(2);

/// One unanswered question may be a reload.
const UNANSWERED: u32 = 3;

#[derive(Debug)]
pub(super) struct Watch {
    asked: Instant,
    unanswered: u32,
}

impl Watch {
    pub(super) fn new() -> Self {
        Self { asked: Instant::now(), unanswered: 0 }
    }

    /// Asks where it is time to; an error once it has not answered several times in a row.
    pub(super) fn look(&mut self, worker: &WorkerRuntime) -> Result<()> {
        // After silence ask again soon: either it was a reload, or the person should know.
        let pause = if self.unanswered == 0 { EVERY } else { Duration::from_secs(1) };
        if self.asked.elapsed() < pause {
            return Ok(());
        }
        self.unanswered = if worker.is_healthy() { 0 } else { self.unanswered + 1 };
        self.asked = Instant::now();
        if self.unanswered >= UNANSWERED {
            bail!("the worker does not answer any more; of what it said:\n{}", worker.said());
        }
        Ok(())
    }
}
