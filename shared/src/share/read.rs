//! Reading what is asked for, with everything that is wrong with it named at once.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Chosen, MOST_ITEMS, MOST_VIEWS, NewShare, PASSWORD, ShareChange, TITLE_CAP};
use crate::json;
use crate::problem::Problem;
use crate::time::Timestamp;
use crate::words::Words;

/// The field that holds a password.
const PASSWORD_FIELD: &str = "password";

/// Results of a job that can be named at most; no model makes more at once.
const MOST_OUTPUTS: usize = 100;

impl NewShare {
    /// Reads the body of `POST /api/shares`.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Vec<Problem>> {
        let mut body = Body::read(bytes)?;
        body.fields.retain(|_, given| !given.is_null()); // as if it were absent
        let (items, conversation) =
            (body.fields.contains_key("items"), body.fields.contains_key("conversation"));
        if items == conversation {
            body.problems.push(Problem::new(
                "items",
                &body.fields.get("items").cloned().unwrap_or_default(),
                Words::new("items 或 conversation 之一", "either items or conversation"),
                Words::new(
                    "请给出要分享的 items（任务）或 conversation（对话），二选一。",
                    "Say what is shared: either items or a conversation.",
                ),
            ));
        }
        let new = Self {
            items: body
                .field("items", items_allowed(), |given| {
                    typed(given).filter(|items: &Vec<_>| are_items(items))
                })
                .unwrap_or_default(),
            conversation: body.field("conversation", branch_allowed(), typed),
            shown: body.field("shown", shown_allowed(), typed).unwrap_or_default(),
            title: body.field("title", title_allowed(), title).unwrap_or_default(),
            password: body.field(PASSWORD_FIELD, password_allowed(), password),
            ends_at: body.field("ends_at", end_allowed(), |given| end(given, now)),
            views: body.field("views", views_allowed(), views),
            download: body.field("download", switch_allowed(), Value::as_bool).unwrap_or_default(),
        };
        body.end(new, "items, conversation, shown, title, password, ends_at, views, download")
    }
}

impl ShareChange {
    /// Reads the body of `PATCH /api/shares/{id}`.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Vec<Problem>> {
        let mut body = Body::read(bytes)?;
        let change = Self {
            title: body.field("title", title_allowed(), title),
            password: body
                .field(PASSWORD_FIELD, or_null(&password_allowed()), |given| nullable(given, password)),
            ends_at: body
                .field("ends_at", or_null(&end_allowed()), |given| nullable(given, |given| end(given, now))),
            views: body.field("views", or_null(&views_allowed()), |given| nullable(given, views)),
            download: body.field("download", switch_allowed(), Value::as_bool),
        };
        body.end(change, "title, password, ends_at, views, download")
    }
}

struct Body {
    fields: Map<String, Value>,
    problems: Vec<Problem>,
}

impl Body {
    fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        match json::read(bytes).map_err(|problem| vec![problem])? {
            Value::Object(fields) => Ok(Self { fields, problems: Vec::new() }),
            other => {
                let message = Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object.");
                Err(vec![Problem::new("", &other, Words::new("JSON 对象", "a JSON object"), message)])
            }
        }
    }

    /// One field; `None` where it is not there, or is not as it should be.
    fn field<T>(&mut self, name: &str, allowed: Words, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let given = self.fields.remove(name)?;
        let taken = read(&given);
        if taken.is_none() {
            let message = Words::of(
                format!("{name} 不合规，允许：{}。", allowed.zh),
                format!("{name} is not usable; allowed: {}.", allowed.en),
            );
            let shown = if name == PASSWORD_FIELD { Value::Null } else { given }; // one is never repeated
            self.problems.push(Problem::new(name, &shown, allowed, message));
        }
        taken
    }

    /// What was read, unless something was wrong or is left over.
    fn end<T>(mut self, read: T, known: &'static str) -> Result<T, Vec<Problem>> {
        for (name, given) in &self.fields {
            let message = Words::of(
                format!("没有 {name} 这个字段，请去掉。"),
                format!("There is no field {name}; leave it out."),
            );
            self.problems.push(Problem::new(name.clone(), given, Words::new(known, known), message));
        }
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }
}

