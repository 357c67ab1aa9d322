//! The simulator as a child process.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::START_LIMIT;
use crate::process::{Group, command, run};
use crate::project::Project;
use crate::{interrupt, process};

/// How a simulator is started.
#[derive(Clone, Debug)]
pub struct SimulatorOptions {
    /// 0 for a free one.
    pub port: u16,
    /// How much faster than the real service its tasks run.
    pub clock_scale: f64,
    /// The only key it accepts.
    pub api_key: String,
    /// `cn-beijing` or another region's name: decides which model names exist.
    pub region: String,
    /// Where its output goes.
    pub log: PathBuf,
}

/// A running simulator.
#[derive(Debug)]
pub struct Simulator {
    /// `http://127.0.0.1:PORT`
    pub base_url: String,
    group: Group,
}

impl Simulator {
    /// Compiles the simulator and answers where it is. `STUDIO_SIMULATOR_BIN` names one that is there already.
    pub fn build(project: &Project) -> Result<PathBuf> {
        if let Some(binary) = env::var_os("STUDIO_SIMULATOR_BIN") {
            return Ok(binary.into());
        }
        let mut cargo = command("cargo");
        cargo.args(["build", "--locked", "--package", "studio-simulator"]).current_dir(&project.root);
        run("building the simulator", cargo, &project.log("simulator-build"))?;
        Ok(project.target.join("debug/studio-simulator"))
    }

    /// Starts what [`build`](Self::build) answered, and waits until it listens.
    pub fn start(binary: &Path, options: &SimulatorOptions) -> Result<Self> {
        let mut command = command(binary);
        command
            .args(["--port", &options.port.to_string()])
            .args(["--clock-scale", &options.clock_scale.to_string()])
            .args(["--api-key", &options.api_key])
            .args(["--region", &options.region]);
        let mut group = Group::start("the simulator", command, &options.log)?;
        let base_url = interrupt::poll(START_LIMIT, || {
            group.check_alive()?;
            Ok(address(&group.output()).map(str::to_owned))
        })?;
        match base_url {
            Some(base_url) => Ok(Self { base_url, group }),
            None => bail!("the simulator does not listen; {}", process::log_gist(&options.log, 30)),
        }
    }

    /// An error that shows what it said, once it has ended.
    pub fn check_alive(&mut self) -> Result<()> {
        self.group.check_alive().context("the upstream is gone")
    }

    /// Ends it in order.
    pub fn stop(mut self) {
        self.group.stop();
    }

    /// Ends it with SIGKILL.
    pub fn kill(mut self) {
        self.group.kill();
    }
}

/// The address in the one line it prints when it listens, once that line is complete.
fn address(output: &str) -> Option<&str> {
    let (_, from_address) = output.split_once("studio-simulator listening on ")?;
    from_address.split_once('\n').map(|(address, _)| address.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_once_its_line_is_complete() {
        assert_eq!(address("studio-simulator listening on http://127.0.0.1:40"), None);
        let line = "warming up\nstudio-simulator listening on http://127.0.0.1:4000\n";
        assert_eq!(address(line), Some("http://127.0.0.1:4000"));
    }
}
