//! How a batch comes: the file is the body, its format the `content-type`; name and shared settings are in the query.

use std::borrow::Cow;

use serde_json::{Map, Value};
use studio_shared::batch::{Format, LONGEST_SETTINGS};
use studio_shared::json;
use studio_shared::problem::Problem;
use studio_shared::route::BATCH_CAP;
use studio_shared::words::Words;
use worker::Request;

use crate::body;
use crate::reply::Refusal;
use crate::router::unusable;

/// Longest name of a batch, in characters.
const LONGEST_NAME: usize = 200;

/// A batch as it was given.
pub(super) struct Given {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How it is written.
    pub(super) format: Format,
    /// What all entries share.
    pub(super) settings: Map<String, Value>,
    /// What it is called.
    pub(super) name: Option<String>,
}

impl Given {
    /// Reads a call's body and query.
    ///
    /// # Errors
    /// 415 for another format, 400 with all problems of the query, 413 for a larger file.
    pub(super) async fn read(request: &mut Request) -> Result<Self, Refusal> {
        let media_type = request.headers().get("content-type")?.unwrap_or_default();
        let format = Format::of_media_type(&media_type).ok_or_else(|| Refusal::not_a_batch(&media_type))?;
        let url = request.url()?;
        let query = query(url.query_pairs()).map_err(Refusal::problems)?;
        let bytes =
            body::read(request, BATCH_CAP).await?.ok_or_else(|| Refusal::batch_too_large(BATCH_CAP))?;
        Ok(Self { bytes, format, settings: query.settings, name: query.name })
    }
}

/// What the query says.
#[derive(Debug, Default, PartialEq)]
struct Query {
    name: Option<String>,
    settings: Map<String, Value>,
}

/// Reads the query. An empty value counts as absent.
fn query<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Result<Query, Vec<Problem>> {
    let mut query = Query::default();
    let mut problems = Vec::new();
    for (field, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        match field.as_ref() {
            "name" if value.chars().count() <= LONGEST_NAME && !value.chars().any(char::is_control) => {
                query.name = Some(value.trim().to_owned()).filter(|name| !name.is_empty());
            }
            "settings" => match settings(&value) {
                Some(settings) => query.settings = settings,
                None => problems.push(refuse("settings", &value)),
            },
            field => problems.push(refuse(field, &value)),
        }
    }
    if problems.is_empty() { Ok(query) } else { Err(problems) }
}

fn settings(text: &str) -> Option<Map<String, Value>> {
    match json::read(text.as_bytes()) {
        Ok(Value::Object(fields)) if text.len() <= LONGEST_SETTINGS => Some(fields),
        _ => None,
    }
}

fn refuse(field: &str, value: &str) -> Problem {
    let allowed = match field {
        "name" => Words::of(
            format!("最多 {LONGEST_NAME} 字，不含控制字符"),
            format!("at most {LONGEST_NAME} characters, none of control"),
        ),
        "settings" => Words::of(
            format!("JSON 对象，例如 {{\"model\":\"qwen-turbo\"}}，最多 {LONGEST_SETTINGS} 字节"),
            format!("a JSON object such as {{\"model\":\"qwen-turbo\"}}, at most {LONGEST_SETTINGS} bytes"),
        ),
        _ => Words::new("name、settings", "name, settings"),
    };
    unusable::parameter(field, value, allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Result<Query, Vec<String>> {
        let pairs = pairs.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)));
        query(pairs).map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn name_and_settings_are_read() {
        let query = read(&[("name", " 新年海报 "), ("settings", r#"{"model":"qwen-turbo","n":1}"#)]).unwrap();
        assert_eq!(query.name.as_deref(), Some("新年海报"));
        assert_eq!(query.settings["n"], 1);
        assert_eq!(read(&[("name", ""), ("settings", "")]), Ok(Query::default()));
    }

    #[test]
    fn all_that_is_wrong_is_named() {
        let long = format!("{{\"system\":\"{}\"}}", "长".repeat(LONGEST_SETTINGS / 3));
        for settings in ["[]", "{", r#"{"n":1,"n":2}"#, &long] {
            let wrong = read(&[("settings", settings), ("name", "a\nb"), ("format", "csv")]);
            assert_eq!(wrong, Err(vec!["settings".into(), "name".into(), "format".into()]), "{settings}");
        }
        assert_eq!(read(&[("name", &"长".repeat(201))]), Err(vec!["name".into()]));
    }

    #[test]
    fn fuzz_queries_of_a_batch_file() {
        let right =
            ["name=%E6%96%B0%E5%B9%B4&settings=%7B%22model%22%3A%22qwen-turbo%22%7D", "settings={\"n\":1}"];
        studio_fuzz::run(
            "queries of a batch file",
            studio_fuzz::text(&right, &["settings=", "{", "}", "%22"]),
            |text| match query(crate::fuzz::pairs(&text).into_iter()) {
                Ok(Query { name, .. }) => studio_fuzz::holds(
                    name.is_none_or(|name| {
                        name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control)
                    }),
                    || format!("{text:?} is taken"),
                ),
                Err(problems) => crate::fuzz::told(&problems),
            },
        );
    }
}
