//! npm parts, by lock file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{ask, command, run};
use crate::project::Project;
use crate::report::Report;
use crate::text::sha256_hex;

/// The oldest Node that the pinned wrangler runs on.
const OLDEST_NODE: u32 = 20;

/// Installs a folder's npm parts where its lock file is not the one they were installed by. Answers the
/// folder of their commands.
pub fn ready(project: &Project, folder: &Path, report: &Report) -> Result<PathBuf> {
    let modules = folder.join("node_modules");
    let lock = folder.join("package-lock.json");
    let stamp = modules.join(".lock-file-sha256");
    let wanted = sha256_hex(&fs::read(&lock).with_context(|| format!("{} is missing", lock.display()))?);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(modules.join(".bin"));
    }
    let mut node = command("node");
    node.arg("--version");
    match ask(node).as_deref().and_then(major) {
        Some(version) if version >= OLDEST_NODE => {}
        Some(version) => bail!("Node {OLDEST_NODE} or newer is needed; this is Node {version}"),
        None => bail!("Node {OLDEST_NODE} or newer is needed; there is no `node` on the PATH"),
    }
    let place = folder.strip_prefix(&project.root).unwrap_or(folder).display().to_string();
    report.step(&format!("installing npm parts of {place}"), || {
        let mut npm = command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(folder);
        run("npm ci", npm, &project.log(&format!("npm-{}", place.replace('/', "-"))))?;
        fs::write(&stamp, &wanted)?;
        Ok((format!("npm parts of {place} installed"), modules.join(".bin")))
    })
}

/// `v20.20.0` → 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_decides() {
        assert_eq!(major("v20.20.0"), Some(20));
        assert_eq!(major("20"), None);
    }
}
