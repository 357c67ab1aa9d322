//! Python packages of the tests: exact versions.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

/// Folders with lists of packages.
const FOLDERS: [&str; 2] = ["tests/sdk", "tests/api"];

/// What is wrong.
pub(super) fn check(project: &Project) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for folder in FOLDERS {
        let path = project.root.join(folder);
        for file in path.read_dir().with_context(|| format!("{folder} is missing"))? {
            let file = file?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("requirements") {
                let found = loose(&fs::read_to_string(&file)?);
                wrong.extend(
                    found.into_iter().map(|line| format!("{folder}/{name}: {line} is no exact version")),
                );
            }
        }
    }
    Ok(wrong)
}

/// Lines that do not name one version.
fn loose(list: &str) -> Vec<String> {
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty() && !line.contains("==")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_version_is_exact() {
        assert_eq!(loose("# list\na==1.0\nb>=2 # why\nc\n"), ["b>=2", "c"]);
    }
}
