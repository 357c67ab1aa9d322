//! The statement for a list of jobs: pure.

use worker::SqlStorageValue;

use crate::member::message::JobQuery;

/// The statement and its values. The page is cut by the id, which is ordered by time: no page is slower than
/// the first one.
pub(super) fn list(query: &JobQuery) -> (String, Vec<SqlStorageValue>) {
    let mut statement = "SELECT entry FROM jobs WHERE 1".to_owned();
    let mut values = Vec::new();
    let mut only = |condition: &str, value: Option<SqlStorageValue>| {
        if let Some(value) = value {
            statement.push_str(" AND ");
            statement.push_str(condition);
            values.push(value);
        }
    };
    let moment = |ms: u64| SqlStorageValue::Integer(i64::try_from(ms).unwrap_or(i64::MAX));
    only("kind = ?", query.kind.map(|kind| kind.as_str().into()));
    only("state = ?", query.state.map(|state| state.as_str().into()));
    only("model = ?", query.model.as_deref().map(Into::into));
    only(r"prompt LIKE ? ESCAPE '\'", query.q.as_deref().map(|text| pattern(text).into()));
    only("created_at >= ?", query.from.map(moment));
    only("created_at < ?", query.to.map(moment));
    only("id < ?", query.cursor.as_deref().map(Into::into));
    statement.push_str(" ORDER BY id DESC LIMIT ?");
    values.push(SqlStorageValue::Integer(i64::from(query.limit).saturating_add(1)));
    (statement, values)
}

/// The text anywhere, with nothing special in it.
fn pattern(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use studio_shared::job::State;
    use studio_shared::kind::Kind;

    use super::*;

    #[test]
    fn each_filter_is_a_condition_with_its_value() {
        let all = JobQuery {
            kind: Some(Kind::Image),
            state: Some(State::Done),
            model: Some("m".to_owned()),
            q: Some("猫".to_owned()),
            from: Some(1),
            to: Some(2),
            cursor: Some("c".to_owned()),
            limit: 20,
        };
        let (statement, values) = list(&all);
        assert_eq!(statement.matches('?').count(), values.len());
        assert_eq!(values.len(), 8);
        let (statement, values) = list(&JobQuery { limit: 5, ..JobQuery::default() });
        assert_eq!(statement, "SELECT entry FROM jobs WHERE 1 ORDER BY id DESC LIMIT ?");
        assert_eq!(values, [SqlStorageValue::Integer(6)]);
    }

    #[test]
    fn a_search_has_no_special_characters() {
        assert_eq!(pattern(r"100%_\"), r"%100\%\_\\%");
    }
}
