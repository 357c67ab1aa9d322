//! A worker that is started again when its runtime dies.
//!
//! All state is on disk and the worker is made to be killed at any point, so starting it again loses nothing.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::health;
use crate::project::Project;
use crate::report::Report;
use crate::stack::{WorkerOptions, WorkerRuntime};

/// So many deaths within a minute are not a runtime's accident.
const DEATHS: usize = 3;

const MINUTE: Duration = Duration::from_secs(60);

/// A worker, what it was started with, and how often it died.
#[derive(Debug)]
pub(super) struct Kept {
    options: WorkerOptions,
    /// Nothing only while it is being started again.
    worker: Option<WorkerRuntime>,
    health: health::Watch,
    deaths: Vec<Instant>,
}

impl Kept {
    pub(super) fn start(project: &Project, mut options: WorkerOptions) -> Result<Self> {
        let worker = WorkerRuntime::start(project, &options)?;
        // Where any port would do, the next life takes the same: pages are open at it.
        options.port = worker.port;
        Ok(Self { options, worker: Some(worker), health: health::Watch::new(), deaths: Vec::new() })
    }

    pub(super) fn base_url(&self) -> &str {
        self.worker.as_ref().map_or("", |worker| &worker.base_url)
    }

    /// Looks after it; an error once it dies again and again.
    pub(super) fn keep_up(&mut self, project: &Project, report: &Report) -> Result<()> {
        let Some(worker) = &mut self.worker else { return Ok(()) };
        let Err(death) = worker.check_alive().and_then(|()| self.health.look(worker)) else { return Ok(()) };
        self.deaths.retain(|moment| moment.elapsed() < MINUTE);
        self.deaths.push(Instant::now());
        if self.deaths.len() >= DEATHS {
            return Err(death).context("the worker died several times within a minute");
        }
        // The old one goes first: with it go its port and its file of secrets.
        self.worker = None;
        report.step("the worker has stopped; starting it again", || {
            self.worker = Some(WorkerRuntime::start(project, &self.options)?);
            self.health = health::Watch::new();
            Ok(("worker started again; nothing is lost".into(), ()))
        })
    }
}
