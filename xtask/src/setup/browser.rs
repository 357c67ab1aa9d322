//! Chromium for the browser tests.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::apt;
use crate::process::{command, run};
use crate::project::Project;
use crate::report::Report;

/// Without windows it does the same work in half the time.
const NAMES: [&str; 5] =
    ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser that `CHROMIUM` names or the PATH holds; else installed: by apt where that works, so that
/// Chinese glyphs come with it, else by Playwright. `None` means Playwright's own.
pub fn ready(project: &Project, tests: &Path, report: &Report) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !named.is_file() {
            bail!("CHROMIUM names {}, which is not there", named.display());
        }
        return Ok(Some(named));
    }
    if let Some(found) = on_path() {
        return Ok(Some(found));
    }
    report.step("installing Chromium (once a machine)", || {
        let log = project.log("chromium");
        if apt::install(&["chromium-headless-shell", "fonts-noto-cjk"], &log)?
            && let Some(found) = on_path()
        {
            return Ok(("Chromium installed".into(), Some(found)));
        }
        let mut playwright = command("npx");
        playwright.args(["playwright", "install", "chromium"]).current_dir(tests);
        run("npx playwright install", playwright, &log)?;
        Ok(("Playwright's Chromium installed".into(), None))
    })
}

fn on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
