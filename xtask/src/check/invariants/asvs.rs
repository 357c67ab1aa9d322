//! `docs/asvs.md`: every requirement stands in it once, and every test that it names is there.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use super::{Source, Violation};
use crate::check::LevelName;

const TABLE: &str = "docs/asvs.md";

/// Requirements of level 1 and 2 in version 5.0.0.
const REQUIREMENTS: usize = 253;

/// How a requirement stands.
const STATES: [&str; 4] = ["held", "open", "not ours", "Cloudflare"];

/// The figures of the table.
#[derive(Debug, Default)]
pub(super) struct Standing {
    by_state: BTreeMap<String, usize>,
    /// Requirements that apply and are not shown.
    open: Vec<String>,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = self.by_state.iter().map(|(state, count)| format!("{count} {state}"));
        write!(f, "ASVS: {}", counted.collect::<Vec<_>>().join(", "))?;
        if self.open.is_empty() { Ok(()) } else { write!(f, " ({})", self.open.join(" ")) }
    }
}

pub(super) fn check(root: &Path, sources: &[Source]) -> Result<(Standing, Vec<Violation>)> {
    let file = root.join(TABLE);
    let table = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
    let (standing, mut violations) = read(&table, sources);
    let all: usize = standing.by_state.values().sum();
    if all != REQUIREMENTS {
        violations.push(Violation::new(TABLE, format!("names {all} requirements of {REQUIREMENTS}")));
    }
    Ok((standing, violations))
}

fn read(table: &str, sources: &[Source]) -> (Standing, Vec<Violation>) {
    let mut standing = Standing::default();
    let mut violations = Vec::new();
    let mut seen = Vec::new();
    for (index, line) in table.lines().enumerate().filter(|(_, line)| line.starts_with("| V")) {
        let mut wrong =
            |says: String| violations.push(Violation::new(format!("{TABLE}:{}", index + 1), says));
        let cells: Vec<&str> = line.trim_matches('|').splitn(3, '|').map(str::trim).collect();
        let [requirements, state, shown] = cells.as_slice() else {
            wrong("a row has three cells".to_owned());
            continue;
        };
        if !STATES.contains(state) {
            wrong(format!("{state:?} is none of {}", STATES.join(", ")));
        }
        for requirement in expand(requirements) {
            if seen.contains(&requirement) {
                wrong(format!("{requirement} stands twice"));
            }
            if *state == "open" {
                standing.open.push(requirement.clone());
            }
            *standing.by_state.entry((*state).to_owned()).or_default() += 1;
            seen.push(requirement);
        }
        missing(shown, sources).into_iter().for_each(|test| wrong(format!("there is no {test}")));
    }
    (standing, violations)
}

/// `V1.2.5 – V1.2.8, V1.3.1` as five requirements.
fn expand(cell: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in cell.split(',') {
        let mut ends = part.split('–').map(str::trim);
        let (first, last) = (ends.next().unwrap_or_default(), ends.next());
        let last = last.and_then(|last| last.rsplit('.').next()?.parse::<u32>().ok());
        match (first.rsplit_once('.'), last) {
            (Some((section, from)), Some(to)) => {
                let from = from.parse::<u32>().unwrap_or(to);
                all.extend((from..=to).map(|number| format!("{section}.{number}")));
            }
            _ => all.push(first.to_owned()),
        }
    }
    all
}

/// What a cell names and nobody has: `file::function`, `level x`, and texts in quotes.
fn missing(shown: &str, sources: &[Source]) -> Vec<String> {
    let code = shown.split('`').skip(1).step_by(2);
    let quoted = shown.split('"').skip(1).step_by(2);
    let mut absent: Vec<String> = code.filter(|name| !is_there(name, sources)).map(str::to_owned).collect();
    if !shown.contains("ARCHITECTURE") {
        let specs = || sources.iter().filter(|source| source.path.starts_with("tests/browser/specs/"));
        let unknown = quoted.filter(|title| !specs().any(|spec| spec.text.contains(*title)));
        absent.extend(unknown.map(|title| format!("{title:?}")));
    }
    absent
}

fn is_there(name: &str, sources: &[Source]) -> bool {
    if let Some(level) = name.strip_prefix("level ") {
        return LevelName::value_variants().iter().any(|known| known.as_str() == level);
    }
    let Some((file, function)) = name.rsplit_once("::") else { return true };
    let (plain, deferred) = (format!("fn {function}("), format!("    {function},"));
    sources.iter().filter(|source| source.is_rust()).any(|source| {
        let named = source.path.split(['/', '.']).any(|part| part == file);
        named && (source.text.contains(&plain) || source.text.contains(&deferred))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn ranges_are_spelt_out() {
        assert_eq!(expand("V1.2.5 – V1.2.7"), ["V1.2.5", "V1.2.6", "V1.2.7"]);
        assert_eq!(expand("V1.2.5, V1.10.1 – V1.10.2"), ["V1.2.5", "V1.10.1", "V1.10.2"]);
    }

    #[test]
    fn a_test_that_is_not_there_a_repeat_and_an_unknown_state_are_found() {
        let sources = [
            source("tests/tests/e2e/walls.rs", "async fn there() {"),
            source("tests/browser/specs/a.spec.ts", "test('is seen', async"),
        ];
        let table = "| V1.1.1 | held | `walls::there`, \"is seen\", `level api`, `shared/src/x` |\n\
                     | V1.1.2 | held | `walls::gone`, \"is not seen\", `level none`, `other::there` |\n\
                     | V1.1.2 | open | later |\n| V1.1.3 | perhaps | x |\n";
        let (standing, violations) = read(table, &sources);
        let says: Vec<&str> = violations.iter().map(|violation| violation.says.as_str()).collect();
        assert_eq!(
            says,
            [
                "there is no walls::gone",
                "there is no level none",
                "there is no other::there",
                "there is no \"is not seen\"",
                "V1.1.2 stands twice",
                "\"perhaps\" is none of held, open, not ours, Cloudflare",
            ]
        );
        assert_eq!(standing.open, ["V1.1.2"]);
    }
}
