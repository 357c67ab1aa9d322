//! Python environments: one for each list of packages, kept in the cache folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::process::{ask, command, run};
use crate::project::Project;
use crate::report::Report;
use crate::text::sha256_hex;

/// Prints the version where it is new enough for the packages and can make environments; Debian has that in a package
/// of its own.
const PROBE: &str = "import sys, venv, ensurepip
assert sys.version_info >= (3, 10)
print('.'.join(map(str, sys.version_info[:3])))";

/// The Python of the PATH may be one without environments where the system's has them.
const NAMES: [&str; 2] = ["python3", "/usr/bin/python3"];

/// An interpreter that can make environments.
#[derive(Clone, Debug)]
pub struct Interpreter {
    name: &'static str,
    version: String,
}

/// The Python that is here, or that apt can install; `None` where there is none to be had.
pub fn interpreter(project: &Project, report: &Report) -> Result<Option<Interpreter>> {
    if let Some(found) = find() {
        return Ok(Some(found));
    }
    report.step("looking for Python (once a machine)", || {
        let installed = apt::install(&["python3", "python3-venv"], &project.log("python"))?;
        let found = if installed { find() } else { None };
        Ok((if found.is_some() { "Python installed" } else { "no Python to be had" }.into(), found))
    })
}

impl Interpreter {
    /// The Python of an environment that holds what `requirements` lists. It is made where this list has not been
    /// installed for this Python before.
    pub fn environment(&self, requirements: &Path, project: &Project, report: &Report) -> Result<PathBuf> {
        let list =
            fs::read(requirements).with_context(|| format!("{} is missing", requirements.display()))?;
        let name = requirements.file_stem().unwrap_or_default().to_string_lossy();
        let home = project.cache.join("tools").join(self.folder(&name, &list));
        let python = home.join("bin/python");
        let complete = home.join("complete");
        if complete.is_file() && version(&python).is_some() {
            return Ok(python);
        }
        report.step(&format!("installing {name} for Python {} (once a machine)", self.version), || {
            let log = project.log(&format!("python-{name}"));
            let mut venv = command(self.name);
            venv.args(["-m", "venv", "--clear"]).arg(&home);
            run("python3 -m venv", venv, &log)?;
            let mut pip = command(&python);
            pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
            pip.arg("--requirement").arg(requirements);
            run("pip install", pip, &log)?;
            fs::write(&complete, "")?;
            Ok((format!("{name} for Python {} installed", self.version), python.clone()))
        })
    }

    /// One for each list and each Python: neither may change under an environment.
    fn folder(&self, name: &str, list: &[u8]) -> String {
        let hash = sha256_hex(list);
        format!("python-{}-{name}-{}", self.version, hash.get(..12).unwrap_or(&hash))
    }
}

fn find() -> Option<Interpreter> {
    NAMES.into_iter().find_map(|name| version(Path::new(name)).map(|version| Interpreter { name, version }))
}

fn version(python: &Path) -> Option<String> {
    let mut python = command(python);
    python.args(["-c", PROBE]);
    ask(python)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_list_or_another_python_is_another_environment() {
        let older = Interpreter { name: "python3", version: "3.11.2".into() };
        let newer = Interpreter { name: "python3", version: "3.13.0".into() };
        let folder = older.folder("requirements-1", b"pytest==9.2.0\n");
        assert!(folder.starts_with("python-3.11.2-requirements-1-"), "{folder}");
        assert_eq!(folder, older.folder("requirements-1", b"pytest==9.2.0\n"));
        assert_ne!(folder, older.folder("requirements-1", b"pytest==9.2.1\n"));
        assert_ne!(folder, newer.folder("requirements-1", b"pytest==9.2.0\n"));
    }

    #[test]
    fn what_is_not_python_has_no_version() {
        assert_eq!(version(Path::new("no-such-python")), None);
        assert_eq!(version(Path::new("false")), None);
    }
}
