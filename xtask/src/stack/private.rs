//! Settings and secrets for wrangler, in a file that only its owner may read.
//!
//! A command line is visible to everybody on the machine, an environment to every child; a file with mode
//! 0600 is neither. It goes away with its value.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

#[derive(Debug)]
pub(super) struct EnvFile(PathBuf);

impl EnvFile {
    pub(super) fn write(path: PathBuf, settings: &[(String, String)]) -> Result<Self> {
        let text = text(settings)?;
        // One left behind by a crash would keep its own mode.
        let _ = fs::remove_file(&path);
        write_private(&path, text.as_bytes())?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for EnvFile {
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

/// Lines that wrangler (dotenv with dotenv-expand) reads back as exactly these values: in quotes nothing
/// but the end of the line and the quote itself has a meaning, and `\$` keeps a dollar from being expanded.
fn text(settings: &[(String, String)]) -> Result<String> {
    let mut text = String::new();
    for (name, value) in settings {
        let Some(quote) = ['\'', '"', '`'].into_iter().find(|quote| !value.contains(*quote)) else {
            bail!("the value of {name} holds all three kinds of quotes");
        };
        if value.contains(['\n', '\r', '\\']) {
            bail!("the value of {name} holds a line break or a backslash");
        }
        text += &format!("{name}={quote}{}{quote}\n", value.replace('$', "\\$"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> Result<String> {
        text(&[("K".into(), value.into())])
    }

    #[test]
    fn values_are_quoted_so_that_they_come_back_unchanged() {
        assert_eq!(one("sk-1").unwrap(), "K='sk-1'\n");
        assert_eq!(one("it's # 100 $x").unwrap(), "K=\"it's # 100 \\$x\"\n");
        assert!(one("'\"`").is_err());
        assert!(one("two\nlines").is_err());
    }

    #[test]
    fn the_file_is_private_and_goes_away() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.env");
        fs::write(&path, "left behind").unwrap();
        let file = EnvFile::write(path.clone(), &[("A".into(), "b".into())]).unwrap();
        assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
        drop(file);
        assert!(!path.exists());
    }
}
