//! Who may depend on whom.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Violation;
use crate::process::{ask, command};

/// All that `shared` may use: it has to behave the same in the page, in the worker and in a test, so nothing
/// in this list may know a clock, a browser, a network or a random number.
const SHARED_MAY_USE: [&str; 4] = ["form_urlencoded", "humantime", "serde", "serde_json"];

/// What `shared` may use beside, where only a native program asks for it.
const SHARED_MAY_OFFER: [&str; 1] = ["schemars"];

/// Who must not ask for anything that `shared` only offers: page and worker would grow by it.
const PLAIN: [&str; 2] = ["studio-frontend", "studio-worker"];

/// Pairs that must not be: a package, and what it does not depend on.
const NEVER: [(&str, &str); 10] = [
    ("studio-frontend", "studio-worker"),
    ("studio-frontend", "worker"),
    ("studio-frontend", "studio-simulator"),
    ("studio-frontend", "xtask"),
    ("studio-worker", "leptos"),
    ("studio-worker", "studio-frontend"),
    ("studio-worker", "studio-simulator"),
    ("studio-worker", "xtask"),
    ("studio-simulator", "studio-worker"),
    ("studio-simulator", "studio-frontend"),
];

#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or nothing for an ordinary one.
    kind: Option<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    features: Vec<String>,
}

/// The workspace's own packages.
pub(super) fn read(root: &Path) -> Result<Metadata> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root);
    let json = ask(cargo).context("cargo metadata failed")?;
    serde_json::from_str(&json).context("cargo metadata answers otherwise than expected")
}

pub(super) fn check(metadata: &Metadata) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if name == "worker" {
            let why = "worker-build would take a package called `worker` for the library of that name";
            violations.push(Violation::new(name, why));
        }
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind.is_none()) {
            let other = dependency.name.as_str();
            let offered = dependency.optional && SHARED_MAY_OFFER.contains(&other);
            if PLAIN.contains(&name) && other == "studio-shared" && !dependency.features.is_empty() {
                let why = format!("takes studio-shared as it is, without {}", dependency.features.join(", "));
                violations.push(Violation::new(name, why));
            }
            if name == "studio-shared" && !offered && !SHARED_MAY_USE.contains(&other) {
                let why = format!("may use {} only, not {other}", SHARED_MAY_USE.join(", "));
                violations.push(Violation::new("shared/Cargo.toml", why));
            }
            if NEVER.contains(&(name, other)) {
                violations.push(Violation::new(name, format!("must not depend on {other}")));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violations(package: &str, dependency: &str, kind: &str) -> usize {
        let json = format!(
            r#"{{"packages":[{{"name":"{package}","dependencies":[{{"name":"{dependency}","kind":{kind}}}]}}]}}"#
        );
        check(&serde_json::from_str(&json).unwrap()).len()
    }

    #[test]
    fn shared_stays_pure() {
        assert_eq!(violations("studio-shared", "serde", "null"), 0);
        assert_eq!(violations("studio-shared", "tokio", "null"), 1);
        assert_eq!(violations("studio-shared", "proptest", "\"dev\""), 0);
    }

    #[test]
    fn what_shared_offers_is_not_in_page_or_worker() {
        let found = |json: &str| check(&serde_json::from_str(json).unwrap()).len();
        let schemars = |optional: bool| {
            format!(
                r#"{{"packages":[{{"name":"studio-shared","dependencies":[
                    {{"name":"schemars","kind":null,"optional":{optional}}}]}}]}}"#
            )
        };
        assert_eq!((found(&schemars(true)), found(&schemars(false))), (0, 1));
        let page = r#"{"packages":[{"name":"studio-frontend","dependencies":[
            {"name":"studio-shared","kind":null,"features":["openapi"]}]}]}"#;
        assert_eq!(found(page), 1);
    }

    #[test]
    fn page_and_worker_do_not_know_each_other() {
        assert_eq!(violations("studio-frontend", "studio-worker", "null"), 1);
        assert_eq!(violations("studio-worker", "studio-shared", "null"), 0);
        assert_eq!(violations("worker", "serde", "null"), 1);
    }
}
