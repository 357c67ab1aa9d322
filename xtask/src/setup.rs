//! What a build needs, found or fetched: Rust tools, a compiler for WebAssembly, npm parts, a browser,
//! Python environments.
//!
//! Everything that is not on the machine already goes into the cache folder, keyed by version, where the
//! next checkout finds it.

mod apt;
pub mod browser;
pub mod npm;
pub mod python;
pub mod tool;
pub mod wasm;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use self::tool::{TRUNK, WASM_BINDGEN, WORKER_BUILD};
use self::wasm::WasmToolchain;
use crate::process::{command, prepend_path};
use crate::project::Project;
use crate::report::Report;

/// All that builds page and worker.
#[derive(Clone, Debug)]
pub struct Toolbox {
    /// The compiler for WebAssembly.
    pub wasm: WasmToolchain,
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    worker_build: PathBuf,
    npm_bin: PathBuf,
    target: PathBuf,
}

impl Toolbox {
    /// Finds every tool, and fetches what is missing.
    pub fn ready(project: &Project, report: &Report) -> Result<Self> {
        let npm_bin = npm::ready(project, &project.worker(), report)?;
        Ok(Self {
            wasm: wasm::ready(project, report)?,
            wasm_bindgen: tool::ready(&WASM_BINDGEN, project, report)?,
            trunk: tool::ready(&TRUNK, project, report)?,
            worker_build: tool::ready(&WORKER_BUILD, project, report)?,
            npm_bin,
            target: project.target.clone(),
        })
    }

    /// Trunk. It looks for its own tools on the PATH first, and takes them where the version is the one
    /// that Trunk.toml asks for.
    pub fn trunk(&self) -> Result<Command> {
        let mut command = command(&self.trunk);
        self.for_wasm(&mut command);
        let bindgen = self.wasm_bindgen.parent().unwrap_or(Path::new("."));
        prepend_path(&mut command, &[bindgen, &self.npm_bin])?;
        Ok(command)
    }

    /// worker-build, told to use the tools that are here instead of downloading its own.
    pub fn worker_build(&self) -> Command {
        let mut command = command(&self.worker_build);
        self.for_wasm(&mut command);
        command
            .env("WASM_BINDGEN_BIN", &self.wasm_bindgen)
            .env("ESBUILD_BIN", self.npm_bin.join("esbuild"))
            .env("WASM_OPT_BIN", self.npm_bin.join("wasm-opt"));
        command
    }

    /// cargo for WebAssembly.
    pub fn cargo(&self) -> Command {
        let mut command = command("cargo");
        self.for_wasm(&mut command);
        command
    }

    /// What decides, beside the sources, how a build comes out.
    pub fn versions(&self) -> String {
        let tools =
            [TRUNK, WASM_BINDGEN, WORKER_BUILD].map(|tool| format!("{} {}", tool.krate, tool.version));
        format!("{}; {}", self.wasm.version(), tools.join(", "))
    }

    fn for_wasm(&self, command: &mut Command) {
        self.wasm.select(command);
        // Their messages, not where in themselves they made them.
        command.env("CARGO_TARGET_DIR", &self.target).env("RUST_LIB_BACKTRACE", "0");
    }
}
