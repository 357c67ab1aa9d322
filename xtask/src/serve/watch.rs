//! `--dev`: rebuilds a part when one of its files has changed. The runtime sees new files by itself.

use std::time::SystemTime;

use crate::build::{Part, Profile, inputs};
use crate::project::Project;
use crate::report::Report;
use crate::setup::Toolbox;

type Glance = (Option<SystemTime>, usize);

/// What was seen last.
#[derive(Debug)]
pub(super) struct Watch {
    tools: Toolbox,
    seen: [(Part, Glance); 2],
}

impl Watch {
    pub(super) fn new(project: &Project, tools: Toolbox) -> Self {
        let seen = [Part::Page, Part::Worker].map(|part| (part, inputs::glance(project, part.inputs())));
        Self { tools, seen }
    }

    /// Looks once. A build that fails is shown, and the product goes on with what it had.
    pub(super) fn rebuild_what_changed(&mut self, project: &Project, report: &Report) {
        for (part, seen) in &mut self.seen {
            let now = inputs::glance(project, part.inputs());
            if now != *seen {
                *seen = now;
                if let Err(error) = report.step(&format!("building the {}", part.name()), || {
                    part.build(project, &self.tools, Profile::Dev).map(|done| (done, ()))
                }) {
                    report.line(format_args!("{error:#}"));
                }
            }
        }
    }
}
