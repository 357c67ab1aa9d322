//! Child processes: each in a group of its own that ends with us, with its output in a log file.

mod ended;
mod leash;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use std::{env, io};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

pub use self::ended::Ended;
use self::leash::Leash;
use crate::{interrupt, text};

const GRACE: Duration = Duration::from_secs(5);
const NEVER: Duration = Duration::MAX;

/// What no child may inherit: the secrets, and what `cargo run` says about this package, which would
/// mislead another cargo.
const WITHHELD: [&str; 9] = [
    "DASHSCOPE_API_KEY",
    "OWNER_CODE",
    "SIGNING_KEY",
    "CARGO",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_TMPDIR",
];

/// A command that reads nothing and inherits only what it should.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    for name in WITHHELD {
        command.env_remove(name);
    }
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PKG_")) {
        command.env_remove(name);
    }
    command
}

/// Puts `folders` before the PATH of a command.
pub fn prepend_path(command: &mut Command, folders: &[&Path]) -> Result<()> {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().map(|folder| folder.to_path_buf()).chain(env::split_paths(&path));
    command.env("PATH", env::join_paths(all)?);
    Ok(())
}

/// Runs a command to its end, its output in `log`. Where it fails, the error shows that output.
pub fn run(name: &str, command: Command, log: &Path) -> Result<()> {
    let status = Group::start(name, command, log)?.wait()?;
    if !status.success() {
        bail!("{name} failed ({status})\n{}\nall of it: {}", log_gist(log, 300), log.display());
    }
    Ok(())
}

/// Runs a command to its end, its output on ours.
pub fn stream(name: &str, command: Command) -> Result<ExitStatus> {
    Group::spawn(name, command, None)?.wait()
}

/// The standard output of a quick question such as `tool --version`; nothing where it fails.
pub fn ask(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What of a log file a message about a failure shows; see [`text::gist`].
pub fn log_gist(log: &Path, lines: usize) -> String {
    text::gist(&String::from_utf8_lossy(&fs::read(log).unwrap_or_default()), lines)
}

/// A child with all its descendants.
#[derive(Debug)]
pub struct Group {
    name: String,
    child: Child,
    log: Option<PathBuf>,
    _leash: Leash,
}

impl Group {
    /// Starts a command in a group of its own, its output in `log`.
    pub fn start(name: &str, command: Command, log: &Path) -> Result<Self> {
        Self::spawn(name, command, Some(log))
    }

    fn spawn(name: &str, mut command: Command, log: Option<&Path>) -> Result<Self> {
        use std::os::unix::process::CommandExt;

        if let Some(log) = log {
            let file = log_file(log).with_context(|| format!("{} cannot be written", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn().with_context(|| format!("{program} does not start"))?;
        let leash = Leash::tie(child.id())?;
        Ok(Self { name: name.to_owned(), child, log: log.map(Path::to_owned), _leash: leash })
    }

    /// What the log holds so far, line ends and all.
    pub fn output(&self) -> String {
        let bytes = self.log.as_deref().and_then(|log| fs::read(log).ok()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// [`Ended`], once it has.
    pub fn check_alive(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            return Err(Ended::new(&self.name, status, &self.output()).into());
        }
        Ok(())
    }

    /// Waits for the end; a signal to us ends the child first.
    pub fn wait(mut self) -> Result<ExitStatus> {
        let status = interrupt::poll(NEVER, || Ok(self.child.try_wait()?))?;
        status.with_context(|| format!("{} was not waited for", self.name))
    }

    /// Ends the whole group in order: SIGTERM, then SIGKILL after five seconds.
    pub fn stop(&mut self) {
        self.signal(Signal::TERM);
        // Not `interrupt::poll`: this runs because of a signal more often than not. The first child is the
        // one that ends the others; whoever is left after it has no reason to live.
        for _ in 0..GRACE.as_millis() / 25 {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        self.kill();
    }

    /// Ends the whole group at once, as a crash would.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        // Its status is of no interest; waiting only takes the ended child out of the process table.
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Fails only where nobody is left to receive it.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

fn log_file(log: &Path) -> io::Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = command("sh");
        command.args(["-c", script]);
        command
    }

    fn alive(pid: &str) -> bool {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        !status.is_empty() && !status.contains("State:\tZ")
    }

    #[test]
    fn a_failing_command_shows_its_output() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("logs/step.log");
        let error = run("the step", shell("echo out; echo err >&2; exit 3"), &log).unwrap_err().to_string();
        assert!(error.contains("the step failed") && error.contains("out\nerr"), "{error}");
        run("the step", shell("true"), &log).unwrap();
    }

    #[test]
    fn grandchildren_end_with_the_group() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut group = Group::start("parent", shell("sleep 60 & echo $!; wait"), &log).unwrap();
        let printed =
            interrupt::poll(GRACE, || Ok(Some(group.output()).filter(|pid| pid.ends_with('\n')))).unwrap();
        let grandchild = printed.unwrap().trim().to_owned();
        assert!(alive(&grandchild));
        group.check_alive().unwrap();
        group.kill();
        let gone = interrupt::poll(GRACE, || Ok((!alive(&grandchild)).then_some(()))).unwrap();
        assert_eq!(gone, Some(()));
        assert!(group.check_alive().is_err());
    }

    #[test]
    fn no_child_sees_the_key() {
        assert!(shell("").get_envs().any(|(name, value)| name == "DASHSCOPE_API_KEY" && value.is_none()));
    }
}