fn typed<T: DeserializeOwned>(given: &Value) -> Option<T> {
    T::deserialize(given).ok()
}

fn nullable<T>(given: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    if given.is_null() { Some(None) } else { read(given).map(Some) }
}

fn are_items(items: &[Chosen]) -> bool {
    let distinct = |outputs: &Vec<u32>| {
        (1..=MOST_OUTPUTS).contains(&outputs.len())
            && outputs.iter().collect::<HashSet<_>>().len() == outputs.len()
    };
    (1..=MOST_ITEMS).contains(&items.len())
        && items.iter().all(|item| item.outputs.as_ref().is_none_or(distinct))
}

fn title(given: &Value) -> Option<String> {
    let title = given.as_str()?.trim();
    let fits = title.chars().count() <= TITLE_CAP && !title.chars().any(char::is_control);
    fits.then(|| title.to_owned())
}

fn password(given: &Value) -> Option<String> {
    given.as_str().filter(|password| PASSWORD.contains(&password.chars().count())).map(str::to_owned)
}

fn end(given: &Value, now: Timestamp) -> Option<Timestamp> {
    typed(given).filter(|end| now < *end)
}

fn views(given: &Value) -> Option<u32> {
    typed(given).filter(|views| (1..=MOST_VIEWS).contains(views))
}

fn items_allowed() -> Words {
    Words::of(
        format!("1 到 {MOST_ITEMS} 项，各为 {{\"job\":…}}，可带 outputs（互不相同的结果编号）"),
        format!(
            "1 to {MOST_ITEMS} of {{\"job\":…}}, where wanted with outputs (different numbers of results)"
        ),
    )
}

fn branch_allowed() -> Words {
    Words::new("{\"id\":对话,\"last\":最后一轮的任务}", "{\"id\":conversation,\"last\":job of the last turn}")
}

fn shown_allowed() -> Words {
    Words::new("result、both、recipe", "result, both, recipe")
}

fn title_allowed() -> Words {
    Words::of(format!("最多 {TITLE_CAP} 个字，一行"), format!("at most {TITLE_CAP} characters, one line"))
}

fn password_allowed() -> Words {
    let (shortest, longest) = (PASSWORD.start(), PASSWORD.end());
    Words::of(format!("{shortest} 到 {longest} 个字"), format!("{shortest} to {longest} characters"))
}

fn end_allowed() -> Words {
    Words::new("将来的时刻，如 2030-01-20T02:00:00Z", "a moment to come, such as 2030-01-20T02:00:00Z")
}

fn views_allowed() -> Words {
    Words::of(format!("1 到 {MOST_VIEWS} 的整数"), format!("a whole number from 1 to {MOST_VIEWS}"))
}

fn switch_allowed() -> Words {
    Words::new("true 或 false", "true or false")
}

