//! The built worker in the real Workers runtime, as a child process.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::START_LIMIT;
use super::again::{PAUSE, start_again};
use super::ports::free_port;
use super::private::{SettingsFile, private_folder};
use crate::build::require_built;
use crate::process::{self, Group, command};
use crate::project::Project;
use crate::{interrupt, text};

/// How a worker is started.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// 0 for a free one.
    pub port: u16,
    /// Folder of everything that outlives a restart: objects, media, also logs.
    pub state: PathBuf,
    /// `DASHSCOPE_API_KEY`
    pub api_key: String,
    /// `OWNER_CODE`
    pub owner_code: String,
    /// `SIGNING_KEY`
    pub signing_key: String,
    /// `DASHSCOPE_BASE_URL`: the simulator, or nothing for the region's own host.
    pub base_url: Option<String>,
    /// Further settings, in addition to those of wrangler.jsonc.
    pub vars: Vec<(String, String)>,
    /// Whether results are kept; without a bucket they live as long as the vendor keeps them.
    pub bucket: bool,
}

/// A running worker.
#[derive(Debug)]
pub struct WorkerRuntime {
    /// `http://127.0.0.1:PORT`
    pub base_url: String,
    /// The port of that address: the one asked for, or the one chosen.
    pub port: u16,
    group: Group,
    _settings: SettingsFile,
}

impl WorkerRuntime {
    /// Starts what `cargo xtask build` has built, and waits until `/api/health` answers 200. Where it ends before that,
    /// it is started again, on other ports where none was asked for.
    pub fn start(project: &Project, options: &WorkerOptions) -> Result<Self> {
        Self::start_answering(200, project, options)
    }

    /// The same where `/api/health` is to answer otherwise: 503 from a deployment that lacks a setting.
    pub fn start_answering(status: u16, project: &Project, options: &WorkerOptions) -> Result<Self> {
        require_built(project)?;
        let runtime = project.worker().join("node_modules/miniflare");
        if !runtime.is_dir() {
            bail!("{} is missing: run `cargo xtask build` first", runtime.display());
        }
        private_folder(&options.state.join("tmp"))?;
        private_folder(&options.state)?;
        let state = fs::canonicalize(&options.state)?;
        start_again(PAUSE, || {
            let port = if options.port == 0 { free_port()? } else { options.port };
            let settings = SettingsFile::write(state.join(format!("run-{port}.json")), &options.settings())?;
            let mut command = dev_command(&project.worker(), &state, port, settings.path());
            if !options.bucket {
                command.arg("--without-bucket");
            }
            Self::launch(status, command, port, settings, &state.join("logs/worker.log"))
        })
    }

    fn launch(status: u16, command: Command, port: u16, settings: SettingsFile, log: &Path) -> Result<Self> {
        let mut group = Group::start("the worker", command, log)?;
        let base_url = format!("http://127.0.0.1:{port}");
        // What it prints when it listens; until then somebody who was quicker may answer at that port.
        let ready = format!("ready at {base_url}/\n");
        let healthy = interrupt::poll(START_LIMIT, || {
            group.check_alive()?;
            if !group.output().contains(&ready) {
                return Ok(None);
            }
            match health(&base_url) {
                Some((answered, _)) if answered == status => Ok(Some(())),
                Some((503, Some(refusal))) => bail!("the worker refuses to run. {refusal}"),
                _ => Ok(None),
            }
        })?;
        if healthy.is_none() {
            bail!("the worker does not become healthy; {}", process::log_gist(log, 30));
        }
        Ok(Self { base_url, port, group, _settings: settings })
    }

    /// An error that shows what it said, once it has ended.
    pub fn check_alive(&mut self) -> Result<()> {
        self.group.check_alive()
    }

    /// Whether it answers now. The launcher lives on when the runtime below it dies, so that being alive
    /// does not tell.
    pub fn is_healthy(&self) -> bool {
        health(&self.base_url).is_some_and(|(status, _)| status == 200)
    }

    /// What of its log a message about a failure shows.
    pub fn said(&self) -> String {
        text::gist(&self.group.output(), 30)
    }

    /// Ends it in order.
    pub fn stop(mut self) {
        self.group.stop();
    }

    /// Ends the whole runtime with SIGKILL, as a crash or a power cut would.
    pub fn kill(mut self) {
        self.group.kill();
    }
}

impl WorkerOptions {
    fn settings(&self) -> BTreeMap<String, String> {
        let mut settings = BTreeMap::from_iter(self.vars.clone());
        let secrets = [
            ("DASHSCOPE_API_KEY", &self.api_key),
            ("OWNER_CODE", &self.owner_code),
            ("SIGNING_KEY", &self.signing_key),
        ];
        settings.extend(secrets.map(|(name, value)| (name.to_owned(), value.clone())));
        settings.extend(self.base_url.clone().map(|url| ("DASHSCOPE_BASE_URL".to_owned(), url)));
        settings
    }
}

/// The local runtime (`worker/dev.mjs`), on loopback only, with nothing shared between instances and nothing sent home.
fn dev_command(worker: &Path, state: &Path, port: u16, settings: &Path) -> Command {
    let mut command = command("node");
    command.args(["dev.mjs", "--ip", "127.0.0.1", "--port", &port.to_string()]);
    command.arg("--persist-to").arg(state.join("worker"));
    command.arg("--settings").arg(settings);
    // What it needs while it runs would stay behind wherever it is killed.
    command.env("TMPDIR", state.join("tmp")).env("NO_COLOR", "1").current_dir(worker);
    command
}

/// The status that `/api/health` answers with, and what it refuses for.
fn health(base_url: &str) -> Option<(u16, Option<String>)> {
    let address = format!("{base_url}/api/health");
    let answer = minreq::get(address).with_header("accept-language", "en").with_timeout(2).send().ok()?;
    let body: serde_json::Value = serde_json::from_slice(answer.as_bytes()).unwrap_or_default();
    let refusal = body.pointer("/error/message").and_then(|message| message.as_str()).map(str::to_owned);
    Some((answer.status_code, refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_on_the_command_line_or_in_the_environment() {
        let command = dev_command(Path::new("w"), Path::new("s"), 1, Path::new("s/run.json"));
        let shown = format!("{command:?}");
        for word in ["sk-", "OWNER_CODE=", "SIGNING_KEY=", "DASHSCOPE_API_KEY="] {
            assert!(!shown.contains(word), "{shown}");
        }
        assert!(shown.contains("127.0.0.1") && shown.contains("--settings"));
    }
}
