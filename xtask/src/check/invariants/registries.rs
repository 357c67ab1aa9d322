//! Manifests and lock files say what is used, not from which server: that is the user's business.

use super::{Source, Violation};

/// The one source that a Cargo.lock of this project names; it stands for crates.io wherever that is mirrored.
const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources {
        for (index, line) in source.text.lines().enumerate() {
            if names_a_registry(&source.path, line.trim()) {
                violations.push(Violation::new(source.at(index + 1), "names a registry"));
            }
        }
    }
    violations
}

fn names_a_registry(path: &str, line: &str) -> bool {
    match path.rsplit('/').next().unwrap_or(path) {
        "Cargo.lock" => line.starts_with("source = ") && line != CRATES_IO,
        "package-lock.json" => line.starts_with("\"resolved\"") && line.contains("://"),
        ".npmrc" => line.contains("registry=") || line.contains("registry ="),
        "Cargo.toml" | "config.toml" => {
            line.starts_with("registry") || line.starts_with("[source.") || line.contains("registry = \"")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn hosts_in_lock_files_are_found() {
        let lock = format!("{CRATES_IO}\nsource = \"registry+sparse+https://mirror.example/index\"\n");
        let found = check(&[source("Cargo.lock", &lock)]);
        assert_eq!(found, [Violation::new("Cargo.lock:2", "names a registry")]);
        let npm = "{\n\"resolved\": \"https://mirror.example/a.tgz\"\n}";
        assert_eq!(check(&[source("worker/package-lock.json", npm)]).len(), 1);
        assert_eq!(check(&[source("worker/.npmrc", "omit-lockfile-registry-resolved=true")]), []);
        assert_eq!(check(&[source(".cargo/config.toml", "[source.crates-io]")]).len(), 1);
    }
}
