//! `cargo xtask build`: the page into `dist/`, the worker into `worker/build/`.

pub mod headers;
pub mod inputs;
pub mod sizes;
pub mod styles;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};

use crate::openapi;
use crate::process::{command, run};
use crate::project::Project;
use crate::report::Report;
use crate::setup::Toolbox;
use crate::text;

/// What is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// `dist/`
    Page,
    /// `worker/build/`
    Worker,
}

/// How it is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Profile {
    /// As it is deployed.
    Release,
    /// Quickly.
    Dev,
}

/// Builds both parts as they are deployed, and prints their sizes.
pub fn build(project: &Project, report: &Report) -> Result<()> {
    let tools = Toolbox::ready(project, report)?;
    build_all(project, &tools, Profile::Release, report)?;
    report.line(sizes::table(project)?);
    Ok(())
}

/// Builds both parts at once, each only where something it is made from has changed.
pub fn build_all(project: &Project, tools: &Toolbox, profile: Profile, report: &Report) -> Result<()> {
    report.step("building page and worker", || {
        let (page, worker) = thread::scope(|scope| {
            let worker = scope.spawn(|| Part::Worker.build(project, tools, profile));
            (Part::Page.build(project, tools, profile), worker.join())
        });
        let worker = worker.map_err(|_| anyhow!("building the worker panicked"))?;
        Ok((format!("{}, {}", page?, worker?), ()))
    })
}

/// An error that says what to do where there is nothing built to run.
pub fn require_built(project: &Project) -> Result<()> {
    for part in [Part::Page, Part::Worker] {
        let file = part.result(project);
        let missing = || format!("{} is missing: run `cargo xtask build` first", file.display());
        fs::metadata(&file).with_context(missing)?;
    }
    Ok(())
}

impl Part {
    /// For people and file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Worker => "worker",
        }
    }

    /// The files and folders it is made from, relative to the checkout.
    pub fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Page => {
                &[".cargo/config.toml", "shared", "frontend", "Cargo.toml", "Cargo.lock", "Trunk.toml"]
            }
            Self::Worker => &[
                ".cargo/config.toml",
                "shared",
                "worker/src",
                "worker/Cargo.toml",
                "worker/options.mjs",
                "worker/package-lock.json",
                "worker/wrangler.jsonc",
                "Cargo.toml",
                "Cargo.lock",
            ],
        }
    }

    /// Builds this part where something it is made from has changed since the last time, and says what was done.
    pub fn build(self, project: &Project, tools: &Toolbox, profile: Profile) -> Result<String> {
        let name = self.name();
        let wanted = format!("{profile:?} {}", inputs::hash(project, self.inputs(), &tools.versions())?);
        let stamp = project.notes().join(format!("{name}.stamp"));
        if self.result(project).is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == wanted) {
            return Ok(format!("{name} is up to date"));
        }
        fs::create_dir_all(project.notes())?;
        // Without the stamp until it succeeds: half a build must not count.
        let _ = fs::remove_file(&stamp);
        let start = Instant::now();
        run(&format!("building the {name}"), self.command(project, tools, profile)?, &project.log(name))?;
        match self {
            Self::Page => {
                styles::join(&project.dist())?;
                openapi::lay_beside(project, &project.dist())?;
                headers::write(&project.dist())?;
            }
            Self::Worker => {
                let mut options = command("node");
                options.arg("options.mjs").current_dir(project.worker());
                run("reading wrangler.jsonc", options, &project.log("options"))?;
            }
        }
        fs::write(&stamp, wanted)?;
        Ok(format!("{name} built in {}", text::duration(start.elapsed())))
    }

    fn command(self, project: &Project, tools: &Toolbox, profile: Profile) -> Result<Command> {
        let mut command = match self {
            Self::Page => tools.trunk()?,
            Self::Worker => tools.worker_build(),
        };
        match (self, profile) {
            (Self::Page, Profile::Release) => command.args(["build", "--offline", "--release"]),
            (Self::Page, Profile::Dev) => command.args(["build", "--offline"]),
            (Self::Worker, Profile::Release) => command.arg("--release"),
            (Self::Worker, Profile::Dev) => command.arg("--dev"),
        };
        if self == Self::Worker {
            // Cargo lets only one build at a time into a folder.
            command.env("CARGO_TARGET_DIR", project.target.join("worker"));
        }
        command.env("NO_COLOR", "true").current_dir(match self {
            Self::Page => project.root.clone(),
            Self::Worker => project.worker(),
        });
        Ok(command)
    }

    /// The file that is there once it was built.
    fn result(self, project: &Project) -> PathBuf {
        match self {
            Self::Page => project.dist().join("_headers"),
            Self::Worker => project.worker_build().join("options.json"),
        }
    }
}
