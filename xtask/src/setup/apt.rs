//! Packages of Debian and its relatives.

use std::path::Path;

use anyhow::Result;

use crate::process::{ask, command, run};

/// Installs packages. Answers false, having done nothing, where there is no apt or we may not use it.
pub(super) fn install(packages: &[&str], log: &Path) -> Result<bool> {
    if !is_root() || !Path::new("/usr/bin/apt-get").exists() {
        return Ok(false);
    }
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(packages);
    for arguments in [vec!["update", "-qq"], install] {
        let mut apt = command("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run("apt-get", apt, log)?;
    }
    Ok(true)
}

fn is_root() -> bool {
    let mut id = command("id");
    id.arg("-u");
    ask(id).as_deref() == Some("0")
}
