//! The body of `POST /api/admin/members` and `PATCH …/{id}`: pure.

use serde_json::Value;
use studio_shared::budget::Limits;
use studio_shared::catalogue::model;
use studio_shared::day::Day;
use studio_shared::kind::Kind;
use studio_shared::member::{NAME_CAP, NOTE_CAP};
use studio_shared::problem::Problem;
use studio_shared::words::Words;

use crate::directory::Change;
use crate::router::form::Form;

/// Reads what is changed, and the budgets that are set; a new member needs a name.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn read(bytes: &[u8], is_new: bool) -> Result<(Change, Option<Limits>), Vec<Problem>> {
    let mut form = Form::read(bytes)?;
    let kinds = Kind::ALL.map(Kind::as_str).join(", ");
    let kinds = Words::of(format!("null，或由 {kinds} 组成的数组"), format!("null, or an array of {kinds}"));
    let models =
        Words::new("null，或模型目录里的名称组成的数组", "null, or an array of the catalogue's models");
    let day = Words::new("null，或形如 2026-12-31 的日期", "null, or a day such as 2026-12-31");
    let change = Change {
        name: if is_new { form.needed("name", NAME_CAP) } else { form.text("name", 1, NAME_CAP) },
        note: form.text("note", 0, NOTE_CAP),
        kinds: form.field("kinds", &kinds, |value| or_null(value, |text| text.parse::<Kind>().ok())),
        models: form.field("models", &models, |value| {
            or_null(value, |name| model(name).map(|model| model.id.to_owned()))
        }),
        last_day: form.field("last_day", &day, |value| match value {
            Value::Null => Some(None),
            value => value.as_str()?.parse::<Day>().ok().map(Some),
        }),
        revoked: form.field("revoked", &Words::new("true 或 false", "true or false"), Value::as_bool),
    };
    let limits = form.limits("budget");
    form.end()?;
    Ok((change, limits))
}

/// A list without repeats, or `null` for everything.
fn or_null<T: PartialEq>(value: &Value, read: impl Fn(&str) -> Option<T>) -> Option<Option<Vec<T>>> {
    let Value::Array(items) = value else { return value.is_null().then_some(None) };
    let mut list = Vec::new();
    for item in items {
        let item = read(item.as_str()?)?;
        if !list.contains(&item) {
            list.push(item);
        }
    }
    Some(Some(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, is_new: bool) -> Vec<String> {
        let problems = read(text.as_bytes(), is_new).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn everything_that_can_be_set_is_read() {
        let body = r#"{"name":"小明","note":"","kinds":["image","image"],"models":["qwen-turbo"],
            "last_day":"2026-12-31","budget":{"month":"9"},"revoked":false}"#;
        let (change, limits) = read(body.as_bytes(), true).unwrap();
        let expected = Change {
            name: Some("小明".to_owned()),
            note: Some(String::new()),
            kinds: Some(Some(vec![Kind::Image])),
            models: Some(Some(vec!["qwen-turbo".to_owned()])),
            last_day: Some(Some("2026-12-31".parse().unwrap())),
            revoked: Some(false),
        };
        assert_eq!(change, expected);
        assert!(limits.is_some_and(|limits| limits.day.is_none() && limits.month.is_some()));
    }

    #[test]
    fn absent_stays_and_null_lifts() {
        assert_eq!(read(b"{}", false), Ok((Change::default(), None)));
        let (change, _) = read(br#"{"kinds":null,"models":null,"last_day":null}"#, false).unwrap();
        let lifted =
            Change { kinds: Some(None), models: Some(None), last_day: Some(None), ..Change::default() };
        assert_eq!(change, lifted);
        let sent = serde_json::to_string(&lifted).unwrap();
        assert_eq!(serde_json::from_str::<Change>(&sent).unwrap(), lifted, "on its way to the Directory");
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        assert_eq!(fields("{}", true), ["name"]);
        let all = r#"{"name":7,"note":[],"kinds":["picture"],"models":["gpt"],"last_day":"31.12.2026",
            "revoked":"yes","budget":{"day":5},"role":"admin"}"#;
        let expected = ["name", "note", "kinds", "models", "last_day", "revoked", "budget.day", "role"];
        assert_eq!(fields(all, true), expected);
    }
}
