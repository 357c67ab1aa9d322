//! Each level as the command it is. Test runners print as they always do; the others only where they fail.

use std::env;
use std::process::Command;

use anyhow::{Context, Result};

use super::{LevelName, Outcome, api, deps, invariants};
use crate::build::{Profile, build_all, require_built, sizes};
use crate::process::{command, run, stream};
use crate::project::Project;
use crate::report::Report;
use crate::setup::{Toolbox, browser, npm, python, wasm};
use crate::stack::Simulator;

/// The packages that end up as WebAssembly.
const WASM_PACKAGES: [&str; 4] = ["--package", "studio-frontend", "--package", "studio-worker"];

/// The long form of the campaign, which is the short one by itself.
const LONG_CAMPAIGN: [(&str, &str); 2] = [("STUDIO_CAMPAIGN_JOBS", "2100"), ("STUDIO_CAMPAIGN_KILLS", "105")];

/// Among other levels each target has a second, from the same seed each time: what is right today is right tomorrow. Where
/// only this one was asked for, it has longer, and looks elsewhere each time.
const SHORT_FUZZ: [(&str, &str); 2] = [("STUDIO_FUZZ_SECONDS", "1"), ("STUDIO_FUZZ_SEED", "20261123")];
const LONG_FUZZ: [(&str, &str); 1] = [("STUDIO_FUZZ_SECONDS", "20")];

/// The package that needs a built worker, and is a level of its own.
const END_TO_END: &str = "studio-tests";

/// Runs a level. `alone` tells that nothing else was asked for.
pub(super) fn run_level(name: LevelName, alone: bool, project: &Project, report: &Report) -> Result<Outcome> {
    match name {
        LevelName::Fmt => quiet(
            name,
            cargo(project, &["fmt", "--all", "--check", "--", "--color", "never"]),
            project,
            report,
        ),
        LevelName::Invariants => {
            report.step("invariants", || invariants::check(project).map(|figures| (figures, Outcome::Passed)))
        }
        LevelName::Deps => {
            report.step("dependencies", || deps::check(project).map(|figures| (figures, Outcome::Passed)))
        }
        LevelName::Clippy => {
            let clippy = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
            quiet(name, cargo(project, &clippy), project, report)
        }
        LevelName::ClippyWasm => clippy_wasm(name, project, report),
        LevelName::Doc => {
            // Private items too: the map of a program is for those who work on it.
            let flags = ["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"];
            let mut doc = cargo(project, &flags);
            doc.env("RUSTDOCFLAGS", "-D warnings");
            quiet(name, doc, project, report)
        }
        LevelName::Unit => cargo_test(name, &["--workspace", "--exclude", END_TO_END], project, report),
        LevelName::Fuzz => fuzz(name, alone, project, report),
        LevelName::Sdk => by_the_vendors_client(name, project, report),
        LevelName::Build => {
            let tools = Toolbox::ready(project, report)?;
            build_all(project, &tools, Profile::Release, report)?;
            report.line(sizes::table(project)?);
            Ok(Outcome::Passed)
        }
        LevelName::E2e => {
            require_built(project)?;
            cargo_test(name, &["--package", END_TO_END, "--test", "e2e"], project, report)
        }
        LevelName::Api => by_its_description(name, alone, project, report),
        LevelName::Campaign => campaign(name, alone, project, report),
        LevelName::Browser => in_browser(name, project, report),
    }
}

/// The short form, or, where nothing else was asked for, the long one.
fn campaign(name: LevelName, alone: bool, project: &Project, report: &Report) -> Result<Outcome> {
    require_built(project)?;
    let packages = ["--package", END_TO_END, "--test", "campaign"];
    let long = LONG_CAMPAIGN.into_iter().filter(|(name, _)| alone && env::var_os(name).is_none());
    tests(name, &packages, &long.collect::<Vec<_>>(), project, report)
}

/// The targets whose names begin with `fuzz_`, each for some seconds, longer where nothing else was asked for.
fn fuzz(name: LevelName, alone: bool, project: &Project, report: &Report) -> Result<Outcome> {
    // The same packages as of the unit tests, which are compiled.
    let packages = ["--workspace", "--exclude", END_TO_END];
    let arguments = [&packages[..], &["--lib", "fuzz_", "--", "--nocapture", "--test-threads", "2"]].concat();
    let settings: &[(&str, &str)] = if alone { &LONG_FUZZ } else { &SHORT_FUZZ };
    let settings = settings.iter().filter(|(name, _)| env::var_os(name).is_none()).copied();
    tests(name, &arguments, &settings.collect::<Vec<_>>(), project, report)
}

