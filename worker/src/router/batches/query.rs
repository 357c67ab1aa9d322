//! The query of `GET /api/batches`: pure.

use std::borrow::Cow;

use studio_shared::problem::Problem;
use studio_shared::words::Words;

use crate::router::unusable;

/// Batches on a page, where the caller does not say.
const PAGE: u32 = 30;

/// Batches on a page at most.
const LONGEST_PAGE: u32 = 100;

/// Reads cursor and limit. An empty value counts as absent.
///
/// # Errors
/// All problems at once.
pub(super) fn read<'a>(
    pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> Result<(Option<String>, u32), Vec<Problem>> {
    let (mut cursor, mut limit) = (None, PAGE);
    let mut problems = Vec::new();
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        match name.as_ref() {
            "cursor" if value.len() <= 100 => cursor = Some(value.into_owned()),
            "limit" => match value.parse().ok().filter(|limit| (1..=LONGEST_PAGE).contains(limit)) {
                Some(given) => limit = given,
                None => problems.push(refuse(&name, &value)),
            },
            _ => problems.push(refuse(&name, &value)),
        }
    }
    if problems.is_empty() { Ok((cursor, limit)) } else { Err(problems) }
}

fn refuse(name: &str, value: &str) -> Problem {
    let allowed = match name {
        "limit" => format!("1..{LONGEST_PAGE}"),
        "cursor" => "≤ 100".to_owned(),
        _ => "cursor, limit".to_owned(),
    };
    unusable::parameter(name, value, Words::of(allowed.clone(), allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursor_and_limit_are_read_and_all_that_is_wrong_is_named() {
        let read = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)));
            read(pairs)
                .map_err(|problems| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>())
        };
        assert_eq!(read(&[("cursor", ""), ("limit", "100")]), Ok((None, 100)));
        assert_eq!(read(&[("cursor", "0198")]), Ok((Some("0198".to_owned()), PAGE)));
        assert_eq!(read(&[("limit", "0"), ("state", "done")]), Err(vec!["limit".into(), "state".into()]));
    }

    #[test]
    fn fuzz_queries_of_batches() {
        let words = ["&", "=", "limit=", "cursor="];
        studio_fuzz::run(
            "queries of batches",
            studio_fuzz::text(&["cursor=0198&limit=30"], &words),
            |text| match read(crate::fuzz::pairs(&text).into_iter()) {
                Ok((cursor, limit)) => studio_fuzz::holds(
                    (1..=LONGEST_PAGE).contains(&limit) && cursor.is_none_or(|cursor| cursor.len() <= 100),
                    || format!("{text:?} is taken"),
                ),
                Err(problems) => crate::fuzz::told(&problems),
            },
        );
    }
}
