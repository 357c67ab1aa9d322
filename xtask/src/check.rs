//! `cargo xtask test`: every level in order, and a table of how they ended.

mod api;
mod deps;
mod invariants;
mod levels;

use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::interrupt::{self, Interrupted};
use crate::project::Project;
use crate::report::Report;
use crate::text;

/// A level of checks; they run in this order.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum LevelName {
    /// cargo fmt
    Fmt,
    /// Who may depend on whom, and on what; see ARCHITECTURE.md
    Invariants,
    /// Where dependencies come from, their licences, what is carried twice
    Deps,
    /// clippy, natively
    Clippy,
    /// clippy of page and worker, for WebAssembly
    ClippyWasm,
    /// rustdoc
    Doc,
    /// Unit and property tests
    Unit,
    /// What parsers promise, on mutations of right examples; for longer where only this level is asked for
    Fuzz,
    /// The vendor's own client for Python, both majors, against the simulator
    Sdk,
    /// Page and worker as they are deployed
    Build,
    /// The built worker over HTTP, in the real runtime
    E2e,
    /// The built worker against its own description, by schemathesis
    Api,
    /// Hundreds of jobs while the worker is killed and its calls go wrong; thousands where only this level is asked for
    Campaign,
    /// What a person does, in Chromium
    Browser,
}

/// How a level ended.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Passed,
    Failed,
    Skipped(&'static str),
}

/// Runs all levels, or only those that are asked for. Answers whether none has failed.
pub fn check(project: &Project, only: &[LevelName]) -> Result<bool> {
    let asked = |name: &LevelName| only.is_empty() || only.contains(name);
    let mut ended: Vec<(LevelName, Outcome, Duration)> = Vec::new();
    for name in LevelName::value_variants().iter().copied().filter(asked) {
        interrupt::check()?;
        let start = Instant::now();
        let build_failed =
            ended.iter().any(|(name, outcome, _)| *name == LevelName::Build && *outcome == Outcome::Failed);
        let needs_build =
            matches!(name, LevelName::E2e | LevelName::Api | LevelName::Campaign | LevelName::Browser);
        let outcome = if build_failed && needs_build {
            Outcome::Skipped("the build has failed")
        } else {
            match levels::run_level(name, only == [name], project, &Report::new(false)) {
                Ok(outcome) => outcome,
                Err(error) if error.is::<Interrupted>() => return Err(error),
                Err(error) => {
                    println!("{error:#}");
                    Outcome::Failed
                }
            }
        };
        ended.push((name, outcome, start.elapsed()));
    }
    println!("\n{}", summary(&ended));
    Ok(ended.iter().all(|(_, outcome, _)| *outcome != Outcome::Failed))
}

fn summary(ended: &[(LevelName, Outcome, Duration)]) -> String {
    let lines = ended.iter().map(|(name, outcome, took)| {
        let outcome = match outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Failed => "FAILED".to_owned(),
            Outcome::Skipped(why) => format!("skipped: {why}"),
        };
        format!("{:<12}{:>12}  {outcome}", name.as_str(), text::duration(*took))
    });
    let count = |wanted: fn(&Outcome) -> bool| ended.iter().filter(|(_, outcome, _)| wanted(outcome)).count();
    format!(
        "{}\n{} passed, {} failed, {} skipped",
        lines.collect::<Vec<_>>().join("\n"),
        count(|outcome| *outcome == Outcome::Passed),
        count(|outcome| *outcome == Outcome::Failed),
        count(|outcome| matches!(outcome, Outcome::Skipped(_))),
    )
}

impl LevelName {
    /// As `--only` takes it.
    pub(crate) fn as_str(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_ran_and_what_did_not() {
        let ended = [
            (LevelName::Fmt, Outcome::Passed, Duration::from_millis(900)),
            (LevelName::ClippyWasm, Outcome::Failed, Duration::from_secs(61)),
            (LevelName::E2e, Outcome::Skipped("the build has failed"), Duration::ZERO),
        ];
        let text = summary(&ended);
        assert!(text.contains("clippy-wasm") && text.contains("FAILED"), "{text}");
        assert!(text.contains("skipped: the build has failed"));
        assert!(text.ends_with("1 passed, 1 failed, 1 skipped"));
    }
}