/// Skipped where there is no Python, as the vendor's client is.
fn by_its_description(name: LevelName, alone: bool, project: &Project, report: &Report) -> Result<Outcome> {
    require_built(project)?;
    let Some(interpreter) = python::interpreter(project, report)? else {
        return Ok(Outcome::Skipped("there is no Python 3.10 or newer with venv"));
    };
    let requirements = project.root.join("tests/api/requirements-api.txt");
    let python = interpreter.environment(&requirements, project, report)?;
    let studio = api::Studio::start(project)?;
    loud(&name.as_str(), studio.judged_by(&python, alone, project))
}

fn cargo_test(name: LevelName, packages: &[&str], project: &Project, report: &Report) -> Result<Outcome> {
    tests(name, packages, &[], project, report)
}

/// Compiles quietly, then runs aloud.
fn tests(
    name: LevelName,
    packages: &[&str],
    settings: &[(&str, &str)],
    project: &Project,
    report: &Report,
) -> Result<Outcome> {
    let test = || {
        let mut test = cargo(project, &["test", "--locked"]);
        test.args(packages).envs(settings.iter().copied());
        test
    };
    report.step(&format!("compiling the {} tests", name.as_str()), || {
        let mut compile = cargo(project, &["test", "--locked", "--no-run"]);
        compile.args(packages.iter().take_while(|argument| **argument != "--"));
        run("cargo test --no-run", compile, &project.log(&format!("{}-compile", name.as_str())))?;
        Ok((format!("{} tests compiled", name.as_str()), ()))
    })?;
    let mut test = test();
    if matches!(name, LevelName::E2e | LevelName::Campaign) {
        test.env("STUDIO_SIMULATOR_BIN", Simulator::build(project)?);
    }
    loud(&name.as_str(), test)
}

fn clippy_wasm(name: LevelName, project: &Project, report: &Report) -> Result<Outcome> {
    let toolchain = wasm::ready(project, report)?;
    let mut clippy = cargo(project, &["clippy", "--locked", "--target", wasm::TARGET]);
    clippy.args(WASM_PACKAGES).args(["--", "-D", "warnings"]);
    toolchain.select(&mut clippy);
    quiet(name, clippy, project, report)
}

/// The scripts start the simulator themselves. Each major is tried even where the other has failed.
fn by_the_vendors_client(name: LevelName, project: &Project, report: &Report) -> Result<Outcome> {
    let Some(interpreter) = python::interpreter(project, report)? else {
        return Ok(Outcome::Skipped("there is no Python 3.10 or newer with venv"));
    };
    let simulator = Simulator::build(project)?;
    let mut level = Outcome::Passed;
    for major in [1, 2] {
        let requirements = project.root.join(format!("tests/sdk/requirements-{major}.txt"));
        let mut pytest = command(interpreter.environment(&requirements, project, report)?);
        // Neither of its caches has a place in the checkout.
        pytest.args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/sdk"]);
        pytest.env("PYTHONDONTWRITEBYTECODE", "1");
        pytest.env("STUDIO_SIMULATOR_BIN", &simulator).current_dir(&project.root);
        let outcome = loud(&format!("{}, dashscope {major}", name.as_str()), pytest)?;
        if outcome != Outcome::Passed {
            level = outcome;
        }
    }
    Ok(level)
}

/// The specs start the product themselves, by `cargo xtask serve --no-build`.
fn in_browser(name: LevelName, project: &Project, report: &Report) -> Result<Outcome> {
    let folder = project.root.join("tests/browser");
    if !folder.join("package.json").is_file() {
        return Ok(Outcome::Skipped("tests/browser has no package.json"));
    }
    require_built(project)?;
    npm::ready(project, &folder, report)?;
    report.step("types of the specs", || {
        let mut check = command("npm");
        check.args(["run", "check"]).current_dir(&folder);
        run("npm run check", check, &project.log("browser-types"))?;
        Ok(("types of the specs".into(), ()))
    })?;
    let chromium = browser::ready(project, &folder, report)?;
    let mut playwright = command("npx");
    playwright.args(["playwright", "test"]).current_dir(&folder).env("CARGO_TARGET_DIR", &project.target);
    playwright.env("STUDIO_SIMULATOR_BIN", Simulator::build(project)?);
    if let Some(chromium) = chromium {
        playwright.env("STUDIO_CHROMIUM", chromium);
    }
    loud(&name.as_str(), playwright)
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments).current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Its output only where it fails.
fn quiet(name: LevelName, command: Command, project: &Project, report: &Report) -> Result<Outcome> {
    let name = name.as_str();
    report.step(&name, || {
        run(&name, command, &project.log(&name))?;
        Ok((name.clone(), Outcome::Passed))
    })
}

/// Its output as it comes, closing lines and all.
fn loud(name: &str, command: Command) -> Result<Outcome> {
    println!("— {name}");
    let status = stream(name, command).with_context(|| format!("{name} could not run"))?;
    Ok(if status.success() { Outcome::Passed } else { Outcome::Failed })
}
