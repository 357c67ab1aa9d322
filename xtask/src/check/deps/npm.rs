//! npm parts: every one by the hash of its content, and none that runs a program of its own while it is installed, but
//! for those that have to.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project::Project;

/// Where lock files are.
const FOLDERS: [&str; 2] = ["worker", "tests/browser"];

/// Parts that run a script when they are installed, each with what it does.
const SCRIPTS: [(&str, &str); 3] = [
    ("esbuild", "puts its program for this machine in place"),
    ("workerd", "puts its program for this machine in place"),
    ("sharp", "looks for its library; comes with wrangler"),
];

/// Figures, and what is wrong.
pub(super) fn check(project: &Project) -> Result<(String, Vec<String>)> {
    let mut count = 0;
    let mut wrong = Vec::new();
    for folder in FOLDERS {
        let read = |name: &str| -> Result<Value> {
            let file = project.root.join(folder).join(name);
            let text = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
        };
        let lock = read("package-lock.json")?;
        count += parts(&lock).count();
        wrong.extend(of_lock(&lock).into_iter().map(|what| format!("{folder}: {what}")));
        wrong.extend(of_manifest(&read("package.json")?).into_iter().map(|what| format!("{folder}: {what}")));
    }
    Ok((format!("{count} npm parts"), wrong))
}

/// The parts of a lock file: all but the folder itself.
fn parts(lock: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let packages = lock.get("packages").and_then(Value::as_object);
    packages
        .into_iter()
        .flatten()
        .map(|(place, part)| (place.as_str(), part))
        .filter(|(place, _)| !place.is_empty())
}

fn of_lock(lock: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if lock.get("lockfileVersion").and_then(Value::as_u64) != Some(3) || parts(lock).next().is_none() {
        wrong.push("the lock file is of another version".to_owned());
    }
    for (place, part) in parts(lock) {
        let name = place.rsplit("node_modules/").next().unwrap_or(place);
        let text = |field: &str| part.get(field).and_then(Value::as_str).unwrap_or_default();
        if !text("integrity").starts_with("sha512-") {
            wrong.push(format!("{name} has no integrity"));
        }
        if part.get("link").is_some() || text("version").contains(':') || text("resolved").contains("git") {
            wrong.push(format!("{name} comes from elsewhere than the registry"));
        }
        let runs = part.get("hasInstallScript").and_then(Value::as_bool) == Some(true);
        if runs && !SCRIPTS.iter().any(|(known, _)| *known == name) {
            wrong.push(format!("{name} runs a script when it is installed"));
        }
    }
    wrong
}

/// Exact versions: what is installed is what was tried.
fn of_manifest(manifest: &Value) -> Vec<String> {
    let groups = ["dependencies", "devDependencies", "optionalDependencies"];
    let all = groups.iter().filter_map(|group| manifest.get(*group)?.as_object()).flatten();
    let exact = |version: &str| {
        version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains([' ', '|', 'x', '*'])
    };
    all.filter(|(_, version)| !version.as_str().is_some_and(exact))
        .map(|(name, version)| format!("{name} is {version}, which is no exact version"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_held_by_its_hash_or_runs_a_script_is_found() {
        let lock = |part: Value| json!({"lockfileVersion": 3, "packages": {"": {}, "node_modules/a": part}});
        let good = json!({"version": "1.0.0", "integrity": "sha512-x"});
        assert_eq!(of_lock(&lock(good)), [""; 0]);
        for bad in [
            json!({"version": "1.0.0"}),
            json!({"version": "1.0.0", "integrity": "sha1-x"}),
            json!({"version": "1.0.0", "integrity": "sha512-x", "hasInstallScript": true}),
            json!({"version": "git+ssh://x", "integrity": "sha512-x"}),
        ] {
            assert_eq!(of_lock(&lock(bad.clone())).len(), 1, "{bad}");
        }
        let nested = json!({"lockfileVersion": 3, "packages": {"node_modules/wrangler/node_modules/esbuild":
            {"version": "1.0.0", "integrity": "sha512-x", "hasInstallScript": true}}});
        assert_eq!(of_lock(&nested), [""; 0]);
    }

    #[test]
    fn ranges_are_no_versions() {
        let manifest = json!({"devDependencies": {"a": "1.0.0", "b": "^1.0.0", "c": "*", "d": "1.x"}});
        assert_eq!(of_manifest(&manifest).len(), 3);
    }
}
