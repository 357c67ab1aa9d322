//! Crates: source, checksum, licence, and how often page and worker carry the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::licence;
use crate::process::{ask, command};
use crate::project::Project;
use crate::setup::wasm;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that have no place here, each with the reason.
const BANNED: [(&str, &str); 4] = [
    ("openssl", "TLS is the platform's, or not there at all"),
    ("native-tls", "TLS is the platform's, or not there at all"),
    ("git2", "nothing here speaks git"),
    ("time", "times are `shared::time`"),
];

/// Crates under another licence than those that are taken, each with the reason. Never in page or worker.
const NOT_SHIPPED: [(&str, &str); 1] = [("shine-rs", "LGPL; writes the simulator's MP3")];

/// Crates that page or worker carry in more than one version, each with the reason.
const TWICE: [(&str, &str); 4] = [
    ("gloo-net", "leptos and its router ask for 0.6, whose calls are not made"),
    ("gloo-utils", "by gloo-net"),
    ("thiserror", "by gloo-net 0.6"),
    ("convert_case", "by the configuration that leptos brings"),
];

#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    source: Option<String>,
    license: Option<String>,
    #[serde(default)]
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
}

impl Package {
    /// Whether it runs in the compiler and is in nothing that is built.
    fn is_macro(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
    }
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Debug, Deserialize)]
struct Kind {
    kind: Option<String>,
}

/// Figures, and what is wrong.
pub(super) fn check(project: &Project) -> Result<(String, Vec<String>)> {
    let native = read(project, "x86_64-unknown-linux-gnu")?;
    let wasm = read(project, wasm::TARGET)?;
    let lock = project.root.join("Cargo.lock");
    let lock = fs::read_to_string(&lock).with_context(|| format!("{} is missing", lock.display()))?;
    let mut wrong = unlocked(&lock);
    wrong.extend(of_packages(native.packages.iter().chain(&wasm.packages)));
    for package in ["studio-frontend", "studio-worker"] {
        let shipped = shipped(&wasm, package);
        wrong.extend(repeated(&shipped, package));
        let foreign = |known: &&&Package| NOT_SHIPPED.iter().any(|(name, _)| *name == known.name);
        wrong.extend(shipped.iter().filter(foreign).map(|known| format!("{package} carries {}", known.name)));
    }
    let crates = native.packages.iter().filter(|package| package.source.is_some()).count();
    Ok((format!("{crates} crates"), wrong))
}

fn read(project: &Project, target: &str) -> Result<Metadata> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", target]);
    cargo.current_dir(&project.root);
    let json = ask(cargo).context("cargo metadata failed")?;
    serde_json::from_str(&json).context("cargo metadata answers otherwise than expected")
}

/// Packages of the lock file that come from elsewhere, or of which nothing says that they are still the same.
fn unlocked(lock: &str) -> Vec<String> {
    let packages = lock.split("[[package]]").skip(1);
    let value = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(&format!("{name} = \"")));
        line.and_then(|line| line.strip_suffix('"')).map(str::to_owned)
    };
    packages
        .filter_map(|package| {
            let (name, source) = (value(package, "name")?, value(package, "source")?);
            if source != CRATES_IO {
                Some(format!("{name} comes from {source}"))
            } else if value(package, "checksum").is_none_or(|sum| sum.len() != 64) {
                Some(format!("{name} has no checksum in Cargo.lock"))
            } else {
                None
            }
        })
        .collect()
}

fn of_packages<'p>(packages: impl Iterator<Item = &'p Package>) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for package in packages {
        let Package { name, version, .. } = package;
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| banned == name) {
            wrong.insert(format!("{name} {version} is not wanted: {why}"));
        }
        match &package.license {
            Some(expression) if licence::is_taken(expression) => {}
            _ if NOT_SHIPPED.iter().any(|(known, _)| known == name) => {}
            Some(expression) => {
                wrong.insert(format!("{name} {version} is under {expression}"));
            }
            None => {
                wrong.insert(format!("{name} {version} names no licence"));
            }
        }
    }
    wrong
}

/// What is shipped of a package: itself and all that it is made of, without what only builds it.
fn shipped<'m>(metadata: &'m Metadata, package: &str) -> Vec<&'m Package> {
    let packages: BTreeMap<&str, &Package> =
        metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: BTreeMap<&str, &Node> =
        metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let start = metadata.packages.iter().find(|known| known.name == package);
    let mut open: Vec<&str> = start.map(|known| known.id.as_str()).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if packages.get(id).is_none_or(|package| package.is_macro()) || !seen.insert(id) {
            continue;
        }
        let edges = nodes.get(id).map(|node| node.deps.as_slice()).unwrap_or_default();
        let shipped = edges.iter().filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(shipped.map(|edge| edge.pkg.as_str()));
    }
    seen.into_iter().filter_map(|id| packages.get(id).copied()).collect()
}

/// Crates that are shipped more than once.
fn repeated(shipped: &[&Package], package: &str) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in shipped {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let twice = versions
        .into_iter()
        .filter(|(name, versions)| versions.len() > 1 && !TWICE.iter().any(|(known, _)| known == name));
    twice
        .map(|(name, versions)| {
            let versions = versions.into_iter().collect::<Vec<_>>().join(", ");
            format!("{package} carries {name} more than once: {versions}")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_source_and_a_missing_checksum_are_found() {
        let sum = "0".repeat(64);
        let package =
            |name: &str, rest: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n{rest}\n");
        let lock = [
            package("own", ""),
            package("good", &format!("source = \"{CRATES_IO}\"\nchecksum = \"{sum}\"")),
            package("bare", &format!("source = \"{CRATES_IO}\"")),
            package("fork", "source = \"git+https://example.com/fork\""),
        ];
        let found = unlocked(&lock.concat());
        assert_eq!(
            found,
            ["bare has no checksum in Cargo.lock", "fork comes from git+https://example.com/fork"]
        );
    }

    #[test]
    fn what_is_shipped_twice_is_found_and_what_only_builds_is_not() {
        let metadata = |kind: &str| -> Metadata {
            let text = format!(
                r#"{{"packages":[
                    {{"id":"w","name":"studio-worker","version":"1.0.0","license":"MIT"}},
                    {{"id":"a1","name":"a","version":"1.0.0","license":"MIT"}},
                    {{"id":"a2","name":"a","version":"2.0.0","license":"MIT"}}],
                  "resolve":{{"nodes":[
                    {{"id":"w","deps":[{{"pkg":"a1","dep_kinds":[{{"kind":null}}]}},
                                       {{"pkg":"a2","dep_kinds":[{{"kind":{kind}}}]}}]}},
                    {{"id":"a1","deps":[]}},{{"id":"a2","deps":[]}}]}}}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        let found =
            |metadata: &Metadata| repeated(&shipped(metadata, "studio-worker"), "studio-worker").len();
        assert_eq!(found(&metadata("null")), 1);
        assert_eq!(found(&metadata("\"build\"")), 0);
    }

    #[test]
    fn banned_and_unlicensed_crates_are_named() {
        let package = |name: &str, license: Option<&str>| Package {
            id: name.to_owned(),
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            source: None,
            license: license.map(str::to_owned),
            targets: Vec::new(),
        };
        let all = [package("openssl", Some("MIT")), package("x", Some("GPL-3.0")), package("y", None)];
        let wrong = of_packages(all.iter());
        assert_eq!(wrong.len(), 3, "{wrong:?}");
    }
}
