//! `cargo xtask serve`: from a bare machine to the running product.

mod dev_vars;
mod health;
mod keep_up;
mod kept;
mod plan;
mod watch;

use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use self::keep_up::Kept;
use self::plan::{Plan, Upstream};
use crate::build::{Profile, build_all, require_built};
use crate::cli::ServeFlags;
use crate::interrupt;
use crate::project::Project;
use crate::report::Report;
use crate::setup::{Toolbox, npm};
use crate::stack::{self, Simulator, SimulatorOptions, WorkerOptions};

/// The simulator's only key. It opens nothing but the simulator.
const SIMULATOR_KEY: &str = "sk-simulator";

/// Builds what has changed, starts everything, says where it is, and stays until Ctrl-C.
pub fn serve(project: &Project, flags: &ServeFlags) -> Result<()> {
    let report = Report::new(flags.quiet);
    require_free(flags.port, "--port")?;
    if flags.simulator_port != 0 {
        require_free(flags.simulator_port, "--simulator-port")?;
    }
    let state = project.root.join(&flags.state);
    let plan = Plan::new(flags.simulator, |name| env::var(name).ok(), &dev_vars(project)?);

    stack::private_folder(&state)?;
    let tools = prepare(project, flags, &report)?;
    let mut running = start(project, flags, &plan, &state, &report)?;
    announce(&running, &plan);

    let mut watch = tools.map(|tools| watch::Watch::new(project, tools));
    loop {
        // Ctrl-C is how this ends well: the children go with `running`.
        if interrupt::poll::<()>(Duration::from_millis(500), || Ok(None)).is_err() {
            report.line("stopped");
            return Ok(());
        }
        running.simulator.as_mut().map_or(Ok(()), Simulator::check_alive)?;
        running.worker.keep_up(project, &report)?;
        if let Some(watch) = &mut watch {
            watch.rebuild_what_changed(project, &report);
        }
    }
}

/// Tools and builds. Answers the tools where they are needed again, to rebuild.
fn prepare(project: &Project, flags: &ServeFlags, report: &Report) -> Result<Option<Toolbox>> {
    if flags.no_build {
        require_built(project)?;
        npm::ready(project, &project.worker(), report)?;
        return Ok(None);
    }
    let tools = Toolbox::ready(project, report)?;
    let profile = if flags.dev { Profile::Dev } else { Profile::Release };
    build_all(project, &tools, profile, report)?;
    Ok(flags.dev.then_some(tools))
}

struct Running {
    worker: Kept,
    owner_code: String,
    simulator: Option<Simulator>,
}

fn start(
    project: &Project,
    flags: &ServeFlags,
    plan: &Plan,
    state: &Path,
    report: &Report,
) -> Result<Running> {
    let simulator = match plan.upstream {
        Upstream::Live { .. } => None,
        Upstream::Simulator => {
            let binary = report.step("building the simulator", || {
                Simulator::build(project).map(|binary| ("simulator built".into(), binary))
            })?;
            let options = SimulatorOptions {
                port: flags.simulator_port,
                clock_scale: flags.clock_scale,
                api_key: SIMULATOR_KEY.into(),
                region: plan.region().into(),
                log: state.join("logs/simulator.log"),
            };
            Some(report.step("starting the simulator", || {
                Simulator::start(&binary, &options).map(|simulator| ("simulator started".into(), simulator))
            })?)
        }
    };
    let kept = kept::read_or_make(state)?;
    let owner_code = plan.owner_code.clone().unwrap_or(kept.owner_code);
    let (api_key, base_url) = match (&plan.upstream, &simulator) {
        (Upstream::Live { api_key }, _) => (api_key.reveal().to_owned(), None),
        (Upstream::Simulator, running) => {
            (SIMULATOR_KEY.into(), running.as_ref().map(|simulator| simulator.base_url.clone()))
        }
    };
    let options = WorkerOptions {
        port: flags.port,
        state: state.to_owned(),
        api_key,
        owner_code: owner_code.clone(),
        signing_key: plan.signing_key.clone().unwrap_or(kept.signing_key),
        base_url,
        vars: plan.vars.clone(),
        bucket: true,
    };
    let worker = report.step("starting the worker", || {
        Kept::start(project, options).map(|worker| ("worker started".into(), worker))
    })?;
    Ok(Running { worker, owner_code, simulator })
}

/// The lines that scripts wait for and people act on; printed even where quiet was asked for.
fn announce(running: &Running, plan: &Plan) {
    println!("ready {}", running.worker.base_url());
    println!("log in with this code: {}", running.owner_code);
    match &running.simulator {
        Some(simulator) => println!("upstream: simulator {}", simulator.base_url),
        None => println!("upstream: live ({})", plan.region()),
    }
}

fn require_free(port: u16, flag: &str) -> Result<()> {
    if !stack::is_free(port) {
        bail!("port {port} is taken by another program; choose another with {flag}");
    }
    Ok(())
}

/// What worker/.dev.vars says, where there is one.
fn dev_vars(project: &Project) -> Result<Vec<(String, String)>> {
    let path = project.worker().join(".dev.vars");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    dev_vars::parse(&text).with_context(|| path.display().to_string())
}
