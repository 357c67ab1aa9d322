//! The statements for lists: pure.
//!
//! Texts are searched by `instr`: the platform takes patterns of `LIKE` up to 50 bytes only, which are sixteen Chinese
//! characters.

use worker::SqlStorageValue;

use crate::member::message::{ConversationQuery, JobQuery};

/// The statement and its values. The page is cut by the id, which is ordered by time: no page is slower than
/// the first one.
pub(super) fn list(query: &JobQuery) -> (String, Vec<SqlStorageValue>) {
    let mut statement = "SELECT entry FROM jobs WHERE deleted IS NULL".to_owned();
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
    only("instr(lower(prompt), lower(?)) > 0", query.q.as_deref().map(Into::into));
    only("created_at >= ?", query.from.map(moment));
    only("created_at < ?", query.to.map(moment));
    only("id < ?", query.cursor.as_deref().map(Into::into));
    statement.push_str(" ORDER BY id DESC LIMIT ?");
    values.push(SqlStorageValue::Integer(i64::from(query.limit).saturating_add(1)));
    (statement, values)
}

/// The conditions for a list of conversations and their values: the one that was last spoken in comes first, and a
/// page is cut by that moment and the id.
pub(super) fn conversations(query: &ConversationQuery) -> (String, Vec<SqlStorageValue>) {
    let mut conditions = " WHERE 1".to_owned();
    let mut values = Vec::new();
    if let Some(text) = &query.q {
        conditions.push_str(
            " AND (instr(lower(title), lower(?)) > 0
                OR EXISTS (SELECT 1 FROM turns JOIN jobs ON jobs.id = turns.job
                WHERE turns.conversation = conversations.id AND instr(lower(jobs.prompt), lower(?)) > 0))",
        );
        values.extend([text.as_str().into(), text.as_str().into()]);
    }
    if let Some((updated_at, id)) = &query.cursor {
        conditions.push_str(" AND (updated_at, id) < (?, ?)");
        values.push(SqlStorageValue::Integer(i64::try_from(*updated_at).unwrap_or(i64::MAX)));
        values.push(id.as_str().into());
    }
    conditions.push_str(" ORDER BY updated_at DESC, id DESC LIMIT ?");
    values.push(SqlStorageValue::Integer(i64::from(query.limit).saturating_add(1)));
    (conditions, values)
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
        assert_eq!(statement, "SELECT entry FROM jobs WHERE deleted IS NULL ORDER BY id DESC LIMIT ?");
        assert_eq!(values, [SqlStorageValue::Integer(6)]);
    }

    #[test]
    fn conversations_are_searched_by_title_and_by_what_was_said() {
        let query =
            ConversationQuery { q: Some("猫".to_owned()), cursor: Some((7, "c".to_owned())), limit: 3 };
        let (conditions, values) = conversations(&query);
        assert_eq!((conditions.matches('?').count(), values.len()), (5, 5));
        let (conditions, values) = conversations(&ConversationQuery { q: None, cursor: None, limit: 3 });
        assert_eq!(conditions, " WHERE 1 ORDER BY updated_at DESC, id DESC LIMIT ?");
        assert_eq!(values, [SqlStorageValue::Integer(4)]);
    }
}
