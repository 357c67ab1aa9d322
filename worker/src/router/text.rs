//! `/api/text`: answers as they come.

use serde_json::Value;
use studio_shared::conversation::Turn;
use studio_shared::problem::Problem;
use studio_shared::route::TEXT_CAP;
use studio_shared::words::Words;
use worker::{Response, ResponseBuilder};

use super::jobs::{idempotency_key, object};
use super::{Call, rights};
use crate::access::Caller;
use crate::member::{Message, Outcome, Say};
use crate::reply::{self, Refusal};
use crate::{body, stub};

const JSON: &str = "application/json";
const EVENTS: &str = "text/event-stream";

/// The header that a browser repeats the last event's id in when it connects again.
const LAST_EVENT_ID: &str = "last-event-id";

pub(super) async fn say(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = idempotency_key(&call)?;
    let accept = call.request.headers().get("accept")?.unwrap_or_default();
    let bytes = body::json(&mut call.request, TEXT_CAP).await?;
    let Turn { request, conversation, after } = Turn::read(&bytes).map_err(Refusal::problems)?;
    rights::check(caller, &request)?;
    let pass = caller.pass.clone();
    let at_once = accepts(&accept, JSON) && !accepts(&accept, EVENTS);
    let say = Say { request: Box::new(request), conversation, after, key, at_once, pass };
    read(&call, caller, &Message::Say(say)).await
}

pub(super) async fn events(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let last = call.request.headers().get(LAST_EVENT_ID)?;
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    let after = after(pairs, last.as_deref()).map_err(Refusal::problems)?;
    read(call, caller, &Message::Events { id: call.name(0).to_owned(), after }).await
}

/// The object's answer: a stream, which is passed on as it is, or a job that has ended, or a refusal.
async fn read(call: &Call<'_>, caller: &Caller, message: &Message) -> Result<Response, Refusal> {
    let mut response = stub::send(&object(call, caller)?, message).await?;
    let header = |name: &str| response.headers().get(name).ok().flatten().unwrap_or_default();
    let (media_type, id) = (header("content-type"), header("x-job-id"));
    if media_type == EVENTS {
        let (_, body) = response.into_parts();
        let response = ResponseBuilder::new()
            .with_header("content-type", EVENTS)?
            .with_header("cache-control", "no-store")?
            .with_header("x-accel-buffering", "no")?
            .with_header("x-job-id", &id)?;
        return Ok(response.body(body));
    }
    match serde_json::from_str(&response.text().await?).map_err(worker::Error::from)? {
        Outcome::Job(job) => {
            let mut response = reply::json(200, &job)?;
            response.headers_mut().set("x-job-id", &job.id)?;
            Ok(response)
        }
        Outcome::Refused(refusal) => Err(*refusal),
        _ => Err(Refusal::internal()),
    }
}

/// Whether an `Accept` header names a media type.
fn accepts(accept: &str, media_type: &str) -> bool {
    let mut all = accept.split(',').filter_map(|part| part.split(';').next());
    all.any(|part| part.trim().eq_ignore_ascii_case(media_type))
}

/// How many characters the reader has. What a browser repeats by itself is newer than the address.
fn after<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    last: Option<&str>,
) -> Result<u32, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = |name: &str, value: &str| {
        let number = value.parse::<u32>().ok();
        if number.is_none() {
            problems.push(problem(name, value));
        }
        number
    };
    let mut after = None;
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let known = if name == "after" { value } else { "?" };
        after = read(name, known).or(after);
    }
    let last = last.map(str::trim).filter(|last| !last.is_empty()).and_then(|last| read(LAST_EVENT_ID, last));
    if problems.is_empty() { Ok(last.or(after).unwrap_or(0)) } else { Err(problems) }
}

fn problem(name: &str, value: &str) -> Problem {
    let message = Words::of(
        format!("{name} 不合规：只接受 after，为已收到的字数。"),
        format!("{name} is not usable: only after is taken, the number of characters that have come."),
    );
    Problem::new(name, &Value::from(value), Words::new("0 起的整数", "a whole number from 0"), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accept_header_names_its_types() {
        assert!(accepts("application/json", JSON) && accepts("text/html, Application/JSON;q=0.9", JSON));
        assert!(!accepts("*/*", JSON) && !accepts("", EVENTS) && !accepts("application/jsonl", JSON));
    }

    #[test]
    fn the_place_to_go_on_from_is_read() {
        let read = |pairs: &[(&str, &str)], last: Option<&str>| {
            let read = after(pairs.iter().copied(), last);
            read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>())
        };
        assert_eq!(read(&[], None), Ok(0));
        assert_eq!(read(&[("after", "7")], None), Ok(7));
        assert_eq!(read(&[("after", "7")], Some("9")), Ok(9));
        assert_eq!(read(&[("after", "")], Some("")), Ok(0));
        for wrong in ["-1", "x", "4294967296", "1.5"] {
            assert_eq!(read(&[("after", wrong)], None), Err(vec!["after".to_owned()]), "{wrong}");
        }
        assert_eq!(read(&[("from", "7")], Some("x")), Err(vec!["from".to_owned(), LAST_EVENT_ID.to_owned()]));
    }

    #[test]
    fn fuzz_places_to_go_on_from() {
        let right = (
            studio_fuzz::text(&["after=7", "after="], &["after=", "&"]),
            studio_fuzz::text(&["9", ""], &["-1"]),
        );
        studio_fuzz::run("places to go on from", right, |(text, last)| {
            let pairs = crate::fuzz::pairs(&text);
            let named = last.trim().parse::<u32>().ok();
            match after(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())), Some(&last)) {
                Ok(place) => studio_fuzz::holds(named.is_none_or(|named| place == named), || {
                    format!("{last:?}: {place}")
                }),
                Err(problems) => crate::fuzz::told(&problems),
            }
        });
    }
}
