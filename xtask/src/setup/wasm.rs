//! A compiler for `wasm32-unknown-unknown`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{ask, command, run};
use crate::project::Project;
use crate::report::Report;

/// The target of page and worker.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The toolchain that `debian-wasm.sh` makes.
const DEBIAN: &str = "debian-wasm";

/// Which of rustup's toolchains compiles for WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WasmToolchain {
    /// The one that compiles everything else.
    Active,
    /// The fallback, for machines that do not reach rustup's server.
    Debian,
}

impl WasmToolchain {
    /// Makes a command compile with this toolchain.
    pub fn select(self, command: &mut Command) {
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN);
        }
    }

    /// What the compiler says of itself.
    pub fn version(self) -> String {
        let mut rustc = command("rustc");
        rustc.arg("--version");
        self.select(&mut rustc);
        ask(rustc).unwrap_or_default()
    }

    /// Whether its sysroot holds a standard library for the target.
    fn has_target(self) -> bool {
        let mut rustc = command("rustc");
        rustc.args(["--print", "target-libdir", "--target", TARGET]);
        self.select(&mut rustc);
        ask(rustc).is_some_and(|folder| holds_std(Path::new(&folder)))
    }
}

/// The active toolchain, given the target by rustup where it lacks it; where that fails, Debian's compiler.
pub fn ready(project: &Project, report: &Report) -> Result<WasmToolchain> {
    if WasmToolchain::Active.has_target() {
        return Ok(WasmToolchain::Active);
    }
    if WasmToolchain::Debian.has_target() {
        return Ok(WasmToolchain::Debian);
    }
    report.step(&format!("adding the target {TARGET} (once a machine)"), || {
        let log = project.log("wasm-target");
        let mut rustup = command("rustup");
        rustup.args(["target", "add", TARGET]);
        let by_rustup = run("rustup target add", rustup, &log);
        if by_rustup.is_ok() && WasmToolchain::Active.has_target() {
            return Ok((format!("target {TARGET} added"), WasmToolchain::Active));
        }
        let mut script = command("bash");
        script.arg(project.root.join("xtask/debian-wasm.sh"));
        run("the fallback, xtask/debian-wasm.sh,", script, &project.log("debian-wasm")).with_context(
            || {
                let why = by_rustup.err().map(|error| format!("{error:#}")).unwrap_or_default();
                format!("no compiler for {TARGET}: {why}")
            },
        )?;
        Ok((format!("toolchain {DEBIAN} built for {TARGET}"), WasmToolchain::Debian))
    })
}

fn holds_std(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}
