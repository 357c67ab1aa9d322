//! `cargo xtask openapi`: the description of `/api`, as the types have it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::process::{ask, command};
use crate::project::Project;
use crate::report::Report;

/// Where the description is kept, so that a change of the interface is seen where it is made.
pub(crate) const KEPT: &str = "shared/openapi.json";

/// Its name beside the page's files.
const SERVED: &str = "openapi.json";

/// Writes it anew. A test of `shared` fails as long as it is not what the types say.
pub fn write(project: &Project, report: &Report) -> Result<()> {
    report.step("describing /api", || {
        let mut cargo = command("cargo");
        cargo.args(["run", "--quiet", "--locked", "--package", "studio-shared", "--features", "openapi"]);
        cargo
            .args(["--example", "openapi"])
            .current_dir(&project.root)
            .env("CARGO_TARGET_DIR", &project.target);
        let Some(text) = ask(cargo) else {
            bail!("the description cannot be made; run the tests of `shared`")
        };
        let file = project.root.join(KEPT);
        fs::write(&file, text.trim_end().to_owned() + "\n")
            .with_context(|| format!("{} cannot be written", file.display()))?;
        Ok((format!("{KEPT} written"), ()))
    })
}

/// Lays it beside the page's files, from where the worker answers with it.
pub(crate) fn lay_beside(project: &Project, dist: &Path) -> Result<()> {
    fs::copy(project.root.join(KEPT), dist.join(SERVED))
        .with_context(|| format!("{KEPT} cannot be copied"))?;
    Ok(())
}
