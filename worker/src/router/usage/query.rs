//! The query of `GET /api/usage`: pure.

use serde_json::Value;
use studio_shared::day::Day;
use studio_shared::problem::Problem;
use studio_shared::words::Words;

use crate::router::unusable;

/// Days that can be asked for at once.
const MOST_DAYS: u32 = 366;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// The first day.
    pub(super) from: Day,
    /// The last day.
    pub(super) to: Day,
    /// As a table.
    pub(super) csv: bool,
}

/// Reads the query. An empty value counts as absent: from the first of the last day's month, until today.
///
/// # Errors
/// All problems at once.
pub(super) fn read<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    today: Day,
) -> Result<Query, Vec<Problem>> {
    let (mut from, mut to, mut csv) = (None, None, false);
    let mut problems = Vec::new();
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let taken = match (name, value) {
            ("from", day) => day.parse().map(|day| from = Some(day)).is_ok(),
            ("to", day) => day.parse().map(|day| to = Some(day)).is_ok(),
            ("format", "json" | "csv") => {
                csv = value == "csv";
                true
            }
            _ => false,
        };
        if !taken {
            problems.push(refuse(name, value));
        }
    }
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| to.month().first());
    if problems.is_empty() {
        problems.extend(range(from, to));
    }
    if problems.is_empty() { Ok(Query { from, to, csv }) } else { Err(problems) }
}

fn range(from: Day, to: Day) -> Option<Problem> {
    if to < from {
        return Some(Problem::new(
            "to",
            &Value::from(to.to_string()),
            Words::of(format!("{from} 或以后"), format!("{from} or later")),
            Words::of(
                format!("to（{to}）早于 from（{from}），请对调。"),
                format!("to ({to}) is before from ({from}); change them over."),
            ),
        ));
    }
    (to.number().saturating_sub(from.number()) >= MOST_DAYS).then(|| {
        Problem::new(
            "from",
            &Value::from(from.to_string()),
            Words::of(format!("最多 {MOST_DAYS} 天"), format!("at most {MOST_DAYS} days")),
            Words::of(
                format!("{from} 到 {to} 超过 {MOST_DAYS} 天，请分几次查询。"),
                format!("From {from} to {to} are more than {MOST_DAYS} days; ask in parts."),
            ),
        )
    })
}

fn refuse(name: &str, value: &str) -> Problem {
    let allowed = match name {
        "from" | "to" => "2026-11-22",
        "format" => "json, csv",
        _ => "from, to, format",
    };
    unusable::parameter(name, value, Words::new(allowed, allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Result<(String, String, bool), Vec<String>> {
        let read = read(pairs.iter().copied(), "2026-11-22".parse().unwrap());
        let read = read.map(|query| (query.from.to_string(), query.to.to_string(), query.csv));
        read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    fn days(from: &str, to: &str, csv: bool) -> Result<(String, String, bool), Vec<String>> {
        Ok((from.to_owned(), to.to_owned(), csv))
    }

    #[test]
    fn the_running_month_is_meant_where_nothing_is_said() {
        assert_eq!(query(&[]), days("2026-11-01", "2026-11-22", false));
        assert_eq!(query(&[("from", ""), ("format", "csv")]), days("2026-11-01", "2026-11-22", true));
        assert_eq!(query(&[("to", "2026-02-10")]), days("2026-02-01", "2026-02-10", false));
        assert_eq!(query(&[("from", "2026-02-10")]), days("2026-02-10", "2026-11-22", false));
        let year = [("from", "2024-01-01"), ("to", "2024-12-31")];
        assert_eq!(query(&year), days("2024-01-01", "2024-12-31", false));
    }

    #[test]
    fn bad_days_are_refused_by_field() {
        let wrong =
            |pairs: &[(&str, &str)], field: &str| assert_eq!(query(pairs), Err(vec![field.to_owned()]));
        wrong(&[("from", "yesterday")], "from");
        wrong(&[("to", "2026-02-30")], "to");
        wrong(&[("format", "xls")], "format");
        wrong(&[("day", "2026-02-10")], "day");
        wrong(&[("from", "2026-11-23")], "to");
        wrong(&[("from", "2025-11-21"), ("to", "2026-11-22")], "from");
        assert_eq!(
            query(&[("from", "x"), ("to", "y"), ("z", "1")]),
            Err(vec!["from".into(), "to".into(), "z".into()])
        );
    }

    #[test]
    fn fuzz_queries_of_usage() {
        let right = ["from=2026-01-01&to=2026-11-22&format=csv", "from=9999-12-31", "to=1970-01-01"];
        studio_fuzz::run(
            "queries of usage",
            studio_fuzz::text(&right, &["from=", "to=", "format=", "-"]),
            |text| {
                let pairs = crate::fuzz::pairs(&text);
                let today = "2026-11-22".parse().unwrap();
                match read(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())), today) {
                    Ok(query) => studio_fuzz::holds(
                        query.from <= query.to && query.to.number() - query.from.number() < MOST_DAYS,
                        || format!("{text:?} is read as {query:?}"),
                    ),
                    Err(problems) => crate::fuzz::told(&problems),
                }
            },
        );
    }
}
