//! Where things are: the checkout, its build folder, and the cache that checkouts share.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The folders every command works in.
#[derive(Clone, Debug)]
pub struct Project {
    /// The checkout.
    pub root: PathBuf,
    /// cargo's build folder, wherever the environment or a configuration file puts it.
    pub target: PathBuf,
    /// Tools, kept by version, for every checkout on this machine.
    pub cache: PathBuf,
}

impl Project {
    /// Finds the checkout that this command was started in.
    ///
    /// The place is looked up when the command runs, not when it is compiled: checkouts may share one
    /// build folder, and a compiled-in path would then lead into another checkout.
    pub fn find() -> Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(package) => PathBuf::from(package),
            None => env::current_dir().context("the current folder cannot be read")?,
        };
        let Some(root) = start.ancestors().find(|folder| is_root(folder)) else {
            bail!("{} is not inside a checkout of Bailian Studio", start.display());
        };
        let cache = cache_root(|name| env::var_os(name).map(PathBuf::from))
            .context("no place for tools: set HOME, XDG_CACHE_HOME or STUDIO_CACHE")?;
        Ok(Self { root: root.to_owned(), target: target_folder(root)?, cache })
    }

    /// The built page.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The worker's package.
    pub fn worker(&self) -> PathBuf {
        self.root.join("worker")
    }

    /// The built worker.
    pub fn worker_build(&self) -> PathBuf {
        self.root.join("worker/build")
    }

    /// Logs and stamps of these commands. In the checkout even where cargo builds elsewhere, since a
    /// stamp speaks of this checkout's `dist` and `worker/build`.
    pub fn notes(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// The log file of one step.
    pub fn log(&self, step: &str) -> PathBuf {
        self.notes().join(format!("{step}.log"))
    }
}

fn is_root(folder: &Path) -> bool {
    folder.join("Trunk.toml").is_file() && folder.join("xtask/Cargo.toml").is_file()
}

/// `STUDIO_CACHE`, else `bailian-studio` in the user's cache folder.
fn cache_root(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let set = |name| variable(name).filter(|path| path.is_absolute());
    set("STUDIO_CACHE").or_else(|| {
        let user = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))?;
        Some(user.join("bailian-studio"))
    })
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .context("cargo does not start")?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim()))?;
    let target = metadata.get("target_directory").and_then(Value::as_str);
    target.map(PathBuf::from).context("cargo metadata names no build folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(pairs: &[(&str, &str)]) -> Option<PathBuf> {
        cache_root(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| PathBuf::from(v)))
    }

    #[test]
    fn the_cache_is_where_the_user_keeps_caches() {
        assert_eq!(cache(&[("HOME", "/home/li")]), Some("/home/li/.cache/bailian-studio".into()));
        assert_eq!(
            cache(&[("HOME", "/home/li"), ("XDG_CACHE_HOME", "/c")]),
            Some("/c/bailian-studio".into())
        );
        assert_eq!(cache(&[("HOME", "/home/li"), ("STUDIO_CACHE", "/tools")]), Some("/tools".into()));
        assert_eq!(cache(&[("STUDIO_CACHE", "relative")]), None);
    }

    #[test]
    fn this_checkout_is_found() {
        let project = Project::find().unwrap();
        assert!(project.root.join("xtask/Cargo.toml").is_file());
        assert!(project.target.is_absolute());
    }
}
