//! `/api/storage`: what is kept, and for how long.

use serde_json::Value;
use studio_shared::json;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::storage::{LONGEST_RETENTION, StorageChange};
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use super::jobs::tell;
use crate::access::Caller;
use crate::body;
use crate::member::Message;
use crate::reply::Refusal;

/// The one field of a change.
const FIELD: &str = "retention_days";

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Storage).await
}

pub(super) async fn change(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let change = wanted(&bytes).map_err(Refusal::problems)?;
    tell(&call, caller, Message::ChangeStorage(change)).await
}

/// Reads a change. Its field must be there: what is left out by mistake deletes nothing and keeps nothing.
fn wanted(bytes: &[u8]) -> Result<StorageChange, Vec<Problem>> {
    let value = json::read(bytes).map_err(|problem| vec![problem])?;
    let Value::Object(fields) = &value else {
        let message = Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object.");
        return Err(vec![Problem::new("", &value, Words::new("JSON 对象", "a JSON object"), message)]);
    };
    let unknown = fields.iter().filter(|(name, _)| name.as_str() != FIELD).map(|(name, given)| {
        let message = Words::of(
            format!("没有 {name} 这个字段，请去掉。"),
            format!("There is no field {name}; leave it out."),
        );
        Problem::new(name.clone(), given, Words::new(FIELD, FIELD), message)
    });
    let mut problems: Vec<Problem> = unknown.collect();
    let days = fields.get(FIELD).and_then(|given| match given {
        Value::Null => Some(None),
        given => {
            let days = given.as_u64().and_then(|days| u32::try_from(days).ok());
            days.filter(|days| (1..=LONGEST_RETENTION).contains(days)).map(Some)
        }
    });
    match days {
        Some(retention_days) if problems.is_empty() => Ok(StorageChange { retention_days }),
        Some(_) => Err(problems),
        None => {
            let allowed = Words::of(
                format!("1 到 {LONGEST_RETENTION} 的整数，或 null"),
                format!("a whole number from 1 to {LONGEST_RETENTION}, or null"),
            );
            let message = Words::of(
                format!("{FIELD} 应为 1 到 {LONGEST_RETENTION} 的整数；null 表示一直保留。"),
                format!(
                    "{FIELD} must be a whole number from 1 to {LONGEST_RETENTION}; null keeps results for good."
                ),
            );
            problems.push(Problem::new(FIELD, fields.get(FIELD).unwrap_or(&Value::Null), allowed, message));
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_or_for_good_and_nothing_else() {
        let read = |text: &str| {
            let read = wanted(text.as_bytes()).map(|change| change.retention_days);
            read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>())
        };
        assert_eq!(read(r#"{"retention_days":1}"#), Ok(Some(1)));
        assert_eq!(read(r#"{"retention_days":3650}"#), Ok(Some(3650)));
        assert_eq!(read(r#"{"retention_days":null}"#), Ok(None));
        for wrong in ["0", "3651", "-1", "1.5", "\"30\"", "true", "[]"] {
            let text = format!("{{\"retention_days\":{wrong}}}");
            assert_eq!(read(&text), Err(vec![FIELD.to_owned()]), "{wrong}");
        }
        assert_eq!(read("{}"), Err(vec![FIELD.to_owned()]));
        assert_eq!(read(r#"{"days":3}"#), Err(vec!["days".to_owned(), FIELD.to_owned()]));
        assert_eq!(read(r#"{"retention_days":3,"days":3}"#), Err(vec!["days".to_owned()]));
        assert_eq!(read("[]"), Err(vec![String::new()]));
    }

    #[test]
    fn fuzz_changes_of_storage() {
        let right =
            vec![serde_json::json!({"retention_days": 90}), serde_json::json!({"retention_days": null})];
        studio_fuzz::run("changes of storage", studio_fuzz::json(right), |value| {
            match wanted(value.to_string().as_bytes()) {
                Ok(change) => studio_fuzz::holds(
                    change.retention_days.is_none_or(|days| (1..=LONGEST_RETENTION).contains(&days)),
                    || format!("{value} is read as {change:?}"),
                ),
                Err(problems) => crate::fuzz::told(&problems),
            }
        });
    }
}
