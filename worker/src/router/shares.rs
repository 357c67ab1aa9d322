//! `/api/shares`: for who makes them, and for anybody who has a link.
//!
//! An id that never was, is malformed, was revoked, has ended or is used up is answered alike.

use serde_json::Value;
use studio_shared::json;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::share::{NewShare, PASSWORD, ShareChange, is_id};
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use super::jobs::{idempotency_key, tell};
use crate::access::Caller;
use crate::member::{Message, Order, ShareMessage};
use crate::reply::{self, Refusal};
use crate::share::{self, Change, Outcome, Place, keyed};
use crate::{body, clock, output as bytes};

/// Shares on a page, where the caller does not say. Each is asked how it stands, so a page is short.
const PAGE: u32 = 20;

/// Shares on a page at most.
const LONGEST_PAGE: u32 = 40;

pub(super) async fn make(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = idempotency_key(&call)?;
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let mut new = NewShare::read(&bytes, clock::now()).map_err(Refusal::problems)?;
    let (id, signing_key) = (keyed::random()?, &call.config.signing_key);
    let password = new.password.take().map(|password| keyed::password(signing_key, &id, &password));
    let digest = keyed::body(signing_key, &bytes);
    let order = Box::new(Order { id, maker: caller.member.clone(), new, password, key, digest });
    tell(&call, caller, Message::Share(ShareMessage::Make(order))).await
}

pub(super) async fn list(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    let (cursor, limit) = page(pairs).map_err(Refusal::problems)?;
    tell(call, caller, Message::Share(ShareMessage::List { cursor, limit })).await
}

pub(super) async fn change(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let mut change = ShareChange::read(&bytes, clock::now()).map_err(Refusal::problems)?;
    let id = known(&call)?.to_owned();
    let hash = |password: String| keyed::password(&call.config.signing_key, &id, &password);
    let password = change.password.take().map(|password| password.map(hash));
    let change = Box::new(Change { change, password, secret: keyed::random()? });
    tell(&call, caller, Message::Share(ShareMessage::Change { id, change })).await
}

pub(super) async fn revoke(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Share(ShareMessage::Revoke(known(call)?.to_owned()))).await
}

pub(super) async fn door(call: &Call<'_>) -> Result<Response, Refusal> {
    let view = view(call)?;
    match ask(call, &share::Message::Door { view }).await? {
        Outcome::Door(door) => hidden(reply::json(200, &door)?),
        _ => Err(Refusal::internal()),
    }
}

pub(super) async fn open(mut call: Call<'_>) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let given = password(&bytes).map_err(Refusal::problems)?;
    let id = known(&call)?;
    let password = given.map(|password| keyed::password(&call.config.signing_key, id, &password));
    match ask(&call, &share::Message::Open { password }).await? {
        Outcome::Shared(shared) => hidden(reply::json(200, &shared)?),
        _ => Err(Refusal::internal()),
    }
}

pub(super) async fn output(call: &Call<'_>) -> Result<Response, Refusal> {
    let n = call.name(1).parse().map_err(|_| Refusal::not_found())?;
    let view = view(call)?.unwrap_or_default();
    match ask(call, &share::Message::Output { n, view }).await? {
        Outcome::Output(Place { key, copied, download }) => {
            let what = (copied.bytes, copied.media_type.as_str());
            bytes::shared(call.env, &call.request, &key, what, download).await
        }
        _ => Err(Refusal::internal()),
    }
}

/// The picture in a preview of the link: for shares that anybody may look at as often as they like.
pub(super) async fn preview(call: &Call<'_>) -> Result<Response, Refusal> {
    match ask(call, &share::Message::Preview).await? {
        Outcome::Preview(preview) => {
            let Place { key, copied, .. } = preview.picture.ok_or_else(Refusal::not_found)?;
            let what = (copied.bytes, copied.media_type.as_str());
            bytes::shared(call.env, &call.request, &key, what, false).await
        }
        _ => Err(Refusal::internal()),
    }
}

/// The token of a view in the query.
fn view(call: &Call<'_>) -> Result<Option<String>, Refusal> {
    let url = call.request.url()?;
    Ok(url.query_pairs().find(|(name, _)| name == "view").map(|(_, view)| view.into_owned()))
}

/// The id in the path; one that cannot be a share's wakes no object.
fn known<'a>(call: &'a Call<'_>) -> Result<&'a str, Refusal> {
    Some(call.name(0)).filter(|id| is_id(id)).ok_or_else(Refusal::not_found)
}

async fn ask(call: &Call<'_>, message: &share::Message) -> Result<Outcome, Refusal> {
    match share::ask(call.env, known(call)?, message).await? {
        Outcome::Refused(refusal) => Err(*refusal),
        outcome => Ok(outcome),
    }
}

