//! `/api/conversations`.

use serde_json::Value;
use studio_shared::conversation::TITLE_CAP;
use studio_shared::json;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::words::Words;
use worker::Response;

use super::jobs::tell;
use super::{Call, unusable};
use crate::access::Caller;
use crate::body;
use crate::member::{ConversationQuery, Message};
use crate::reply::Refusal;

/// Conversations on a page, where the caller does not say; and at most.
const PAGE: u32 = 30;
const LONGEST_PAGE: u32 = 100;

/// Characters of a search at most.
const LONGEST_SEARCH: usize = 800;

pub(super) async fn list(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    tell(call, caller, Message::Conversations(query(pairs).map_err(Refusal::problems)?)).await
}

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Conversation(call.name(0).to_owned())).await
}

pub(super) async fn rename(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let title = title(&bytes).map_err(Refusal::problems)?;
    tell(&call, caller, Message::Rename { id: call.name(0).to_owned(), title }).await
}

pub(super) async fn delete(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Forget(call.name(0).to_owned())).await
}

/// Reads the body of a renaming: a title and nothing else.
fn title(bytes: &[u8]) -> Result<String, Vec<Problem>> {
    let value = json::read(bytes).map_err(|problem| vec![problem])?;
    let allowed = || Words::of(format!("1 到 {TITLE_CAP} 个字"), format!("1 to {TITLE_CAP} characters"));
    let Value::Object(fields) = &value else {
        let message = Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object.");
        return Err(vec![Problem::new("", &value, Words::new("JSON 对象", "a JSON object"), message)]);
    };
    let mut problems = Vec::new();
    for (name, given) in fields.iter().filter(|(name, _)| name.as_str() != "title") {
        let message = Words::of(
            format!("没有 {name} 这个字段，请去掉。"),
            format!("There is no field {name}; leave it out."),
        );
        problems.push(Problem::new(name.clone(), given, Words::new("title", "title"), message));
    }
    let given = fields.get("title").unwrap_or(&Value::Null);
    let title =
        given.as_str().map(str::trim).filter(|title| (1..=TITLE_CAP).contains(&title.chars().count()));
    match title {
        Some(title) if problems.is_empty() => Ok(title.to_owned()),
        Some(_) => Err(problems),
        None => {
            let message = Words::of(
                format!("title 应为 1 到 {TITLE_CAP} 个字。"),
                format!("title must be 1 to {TITLE_CAP} characters."),
            );
            problems.push(Problem::new("title", given, allowed(), message));
            Err(problems)
        }
    }
}

/// Reads the query of a list. An empty value counts as absent.
fn query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<ConversationQuery, Vec<Problem>> {
    let mut query = ConversationQuery { limit: PAGE, ..ConversationQuery::default() };
    let mut problems = Vec::new();
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let taken = match name {
            "q" if value.chars().count() <= LONGEST_SEARCH => {
                query.q = Some(value.to_owned());
                true
            }
            "cursor" => {
                query.cursor = cursor(value);
                query.cursor.is_some()
            }
            "limit" => match value.parse().ok().filter(|limit| (1..=LONGEST_PAGE).contains(limit)) {
                Some(limit) => {
                    query.limit = limit;
                    true
                }
                None => false,
            },
            _ => false,
        };
        if !taken {
            problems.push(refuse(name, value));
        }
    }
    if problems.is_empty() { Ok(query) } else { Err(problems) }
}

/// What the last page ended with.
fn cursor(text: &str) -> Option<(u64, String)> {
    let (moment, id) = text.split_once('-')?;
    (text.len() <= 100).then_some((moment.parse().ok()?, id.to_owned()))
}

fn refuse(name: &str, value: &str) -> Problem {
    let allowed = match name {
        "limit" => format!("1..{LONGEST_PAGE}"),
        "q" => format!("≤ {LONGEST_SEARCH}"),
        "cursor" => "next".to_owned(),
        _ => "q, cursor, limit".to_owned(),
    };
    unusable::parameter(name, value, Words::of(allowed.clone(), allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<T>(read: Result<T, Vec<Problem>>) -> Result<T, Vec<String>> {
        read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn a_title_is_trimmed_and_nothing_else_is_taken() {
        let read = |text: &str| fields(title(text.as_bytes()));
        assert_eq!(read(r#"{"title":" 新题 "}"#), Ok("新题".to_owned()));
        assert_eq!(
            read(&format!(r#"{{"title":"{}"}}"#, "长".repeat(TITLE_CAP))).map(|title| title.len()),
            Ok(300)
        );
        for wrong in [
            r#"{"title":" "}"#.to_owned(),
            r#"{"title":7}"#.to_owned(),
            "{}".to_owned(),
            format!(r#"{{"title":"{}"}}"#, "长".repeat(TITLE_CAP + 1)),
        ] {
            assert_eq!(read(&wrong), Err(vec!["title".to_owned()]), "{wrong}");
        }
        assert_eq!(read(r#"{"title":"a","id":"b"}"#), Err(vec!["id".to_owned()]));
        assert_eq!(read(r#"{"id":"b"}"#), Err(vec!["id".to_owned(), "title".to_owned()]));
        assert_eq!(read("[]"), Err(vec![String::new()]));
    }

    #[test]
    fn a_query_is_read_and_all_that_is_wrong_is_named() {
        let read = |pairs: &[(&str, &str)]| fields(query(pairs.iter().copied()));
        let wanted = ConversationQuery {
            q: Some("猫".to_owned()),
            cursor: Some((1_768_874_400_101, "0198-a".to_owned())),
            limit: 5,
        };
        assert_eq!(read(&[("q", "猫"), ("cursor", "1768874400101-0198-a"), ("limit", "5")]), Ok(wanted));
        assert_eq!(read(&[("q", "")]), Ok(ConversationQuery { limit: PAGE, ..ConversationQuery::default() }));
        let wrong = read(&[("limit", "0"), ("cursor", "x"), ("order", "asc")]);
        assert_eq!(wrong, Err(vec!["limit".to_owned(), "cursor".to_owned(), "order".to_owned()]));
    }

    #[test]
    fn fuzz_queries_and_titles_of_conversations() {
        let words = ["&", "=", "limit=", "cursor=", "q="];
        studio_fuzz::run(
            "queries of conversations",
            studio_fuzz::text(&["q=x&cursor=5-a&limit=9"], &words),
            |text| {
                let pairs = crate::fuzz::pairs(&text);
                match query(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))) {
                    Ok(query) => {
                        studio_fuzz::holds((1..=LONGEST_PAGE).contains(&query.limit), || format!("{text:?}"))
                    }
                    Err(problems) => crate::fuzz::told(&problems),
                }
            },
        );
        let titles = vec![serde_json::json!({"title": "新题"})];
        studio_fuzz::run("titles of conversations", studio_fuzz::json(titles), |value| {
            match title(value.to_string().as_bytes()) {
                Ok(title) => studio_fuzz::holds(
                    (1..=TITLE_CAP).contains(&title.chars().count()) && title == title.trim(),
                    || format!("{title:?} is taken"),
                ),
                Err(problems) => crate::fuzz::told(&problems),
            }
        });
    }
}
