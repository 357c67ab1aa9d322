//! How big the result is, as it lies on the disk and as it travels.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::project::Project;
use crate::{report, text};

/// Bytes, plain and compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// As it is.
    pub raw: u64,
    /// As gzip -9 makes it.
    pub gzip: u64,
}

/// A table of what was built.
pub fn table(project: &Project) -> Result<String> {
    let mut rows = vec![vec![String::new(), "raw".into(), "gzip".into()]];
    let mut row =
        |name: &str, size: Size| rows.push(vec![name.into(), text::size(size.raw), text::size(size.gzip)]);
    let mut first_load = Size::default();
    for ending in ["html", "wasm", "js", "css"] {
        let size = of_folder(&project.dist(), ending)?;
        first_load = first_load.plus(size);
        row(&format!("page {ending}"), size);
    }
    row("page, first load", first_load);
    for ending in ["wasm", "js"] {
        row(&format!("worker {ending}"), of_folder(&project.worker_build(), ending)?);
    }
    Ok(report::table(&rows))
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        Ok(Self { raw: bytes.len() as u64, gzip: gzip.finish()?.len() as u64 })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip }
    }
}

/// All files of a folder with an ending, not of folders in it.
fn of_folder(folder: &Path, ending: &str) -> Result<Size> {
    let mut sum = Size::default();
    for entry in folder.read_dir().with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == ending) {
            sum = sum.plus(Size::of(&fs::read(&path)?)?);
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_add_up() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.js"), "x".repeat(5000)).unwrap();
        fs::write(folder.path().join("b.js"), "y".repeat(3000)).unwrap();
        fs::write(folder.path().join("c.css"), "z").unwrap();
        let size = of_folder(folder.path(), "js").unwrap();
        assert_eq!(size.raw, 8000);
        assert!(size.gzip < 200);
    }
}
