//! The statements for lists: pure.
//!
//! Texts are searched by `instr`: the platform takes patterns of `LIKE` up to 50 bytes only, which are sixteen Chinese
//! characters.

use worker::SqlStorageValue;

use studio_shared::job::State;

use crate::member::message::{ConversationQuery, JobQuery};

/// The statement and its values. The page is cut by the id, which is ordered by time, or, of a batch, by the number of
/// the entry: no page is slower than the first one. A state is named in the statement itself, and a span of time is
/// also one of ids: so the indices are found.
pub(super) fn list(query: &JobQuery) -> (String, Vec<SqlStorageValue>) {
    let mut statement = "SELECT entry FROM jobs".to_owned();
    if query.batch.is_none() && matches!(query.state, Some(State::Running | State::Collecting)) {
        statement.push_str(" INDEXED BY jobs_due"); // of which there are few
    }
    statement.push_str(" WHERE deleted IS NULL");
    if let Some(state) = query.state {
        if matches!(state, State::Running | State::Collecting) {
            statement.push_str(" AND state IN ('running', 'collecting')");
        }
        statement.push_str(" AND state = '");
        statement.push_str(state.as_str());
        statement.push('\'');
    }
    let mut values = Vec::new();
    let mut only = |condition: &str, value: Option<SqlStorageValue>| {
        if let Some(value) = value {
            statement.push_str(" AND ");
            statement.push_str(condition);
            values.push(value);
        }
    };
    let moment = |ms: u64| SqlStorageValue::Integer(i64::try_from(ms).unwrap_or(i64::MAX));
    only("batch = ?", query.batch.as_deref().map(Into::into));
    only("kind = ?", query.kind.map(|kind| kind.as_str().into()));
    only("model = ?", query.model.as_deref().map(Into::into));
    only("instr(lower(prompt), lower(?)) > 0", query.q.as_deref().map(Into::into));
    only("created_at >= ?", query.from.map(moment));
    only("created_at < ?", query.to.map(moment));
    only("id >= ?", query.from.map(|ms| id_at(ms.saturating_sub(SLACK_MS)).into()));
    only("id < ?", query.to.map(|ms| id_at(ms.saturating_add(SLACK_MS)).into()));
    if query.batch.is_some() {
        only("n > CAST(? AS INTEGER)", query.cursor.as_deref().map(Into::into));
        statement.push_str(" ORDER BY n LIMIT ?");
    } else {
        only("id < ?", query.cursor.as_deref().map(Into::into));
        statement.push_str(" ORDER BY id DESC LIMIT ?");
    }
    values.push(SqlStorageValue::Integer(i64::from(query.limit).saturating_add(1)));
    (statement, values)
}

/// An id is given out within so many milliseconds of the moment that the job says it was created at.
const SLACK_MS: u64 = 60_000;

/// The first id of a moment: a UUID of version 7 begins with its milliseconds.
fn id_at(ms: u64) -> String {
    let digits = format!("{ms:012x}");
    match digits.split_at_checked(8) {
        Some((high, low)) => format!("{high}-{low}"),
        None => digits,
    }
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
    use studio_shared::kind::Kind;

    use super::*;

    #[test]
    fn each_filter_is_a_condition_with_its_value() {
        let all = JobQuery {
            kind: Some(Kind::Image),
            state: Some(State::Done),
            model: Some("m".to_owned()),
            q: Some("猫".to_owned()),
            batch: None,
            from: Some(1),
            to: Some(2),
            cursor: Some("c".to_owned()),
            limit: 20,
        };
        let (statement, values) = list(&all);
        assert_eq!(statement.matches('?').count(), values.len());
        assert_eq!(values.len(), 9);
        assert!(statement.contains("AND state = 'done'"), "{statement}");
        let (statement, values) = list(&JobQuery { limit: 5, ..JobQuery::default() });
        assert_eq!(statement, "SELECT entry FROM jobs WHERE deleted IS NULL ORDER BY id DESC LIMIT ?");
        assert_eq!(values, [SqlStorageValue::Integer(6)]);
    }

    #[test]
    fn entries_of_a_batch_come_in_their_order() {
        let query = JobQuery {
            batch: Some("b".to_owned()),
            state: Some(State::Running),
            cursor: Some("29".to_owned()),
            limit: 30,
            ..JobQuery::default()
        };
        let (statement, values) = list(&query);
        assert_eq!(
            statement,
            "SELECT entry FROM jobs WHERE deleted IS NULL AND state IN ('running', 'collecting') AND state = 'running' \
             AND batch = ? AND n > CAST(? AS INTEGER) ORDER BY n LIMIT ?"
        );
        assert_eq!(values.len(), 3);
    }

    #[test]
    fn a_span_of_time_is_a_span_of_ids() {
        let id = "019bf0a5-f1c5-7000-8000-000000000000"; // of that moment
        assert!(id_at(1_769_268_965_829).as_str() <= id && id < id_at(1_769_268_965_830).as_str());
        assert_eq!(id_at(u64::MAX >> 16), "ffffffff-ffff");
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
