//! `cargo xtask serve | test | build | openapi | bench`: see `cargo xtask --help`.

use std::process::ExitCode;

use clap::Parser;
use xtask::cli::{Cli, Command};
use xtask::interrupt::Interrupted;
use xtask::project::Project;
use xtask::report::Report;
use xtask::{bench, build, check, interrupt, openapi, serve};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if error.is::<Interrupted>() => ExitCode::from(130),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<bool> {
    interrupt::listen()?;
    let project = Project::find()?;
    match cli.command {
        Command::Serve(flags) => serve::serve(&project, &flags).map(|()| true),
        Command::Build => build::build(&project, &Report::new(false)).map(|()| true),
        Command::Openapi => openapi::write(&project, &Report::new(false)).map(|()| true),
        Command::Bench => bench::bench(&project, &Report::new(false)),
        Command::Test(flags) => check::check(&project, &flags.only),
    }
}
