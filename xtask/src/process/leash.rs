//! What ends a group when even SIGKILL takes us away before we can.
//!
//! The kernel's own means for this (`PR_SET_PDEATHSIG`) reaches only direct children and has to be set
//! between fork and exec, in unsafe code. Instead a small shell waits on a pipe whose other end only this
//! process holds: however we end, the pipe closes, and the shell ends the group.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

const SCRIPT: &str = "read -r _; kill -s TERM -- -$1 && sleep 2 && kill -s KILL -- -$1";

/// Ties a process group to the life of this process. Dropping it unties.
#[derive(Debug)]
pub(super) struct Leash(Child);

impl Leash {
    pub(super) fn tie(group: u32) -> Result<Self> {
        use std::os::unix::process::CommandExt;

        let shell = Command::new("sh")
            .args(["-c", SCRIPT, "leash", &group.to_string()])
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("sh does not start")?;
        Ok(Self(shell))
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_ends_the_group() {
        use std::os::unix::process::{CommandExt, ExitStatusExt};

        let mut child = Command::new("sleep").arg("60").process_group(0).spawn().unwrap();
        let mut leash = Leash::tie(child.id()).unwrap();
        drop(leash.0.stdin.take()); // what the kernel does with our end when we are killed
        assert_eq!(child.wait().unwrap().signal(), Some(15));
    }
}
