//! Settings and secrets for the worker, in a file that only its owner may read.
//!
//! A command line is visible to everybody on the machine, an environment to every child; a file with mode
//! 0600 is neither. It goes away with its value.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

#[derive(Debug)]
pub(super) struct SettingsFile(PathBuf);

impl SettingsFile {
    pub(super) fn write(path: PathBuf, settings: &BTreeMap<String, String>) -> Result<Self> {
        let text = serde_json::to_string(settings)?;
        // One left behind by a crash would keep its own mode.
        let _ = fs::remove_file(&path);
        write_private(&path, text.as_bytes())?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for SettingsFile {
    fn drop(&mut self) {
        // Gone already is what is wanted.
        let _ = fs::remove_file(&self.0);
    }
}

/// Writes a new file that only its owner may read.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;

    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(content))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// A folder that only its owner may enter: it holds codes and pictures.
pub(crate) fn private_folder(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::create_dir_all(folder)
        .and_then(|()| fs::set_permissions(folder, fs::Permissions::from_mode(0o700)))
        .with_context(|| format!("{} cannot be used for the state", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_private_and_goes_away() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.json");
        fs::write(&path, "left behind").unwrap();
        let file = SettingsFile::write(path.clone(), &BTreeMap::from([("A".into(), "it's".into())])).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), r#"{"A":"it's"}"#);
        assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
        drop(file);
        assert!(!path.exists());
    }
}
