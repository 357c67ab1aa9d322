//! What must never be, as a program over `cargo metadata` and the sources.

mod asvs;
mod dependencies;
mod lengths;
mod registries;
mod rows;
mod sources;
mod walls;

use std::fmt;

use anyhow::{Result, bail};

use self::sources::Source;
use crate::project::Project;

/// A broken invariant, and where.
#[derive(Clone, Debug, PartialEq)]
struct Violation {
    /// `path` or `path:line`
    place: String,
    says: String,
}

impl Violation {
    fn new(place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { place: place.into(), says: says.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.says)
    }
}

/// Checks everything. Answers the figures worth knowing, or fails with every violation at its place.
pub(super) fn check(project: &Project) -> Result<String> {
    let sources = sources::read(&project.root)?;
    let mut violations = dependencies::check(&dependencies::read(&project.root)?);
    violations.extend(walls::check(&sources));
    violations.extend(registries::check(&sources));
    violations.extend(rows::check(&sources));
    let (standing, open) = asvs::check(&project.root, &sources)?;
    violations.extend(open);
    let lengths = lengths::measure(&sources);
    violations.extend(lengths::check(&sources, &lengths));
    if !violations.is_empty() {
        let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
        bail!("{} broken invariants\n{}", lines.len(), lines.join("\n"));
    }
    Ok(format!("invariants ({lengths}; {standing})"))
}
