//! Where the reference page and the live service disagree, each row of the list (`dashscope-api.md` §10) has a test
//! named after it, so that none is forgotten.

use super::{Source, Violation};

/// Rows of the list.
const ROWS: u32 = 33;

pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let named = |row: u32| {
        let name = format!("fn row_{row}_");
        sources
            .iter()
            .any(|source| source.path.ends_with(".rs") && source.code().any(|(_, line)| line.contains(&name)))
    };
    let missing = (1..=ROWS).filter(|row| !named(*row));
    missing.map(|row| Violation::new("tests", format!("no test is named row_{row}_…"))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn a_row_without_a_test_is_found() {
        let all: String =
            (1..=ROWS).filter(|row| *row != 7).map(|row| format!("fn row_{row}_x() {{}}\n")).collect();
        let found = check(&[source("a.rs", &all), source("b.rs", "// fn row_7_commented() {}\n")]);
        assert_eq!(found, [Violation::new("tests", "no test is named row_7_…")]);
    }
}
