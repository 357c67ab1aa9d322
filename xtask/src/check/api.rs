//! The level `api`: the built worker, with the simulator behind it, against its own description. Schemathesis makes the
//! calls, right ones and wrong ones, and judges the answers.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::command;
use crate::project::Project;
use crate::stack::{Simulator, SimulatorOptions, WorkerOptions, WorkerRuntime};

/// Secrets of a studio that lives for minutes, on loopback, before a simulator.
const API_KEY: &str = "sk-api-5c0ffee5";
const OWNER_CODE: &str = "k7fq-m2xw-9dza-api";
const SIGNING_KEY: &str = "api-0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// Settings: the checks, how many examples, what is left out.
const SETTINGS: &str = "tests/api/schemathesis.toml";

/// For how many seconds it may go on making calls: among other levels, and where only this one was asked for.
const SHORT: &str = "90";
const LONG: &str = "900";

/// A studio to be called.
pub(super) struct Studio {
    worker: WorkerRuntime,
    _simulator: Simulator,
}

impl Studio {
    /// Starts one, with storage of its own.
    pub(super) fn start(project: &Project) -> Result<Self> {
        let state = project.target.join("api");
        let _ = std::fs::remove_dir_all(&state); // of the run before; what cannot be removed is written over
        let simulator = Simulator::start(
            &Simulator::build(project)?,
            &SimulatorOptions {
                port: 0,
                clock_scale: 100.0,
                api_key: API_KEY.to_owned(),
                region: "cn-beijing".to_owned(),
                log: state.join("logs/simulator.log"),
            },
        )?;
        let worker = WorkerRuntime::start(
            project,
            &WorkerOptions {
                port: 0,
                state,
                api_key: API_KEY.to_owned(),
                owner_code: OWNER_CODE.to_owned(),
                signing_key: SIGNING_KEY.to_owned(),
                base_url: Some(simulator.base_url.clone()),
                vars: Vec::new(),
                bucket: true,
            },
        )?;
        Ok(Self { worker, _simulator: simulator })
    }

    /// Schemathesis of the environment that `python` belongs to, called on this studio. `alone` tells that nothing else
    /// was asked for.
    pub(super) fn judged_by(&self, python: &Path, alone: bool, project: &Project) -> Command {
        let mut schemathesis = command(python.with_file_name("schemathesis"));
        let (settings, description) = (project.root.join(SETTINGS), project.root.join(crate::openapi::KEPT));
        schemathesis.arg("--config-file").arg(settings).args(["--no-color", "run"]).arg(description);
        schemathesis.args(["--url", &self.worker.base_url]);
        schemathesis.args(["--header", &format!("Authorization: Bearer {OWNER_CODE}")]);
        schemathesis.args(["--generation-database", "none", "--max-time", if alone { LONG } else { SHORT }]);
        // It remembers failures in the folder that it is called in, which is not the checkout.
        schemathesis.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(project.target.join("api"));
        schemathesis
    }
}
