//! The text files of the checkout.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Where sources are; everything else (build folders, tools, state) is not ours to judge.
const ROOTS: [&str; 11] = [
    ".cargo",
    ".ci",
    ".github",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "cli",
    "frontend",
    "shared",
    "tests",
    "worker",
];

const PASSED_OVER: [&str; 9] = [
    "build",
    "dist",
    "node_modules",
    "output",
    "playwright-report",
    "snapshots",
    "target",
    "test-results",
    ".wrangler",
];

const ENDINGS: [&str; 14] =
    ["css", "html", "js", "json", "jsonc", "lock", "mjs", "npmrc", "rs", "sh", "toml", "ts", "yaml", "yml"];

/// A file, by its path in the checkout.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// Lines that are not comments as a whole, with their numbers.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The place of a line, as compilers write it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

pub(super) fn read(root: &Path) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for start in ROOTS.iter().chain(["xtask"].iter()) {
        let path = root.join(start);
        if path.exists() {
            collect(&path, start, &mut found)?;
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn collect(path: &Path, name: &str, found: &mut Vec<Source>) -> Result<()> {
    if path.is_dir() {
        for entry in path.read_dir()? {
            let entry = entry?;
            let child = entry.file_name().to_string_lossy().into_owned();
            // `xtask/src/build` is a module, not what one has made.
            if name.ends_with("/src") || !PASSED_OVER.contains(&child.as_str()) {
                collect(&entry.path(), &format!("{name}/{child}"), found)?;
            }
        }
    } else if ENDINGS.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
        let text = fs::read_to_string(path).with_context(|| format!("{name} is not text"))?;
        found.push(Source { path: name.to_owned(), text });
    }
    Ok(())
}

#[cfg(test)]
pub(super) fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), text: text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_code() {
        let file = source("a.rs", "//! no\nlet a = 1; // yes\n    // no\n");
        assert_eq!(file.code().collect::<Vec<_>>(), [(2, "let a = 1; // yes")]);
        assert_eq!(file.at(2), "a.rs:2");
    }
}
