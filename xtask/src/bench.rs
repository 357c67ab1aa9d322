//! `cargo xtask bench`: what is measured, never tested.

use anyhow::Result;

use crate::build::{Profile, build_all};
use crate::process::{command, stream};
use crate::project::Project;
use crate::report::Report;
use crate::setup::Toolbox;
use crate::stack::Simulator;

/// Builds page and worker as they are deployed and measures them. Answers whether everything could be measured.
///
/// # Errors
///
/// Fails where a tool or the build does.
pub fn bench(project: &Project, report: &Report) -> Result<bool> {
    let tools = Toolbox::ready(project, report)?;
    build_all(project, &tools, Profile::Release, report)?;
    let mut bench = command("cargo");
    // What is timed is the worker; of the client's own speed nothing depends.
    bench.args(["bench", "--locked", "--profile", "dev", "--package", "studio-tests", "--bench", "studio"]);
    bench.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    bench.env("STUDIO_SIMULATOR_BIN", Simulator::build(project)?);
    Ok(stream("bench", bench)?.success())
}