fn or_null(allowed: &Words) -> Words {
    Words::of(format!("{}，或 null", allowed.zh), format!("{}, or null", allowed.en))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::share::{Branch, Shown, is_id, of_page, page};

    fn now() -> Timestamp {
        Timestamp::from_ms(1_768_874_400_000) // 2026-01-20T02:00:00Z
    }

    fn fields<T>(read: Result<T, Vec<Problem>>) -> Result<T, Vec<String>> {
        read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    fn new(value: &Value) -> Result<NewShare, Vec<String>> {
        fields(NewShare::read(value.to_string().as_bytes(), now()))
    }

    #[test]
    fn a_share_is_read_with_everything_that_it_can_say() {
        let read = new(&json!({
            "items": [{"job": "a"}, {"job": "b", "outputs": [2, 0]}], "shown": "both", "title": " 猫 ",
            "password": "四个字呀", "ends_at": "2026-01-20T02:00:00.001Z", "views": 2, "download": true,
        }));
        let item = |job: &str, outputs| Chosen { job: job.to_owned(), outputs };
        let expected = NewShare {
            items: vec![item("a", None), item("b", Some(vec![2, 0]))],
            conversation: None,
            shown: Shown::Both,
            title: "猫".to_owned(),
            password: Some("四个字呀".to_owned()),
            ends_at: Some(now().after(1)),
            views: Some(2),
            download: true,
        };
        assert_eq!(read, Ok(expected));
        let talk = new(&json!({"conversation": {"id": "c", "last": "j"}, "password": null, "items": null}));
        let conversation = Some(Branch { id: "c".to_owned(), last: "j".to_owned() });
        assert_eq!(talk, Ok(NewShare { conversation, ..NewShare::default() }));
    }

    #[test]
    fn each_wrong_field_is_named() {
        let item = json!([{"job": "a"}]);
        for (field, wrong) in [
            ("title", json!("长".repeat(101))),
            ("title", json!("a\nb")),
            ("title", json!(7)),
            ("password", json!("abc")),
            ("password", json!("长".repeat(101))),
            ("ends_at", json!("2026-01-20T02:00:00Z")),
            ("ends_at", json!("tomorrow")),
            ("views", json!(0)),
            ("views", json!(1_000_001)),
            ("views", json!(1.5)),
            ("views", json!("2")),
            ("download", json!("yes")),
            ("shown", json!("all")),
            ("view", json!(1)),
        ] {
            let mut value = json!({"items": item});
            value[field] = wrong;
            assert_eq!(new(&value), Err(vec![field.to_owned()]), "{value}");
        }
        let short = NewShare::read(br#"{"items":[{"job":"a"}],"password":"abc"}"#, Timestamp::from_ms(0));
        assert!(!format!("{:?}", short.unwrap_err()).contains("abc"), "a password is not repeated");
        for items in [
            json!([]),
            json!({}),
            json!(["a"]),
            json!([{"job": "a", "outputs": []}]),
            json!([{"job": "a", "outputs": [0, 0]}]),
            json!([{"job": "a", "outputs": [-1]}]),
            json!([{"job": "a", "n": 0}]),
            json!(vec![json!({"job": "a"}); MOST_ITEMS + 1]),
        ] {
            assert_eq!(new(&json!({"items": items})), Err(vec!["items".to_owned()]), "{items}");
        }
        assert_eq!(new(&json!({})), Err(vec!["items".to_owned()]));
        let both = json!({"items": item, "conversation": {"id": "c", "last": "j"}});
        assert_eq!(new(&both), Err(vec!["items".to_owned()]));
        assert_eq!(new(&json!([])), Err(vec![String::new()]));
        let many = json!({"views": 0, "title": 1});
        assert_eq!(new(&many), Err(vec!["items".to_owned(), "title".to_owned(), "views".to_owned()]));
    }

    #[test]
    fn in_a_change_absent_stays_and_null_lifts() {
        let change = |value: &Value| fields(ShareChange::read(value.to_string().as_bytes(), now()));
        assert_eq!(change(&json!({})), Ok(ShareChange::default()));
        let lifted = ShareChange {
            password: Some(None),
            ends_at: Some(None),
            views: Some(None),
            ..ShareChange::default()
        };
        assert_eq!(change(&json!({"password": null, "ends_at": null, "views": null})), Ok(lifted));
        let views = ShareChange { views: Some(Some(3)), ..ShareChange::default() };
        assert_eq!(change(&json!({"views": 3})), Ok(views));
        for field in ["title", "download", "items"] {
            let mut value = json!({});
            value[field] = Value::Null;
            assert_eq!(change(&value), Err(vec![field.to_owned()]));
        }
    }

    #[test]
    fn pages_and_ids_are_told_from_other_addresses() {
        let id = "0123456789abcdef0123456789abcdef";
        assert!(is_id(id) && of_page(&page(id)) == Some(id));
        for no in ["", "0", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcde%"] {
            assert!(!is_id(no), "{no}");
        }
        assert_eq!((of_page("/s/"), of_page("/s/a/b"), of_page("/jobs/a")), (None, None, None));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_readers_panic(bytes in any::<Vec<u8>>(), text in "[{}\\[\\]\":,a-z0-9]{0,80}") {
            let _ = NewShare::read(&bytes, now());
            let _ = ShareChange::read(text.as_bytes(), now());
        }
    }
}
