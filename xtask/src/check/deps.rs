//! What the product is made of besides its own code: where it comes from, under which licence, how often.
//!
//! Everything is read from lock files and manifests that are here. Which versions have become known to be unsafe is not:
//! that list is on the internet, and `cargo audit` and `npm audit` ask it.

mod crates;
mod licence;
mod npm;
mod python;

use anyhow::{Result, bail};

use crate::project::Project;

/// Checks all three worlds. Answers the figures worth knowing, or fails with everything that is wrong.
pub(super) fn check(project: &Project) -> Result<String> {
    let (crates, mut wrong) = crates::check(project)?;
    let (packages, wrong_packages) = npm::check(project)?;
    wrong.extend(wrong_packages);
    wrong.extend(python::check(project)?);
    if !wrong.is_empty() {
        bail!("{} things are wrong with what is used\n{}", wrong.len(), wrong.join("\n"));
    }
    Ok(format!("dependencies ({crates}, {packages}; what is known to be unsafe is not asked for here)"))
}
