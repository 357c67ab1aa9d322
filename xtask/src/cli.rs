//! The commands and their flags.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::check::LevelName;

/// Set-up and daily commands of Bailian Studio 百炼工坊.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One of the commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// From a bare machine to the running product on 127.0.0.1
    Serve(ServeFlags),
    /// All checks and tests, the same that CI runs
    Test(TestFlags),
    /// The deployable result (dist/ and worker/build/), with its sizes
    Build,
    /// Writes the description of /api (shared/openapi.json) anew, from the types
    Openapi,
    /// Measures the built worker: each figure as a ratio against a named peer of the same run
    Bench,
}

/// Flags of `cargo xtask serve`.
#[derive(Args, Clone, Debug, PartialEq)]
pub struct ServeFlags {
    /// Port of the product
    #[arg(long, default_value_t = 8787)]
    pub port: u16,
    /// Folder of everything that must outlive a restart
    #[arg(long, value_name = "DIR", default_value = ".studio")]
    pub state: PathBuf,
    /// Talk to the simulator even where a key is configured
    #[arg(long)]
    pub simulator: bool,
    /// Port of the simulator; a free one where not given
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub simulator_port: u16,
    /// How much faster than the real service the simulator's tasks run
    #[arg(long, value_name = "FACTOR", default_value_t = 5.0)]
    pub clock_scale: f64,
    /// Run what was built before, as it is
    #[arg(long, conflicts_with = "dev")]
    pub no_build: bool,
    /// Unoptimised, and rebuilt whenever a source changes
    #[arg(long)]
    pub dev: bool,
    /// Print only what is ready, not the steps to it
    #[arg(long)]
    pub quiet: bool,
}

/// Flags of `cargo xtask test`.
#[derive(Args, Clone, Debug)]
pub struct TestFlags {
    /// Run only this level; may be given several times
    #[arg(long, value_name = "NAME", value_enum)]
    pub only: Vec<LevelName>,
}