/// What is shared by link is for who has the link, and not for search engines.
fn hidden(mut response: Response) -> Result<Response, Refusal> {
    response.headers_mut().set("x-robots-tag", "noindex")?;
    Ok(response)
}

/// Reads the body of an opening.
fn password(bytes: &[u8]) -> Result<Option<String>, Vec<Problem>> {
    let value = json::read(bytes).map_err(|problem| vec![problem])?;
    let Value::Object(fields) = &value else {
        let message = Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object.");
        return Err(vec![Problem::new("", &value, Words::new("JSON 对象", "a JSON object"), message)]);
    };
    let unknown = fields.iter().filter(|(name, _)| name.as_str() != "password").map(|(name, given)| {
        let message = Words::of(
            format!("没有 {name} 这个字段，请去掉。"),
            format!("There is no field {name}; leave it out."),
        );
        Problem::new(name.clone(), given, Words::new("password", "password"), message)
    });
    let mut problems: Vec<Problem> = unknown.collect();
    match fields.get("password") {
        None | Some(Value::Null) if problems.is_empty() => return Ok(None),
        Some(Value::String(given)) if problems.is_empty() && given.chars().count() <= *PASSWORD.end() => {
            return Ok(Some(given.clone()));
        }
        None | Some(Value::Null | Value::String(_)) if !problems.is_empty() => {}
        Some(_) | None => {
            let longest = PASSWORD.end();
            let allowed = Words::of(format!("最多 {longest} 个字"), format!("at most {longest} characters"));
            let message = Words::new("password 应为一段文字。", "password must be a text, and not too long.");
            problems.push(Problem::new("password", &Value::Null, allowed, message)); // never repeated
        }
    }
    Err(problems)
}

/// Reads the query of the list. An empty value counts as absent.
fn page<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<(Option<u32>, u32), Vec<Problem>> {
    let (mut cursor, mut limit, mut problems) = (None, PAGE, Vec::new());
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let number: Option<u32> = value.parse().ok();
        match (name, number) {
            ("cursor", Some(_)) => cursor = number,
            ("limit", Some(number)) if (1..=LONGEST_PAGE).contains(&number) => limit = number,
            _ => problems.push(refuse(name, value)),
        }
    }
    if problems.is_empty() { Ok((cursor, limit)) } else { Err(problems) }
}

fn refuse(name: &str, value: &str) -> Problem {
    let allowed = match name {
        "limit" => format!("1..{LONGEST_PAGE}"),
        "cursor" => "next".to_owned(),
        _ => "cursor, limit".to_owned(),
    };
    let message = Words::of(
        format!("查询参数 {name} 不合规，允许：{allowed}。"),
        format!("The query parameter {name} is not usable; allowed: {allowed}."),
    );
    Problem::new(name, &Value::from(value), Words::of(allowed.clone(), allowed), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<T>(read: Result<T, Vec<Problem>>) -> Result<T, Vec<String>> {
        read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn a_password_is_a_text_or_absent_and_never_repeated() {
        let read = |text: &str| fields(password(text.as_bytes()));
        assert_eq!((read("{}"), read(r#"{"password":null}"#)), (Ok(None), Ok(None)));
        assert_eq!(read(r#"{"password":"开门"}"#), Ok(Some("开门".to_owned())));
        assert_eq!(read(r#"{"password":7}"#), Err(vec!["password".to_owned()]));
        let long = format!(r#"{{"password":"{}"}}"#, "长".repeat(101));
        assert_eq!(read(&long), Err(vec!["password".to_owned()]));
        assert!(!format!("{:?}", password(long.as_bytes())).contains("长长"));
        assert_eq!(read(r#"{"password":"a","code":"b"}"#), Err(vec!["code".to_owned()]));
        assert_eq!(read(r#"{"password":7,"code":"b"}"#), Err(vec!["code".to_owned(), "password".to_owned()]));
        assert_eq!(read("[]"), Err(vec![String::new()]));
    }

    #[test]
    fn a_page_is_asked_for_by_cursor_and_limit() {
        let read = |pairs: &[(&str, &str)]| fields(page(pairs.iter().copied()));
        assert_eq!(read(&[]), Ok((None, PAGE)));
        assert_eq!(read(&[("cursor", "7"), ("limit", "40")]), Ok((Some(7), 40)));
        let wrong = read(&[("cursor", "-1"), ("limit", "41"), ("order", "asc")]);
        assert_eq!(wrong, Err(vec!["cursor".to_owned(), "limit".to_owned(), "order".to_owned()]));
    }
}
