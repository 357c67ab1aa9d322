//! Small files.

use std::fmt;

use super::{Source, Violation};

/// No file is longer,
const LONGEST: usize = 600;
/// nine in ten are shorter than this,
const NINE_IN_TEN: usize = 400;
/// and half of them than this. (Around 100 is aimed at.)
const MEDIAN: usize = 150;

/// What may be longer: tables of data and what tools write.
const TABLES: [&str; 3] = ["Cargo.lock", "openapi.json", "package-lock.json"];

/// How long the Rust files are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lengths {
    files: usize,
    median: usize,
    p90: usize,
    longest: usize,
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, median, p90, longest } = self;
        write!(f, "{files} Rust files: median {median} lines, nine in ten up to {p90}, longest {longest}")
    }
}

pub(super) fn measure(sources: &[Source]) -> Lengths {
    let mut lengths: Vec<usize> = sources.iter().filter(|source| source.is_rust()).map(lines).collect();
    lengths.sort_unstable();
    let at = |tenths: usize| lengths.get(lengths.len() * tenths / 10).copied().unwrap_or(0);
    Lengths { files: lengths.len(), median: at(5), p90: at(9), longest: lengths.last().copied().unwrap_or(0) }
}

pub(super) fn check(sources: &[Source], lengths: &Lengths) -> Vec<Violation> {
    let judged = sources.iter().filter(|source| !TABLES.iter().any(|table| source.path.ends_with(table)));
    let mut violations: Vec<Violation> = judged
        .filter(|source| lines(source) > LONGEST)
        .map(|source| {
            Violation::new(&source.path, format!("has {} lines, more than {LONGEST}", lines(source)))
        })
        .collect();
    for (what, value, limit) in
        [("the median", lengths.median, MEDIAN), ("one file in ten", lengths.p90, NINE_IN_TEN)]
    {
        if value > limit {
            violations
                .push(Violation::new("Rust files", format!("{what} has {value} lines, more than {limit}")));
        }
    }
    violations
}

fn lines(source: &Source) -> usize {
    source.text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn long_files_are_named() {
        let sources = [source("a.rs", &"x\n".repeat(601)), source("b.css", "x\n"), source("c.rs", "x\n")];
        let lengths = measure(&sources);
        assert_eq!((lengths.files, lengths.longest), (2, 601));
        let found = check(&sources[..1], &Lengths { files: 1, median: 1, p90: 1, longest: 601 });
        assert_eq!(found, [Violation::new("a.rs", "has 601 lines, more than 600")]);
        assert_eq!(check(&[source("Cargo.lock", &"x\n".repeat(2000))], &measure(&[])), []);
    }
}
