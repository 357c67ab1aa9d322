//! The query of `GET /api/jobs`: pure.

use std::borrow::Cow;

use serde_json::Value;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use crate::member::JobQuery;
use crate::router::unusable;

/// Jobs on a page, where the caller does not say.
const PAGE: u32 = 30;

/// Jobs on a page at most.
const LONGEST_PAGE: u32 = 100;

/// Characters of a search at most: a prompt's length.
const LONGEST_SEARCH: usize = 800;

/// Reads the query. An empty value counts as absent.
///
/// # Errors
/// All problems at once.
pub(super) fn read<'a>(
    pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> Result<JobQuery, Vec<Problem>> {
    let mut query = JobQuery { limit: PAGE, ..JobQuery::default() };
    let mut problems = Vec::new();
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let taken = match name.as_ref() {
            "kind" => value.parse().map(|kind| query.kind = Some(kind)).is_ok(),
            "state" => State::from_name(&value).map(|state| query.state = Some(state)).is_some(),
            "model" => value.len() <= 100 && set(&mut query.model, &value),
            "q" => value.chars().count() <= LONGEST_SEARCH && set(&mut query.q, &value),
            "batch" => value.len() <= 100 && set(&mut query.batch, &value),
            "cursor" => value.len() <= 100 && set(&mut query.cursor, &value),
            "from" => moment(&value).map(|ms| query.from = Some(ms)).is_some(),
            "to" => moment(&value).map(|ms| query.to = Some(ms)).is_some(),
            "limit" => value
                .parse()
                .ok()
                .filter(|limit| (1..=LONGEST_PAGE).contains(limit))
                .map(|limit| query.limit = limit)
                .is_some(),
            _ => false,
        };
        if !taken {
            problems.push(refuse(&name, &value));
        }
    }
    if query.batch.is_some()
        && let Some(cursor) = query.cursor.as_deref().filter(|cursor| cursor.parse::<u32>().is_err())
    {
        problems.push(refuse("cursor", cursor));
    }
    if problems.is_empty() { Ok(query) } else { Err(problems) }
}

fn set(field: &mut Option<String>, value: &str) -> bool {
    *field = Some(value.to_owned());
    true
}

fn moment(text: &str) -> Option<u64> {
    serde_json::from_value::<Timestamp>(Value::from(text)).ok().map(Timestamp::ms)
}

fn refuse(name: &str, value: &str) -> Problem {
    let allowed = match name {
        "kind" => Kind::ALL.map(Kind::as_str).join(", "),
        "state" => State::ALL.map(State::as_str).join(", "),
        "limit" => format!("1..{LONGEST_PAGE}"),
        "from" | "to" => "2026-01-20T02:00:00Z".to_owned(),
        "q" | "model" | "batch" | "cursor" => format!("≤ {LONGEST_SEARCH}"),
        _ => "kind, state, model, batch, q, from, to, cursor, limit".to_owned(),
    };
    unusable::parameter(name, value, Words::of(allowed.clone(), allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&'static str, &'static str)]) -> Result<JobQuery, Vec<String>> {
        let pairs = pairs.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)));
        read(pairs).map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn every_filter_is_read() {
        let query = pairs(&[
            ("kind", "image"),
            ("state", "done"),
            ("model", "qwen-image"),
            ("q", "猫"),
            ("from", "2026-01-20T02:00:00Z"),
            ("to", ""),
            ("cursor", "0198"),
            ("limit", "100"),
        ])
        .unwrap();
        assert_eq!((query.kind, query.state, query.limit), (Some(Kind::Image), Some(State::Done), 100));
        assert_eq!((query.from, query.to), (Some(1_768_874_400_000), None));
        let entries = pairs(&[("batch", "b"), ("cursor", "29")]).unwrap();
        assert_eq!((entries.batch.as_deref(), entries.cursor.as_deref()), (Some("b"), Some("29")));
        assert_eq!(pairs(&[("batch", "b"), ("cursor", "0198-b")]), Err(vec!["cursor".into()]));
        assert_eq!(pairs(&[]).unwrap(), JobQuery { limit: PAGE, ..JobQuery::default() });
    }

    #[test]
    fn all_that_is_wrong_is_named() {
        let wrong = pairs(&[
            ("kind", "picture"),
            ("state", "Done"),
            ("limit", "101"),
            ("from", "yesterday"),
            ("order", "asc"),
        ]);
        assert_eq!(
            wrong,
            Err(vec!["kind".into(), "state".into(), "limit".into(), "from".into(), "order".into()])
        );
    }

    #[test]
    fn fuzz_queries_of_jobs() {
        let right = [
            "kind=image&state=done&q=%E7%8C%AB&limit=5",
            "batch=b&cursor=29",
            "from=2026-01-20T02:00:00Z&to=",
        ];
        let words = ["&", "=", "limit=", "kind=", "cursor=", "batch=", "%00", "%FF"];
        studio_fuzz::run("queries of jobs", studio_fuzz::text(&right, &words), |text| {
            let pairs = crate::fuzz::pairs(&text);
            let given: Vec<_> = pairs.iter().map(|(name, _)| name.to_string()).collect();
            match read(pairs.into_iter()) {
                Ok(query) => studio_fuzz::holds(
                    (1..=LONGEST_PAGE).contains(&query.limit)
                        && query.q.is_none_or(|q| q.chars().count() <= LONGEST_SEARCH)
                        && (query.batch.is_none()
                            || query.cursor.is_none_or(|cursor| cursor.parse::<u32>().is_ok())),
                    || format!("{text:?} is taken"),
                ),
                Err(problems) => {
                    crate::fuzz::told(&problems)?;
                    let named = problems.iter().all(|problem| given.contains(&problem.field));
                    studio_fuzz::holds(named, || format!("{problems:?} of {given:?}"))
                }
            }
        });
    }
}
