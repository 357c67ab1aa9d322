//! Whether anything has changed that a part is made from.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::project::Project;

/// Folders that hold nothing that is compiled.
const PASSED_OVER: [&str; 6] = ["target", "node_modules", "dist", "build", "tests", "snapshots"];

/// A hash of names and contents, and of `other`.
pub fn hash(project: &Project, inputs: &[&str], other: &str) -> Result<String> {
    let mut hash = Sha256::new_with_prefix(other);
    for file in files(&project.root, inputs)? {
        let content = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        hash.update(file.strip_prefix(&project.root).unwrap_or(&file).as_os_str().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// When the youngest file was changed, and how many there are: cheap enough to ask twice a second. Folders
/// that change while they are read give an answer that differs from the next, which is all that matters.
pub fn glance(project: &Project, inputs: &[&str]) -> (Option<SystemTime>, usize) {
    let files = files(&project.root, inputs).unwrap_or_default();
    let changed = files.iter().filter_map(|file| fs::metadata(file).and_then(|data| data.modified()).ok());
    (changed.max(), files.len())
}

/// All files of the inputs, in a fixed order.
fn files(root: &Path, inputs: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for input in inputs {
        collect(&root.join(input), &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = path.read_dir().with_context(|| format!("{} cannot be read", path.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !PASSED_OVER.contains(&&*name) {
            collect(&entry.path(), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_content_name_or_setting_changes_the_hash() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let project = Project { root: root.clone(), target: root.clone(), cache: root.clone() };
        fs::create_dir_all(root.join("src/tests")).unwrap();
        fs::write(root.join("src/a.rs"), "a").unwrap();
        let of = |other| hash(&project, &["src"], other).unwrap();
        let first = of("");
        assert_eq!(first, of(""));
        assert_ne!(first, of("other"));
        fs::write(root.join("src/tests/t.rs"), "t").unwrap();
        assert_eq!(first, of(""), "tests are not part of it");
        fs::write(root.join("src/a.rs"), "b").unwrap();
        let second = of("");
        assert_ne!(first, second);
        fs::rename(root.join("src/a.rs"), root.join("src/b.rs")).unwrap();
        assert_ne!(second, of(""));
        assert!(hash(&project, &["absent"], "").is_err());
    }
}
