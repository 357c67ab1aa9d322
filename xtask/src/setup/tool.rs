//! Tools written in Rust: each is one entry of data.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{ask, command, run};
use crate::project::Project;
use crate::report::Report;

/// A tool that comes as a crate.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The crate that holds it.
    pub krate: &'static str,
    /// The exact version.
    pub version: &'static str,
    /// The command it installs.
    pub binary: &'static str,
}

/// Builds the page. 0.22 asks for a newer compiler than the workspace does.
pub const TRUNK: Tool = Tool { krate: "trunk", version: "0.21.14", binary: "trunk" };

/// Writes the JavaScript beside a wasm file; must be of the library's version, see Cargo.toml.
pub const WASM_BINDGEN: Tool = Tool { krate: "wasm-bindgen-cli", version: "0.2.129", binary: "wasm-bindgen" };

/// Builds the worker; goes with the `worker` crate.
pub const WORKER_BUILD: Tool = Tool { krate: "worker-build", version: "0.8.7", binary: "worker-build" };

/// A tool is built once and runs for seconds: compile it quickly instead of well.
const LIGHT_PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Where the tool is: on the PATH, in the cache, or fetched into the cache now, prebuilt where
/// cargo-binstall is there to do it, else compiled.
pub fn ready(tool: &Tool, project: &Project, report: &Report) -> Result<PathBuf> {
    if is_right(tool, tool.binary) {
        return Ok(on_path(tool.binary).unwrap_or_else(|| tool.binary.into()));
    }
    let home = project.cache.join("tools").join(format!("{}-{}", tool.krate, tool.version));
    let cached = home.join("bin").join(tool.binary);
    if is_right(tool, &cached) {
        return Ok(cached);
    }
    let Tool { krate, version, .. } = tool;
    report.step(&format!("fetching {krate} {version} (once a machine; minutes where it is compiled)"), || {
        let log = project.log(krate);
        let prebuilt = ask(binstall(&["-V"])).is_some() && {
            let mut command = binstall(&["--no-confirm", "--disable-strategies", "compile", "--root"]);
            command.arg(&home).arg(format!("{krate}@{version}"));
            run("cargo binstall", command, &log).is_ok() && is_right(tool, &cached)
        };
        if !prebuilt {
            let build = project.cache.join("build").join(krate);
            let mut command = command("cargo");
            command.args(["install", krate, "--version", version, "--locked", "--force", "--root"]);
            command
                .arg(&home)
                .arg("--target-dir")
                .arg(&build)
                .envs(LIGHT_PROFILE)
                .env_remove("CARGO_TARGET_DIR");
            run("cargo install", command, &log)?;
            // Only room on the disk.
            let _ = std::fs::remove_dir_all(&build);
        }
        if !is_right(tool, &cached) {
            bail!("{} was installed but does not answer as version {version}", cached.display());
        }
        Ok((format!("{krate} {version} {}", if prebuilt { "fetched" } else { "compiled" }), cached.clone()))
    })
}

fn binstall(arguments: &[&str]) -> Command {
    let mut command = command("cargo");
    command.arg("binstall").args(arguments);
    command
}

fn is_right(tool: &Tool, binary: impl AsRef<OsStr>) -> bool {
    let mut command = command(binary);
    command.arg("--version");
    ask(command).as_deref().and_then(version_in) == Some(tool.version)
}

fn on_path(binary: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(binary)).find(|file| file.is_file())
}

/// The version in what `--version` prints: `trunk 0.21.14`, `wasm-bindgen 0.2.129 (abc)`, `0.8.7`.
fn version_in(output: &str) -> Option<&str> {
    output
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.129 (5e1b1ee2d)"), Some("0.2.129"));
        assert_eq!(version_in("0.8.7"), Some("0.8.7"));
        assert_eq!(version_in("no such command"), None);
    }

    #[test]
    fn the_command_is_of_the_librarys_version() {
        let manifest = include_str!("../../../Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version)));
        assert!(manifest.contains(&format!("worker = \"{}\"", WORKER_BUILD.version)));
    }

    #[test]
    fn trunk_is_told_the_same_versions() {
        let settings = include_str!("../../../Trunk.toml");
        assert!(settings.contains(&format!("trunk-version = \">={}\"", TRUNK.version)));
        assert!(settings.contains(&format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version)));
    }
}
