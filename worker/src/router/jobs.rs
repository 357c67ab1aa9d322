//! `/api/jobs` and `/api/live`: handed to the member's own object.

mod query;

use serde_json::Value;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::route::{IDEMPOTENCY_KEY, JSON_CAP};
use studio_shared::words::Words;
use worker::{Headers, RequestInit, Response, Stub};

use super::{Call, rights};
use crate::access::Caller;
use crate::member::{Message, Outcome, OutputPlace, PASS};
use crate::reply::{self, Refusal};
use crate::{body, output as bytes, stub};

/// Longest `Idempotency-Key`, in characters.
const KEY_CAP: usize = 200;

pub(super) async fn submit(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = idempotency_key(&call)?;
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let request = Request::read(&bytes).map_err(Refusal::problems)?;
    rights::check(caller, &request)?;
    let pass = caller.pass.clone();
    tell(&call, caller, Message::Submit { request: Box::new(request), key, pass }).await
}

/// The caller's `Idempotency-Key`.
pub(super) fn idempotency_key(call: &Call<'_>) -> Result<Option<String>, Refusal> {
    call.request.headers().get(IDEMPOTENCY_KEY)?.map(usable).transpose()
}

/// A key of printable ASCII, as the header allows.
fn usable(key: String) -> Result<String, Refusal> {
    if !key.is_empty() && key.len() <= KEY_CAP && key.bytes().all(|byte| (0x21..=0x7e).contains(&byte)) {
        return Ok(key);
    }
    let allowed = Words::of(
        format!("1 到 {KEY_CAP} 个可见 ASCII 字符"),
        format!("1 to {KEY_CAP} printable ASCII characters"),
    );
    let message = Words::new(
        "Idempotency-Key 请求头不合规，请换一个，例如 UUID。",
        "The header Idempotency-Key is not usable; send another, for example a UUID.",
    );
    Err(Refusal::problems(vec![Problem::new(IDEMPOTENCY_KEY, &Value::from(key), allowed, message)]))
}

pub(super) async fn list(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let query = query::read(url.query_pairs()).map_err(Refusal::problems)?;
    tell(call, caller, Message::List(query)).await
}

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Read(call.name(0).to_owned())).await
}

pub(super) async fn delete(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Delete(call.name(0).to_owned())).await
}

pub(super) async fn restore(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Restore(call.name(0).to_owned())).await
}

pub(super) async fn cancel(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Cancel(call.name(0).to_owned())).await
}

pub(super) async fn retry(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = idempotency_key(&call)?;
    let bytes = body::read(&mut call.request, JSON_CAP).await?;
    let bytes = bytes.ok_or_else(|| Refusal::body_too_large(JSON_CAP))?;
    let edited = edited(&bytes).map_err(Refusal::problems)?;
    let pass = caller.pass.clone();
    tell(&call, caller, Message::Retry { id: call.name(0).to_owned(), edited, key, pass }).await
}

/// The request that is to be done instead; no body, or an empty object, asks for the same once more.
fn edited(bytes: &[u8]) -> Result<Option<Box<Request>>, Vec<Problem>> {
    if bytes.trim_ascii().is_empty()
        || matches!(serde_json::from_slice(bytes), Ok(Value::Object(fields)) if fields.is_empty())
    {
        return Ok(None);
    }
    Request::read(bytes).map(|request| Some(Box::new(request)))
}

pub(super) async fn look(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, Message::Look(call.name(0).to_owned())).await
}

pub(super) async fn output(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let n = call.name(1).parse().map_err(|_| Refusal::not_found())?;
    let place = place(call, caller, Message::Output { id: call.name(0).to_owned(), n }).await?;
    bytes::answer(call.env, &call.config, &call.request, &object(call, caller)?, place).await
}

pub(super) async fn live(call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let upgrade = call.request.headers().get("upgrade")?.unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return Err(Refusal::problems(vec![Problem::new(
            "upgrade",
            &Value::from(upgrade),
            Words::new("websocket", "websocket"),
            Words::new("这个地址只接受 WebSocket 连接。", "This address takes WebSocket connections only."),
        )]));
    }
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    headers.set(PASS, &serde_json::to_string(&caller.pass).map_err(worker::Error::from)?)?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    let handshake = worker::Request::new_with_init("https://object/", &init)?;
    let mut answer = object(&call, caller)?.fetch_with_request(handshake).await?;
    if answer.status_code() == 101 {
        return Ok(answer);
    }
    match serde_json::from_str(&answer.text().await?).map_err(worker::Error::from)? {
        Outcome::Refused(refusal) => Err(*refusal),
        _ => Err(Refusal::internal()),
    }
}

pub(super) fn object(call: &Call<'_>, caller: &Caller) -> Result<Stub, Refusal> {
    Ok(stub::object(call.env, "MEMBER", &caller.member)?)
}

pub(super) async fn ask(call: &Call<'_>, caller: &Caller, message: Message) -> Result<Outcome, Refusal> {
    Ok(stub::ask(&object(call, caller)?, &message).await?)
}

pub(super) async fn tell(call: &Call<'_>, caller: &Caller, message: Message) -> Result<Response, Refusal> {
    match ask(call, caller, message).await? {
        Outcome::Created(job) => Ok(reply::json(202, &job)?),
        Outcome::Job(job) => Ok(reply::json(200, &job)?),
        Outcome::List(list) => Ok(reply::json(200, &list)?),
        Outcome::Conversations(list) => Ok(reply::json(200, &list)?),
        Outcome::Thread(thread) => Ok(reply::json(200, &thread)?),
        Outcome::Conversation(conversation) => Ok(reply::json(200, &conversation)?),
        Outcome::Storage(storage) => Ok(reply::json(200, &storage)?),
        Outcome::CreatedBatch(batch) => Ok(reply::json(202, &batch)?),
        Outcome::Batch(batch) => Ok(reply::json(200, &batch)?),
        Outcome::Batches(list) => Ok(reply::json(200, &list)?),
        Outcome::CreatedShare(share) => Ok(reply::json(201, &share)?),
        Outcome::Share(share) => Ok(reply::json(200, &share)?),
        Outcome::Shares(list) => Ok(reply::json(200, &list)?),
        Outcome::Exported(page) => Ok(reply::json(200, &page)?),
        Outcome::Imported(imported) => Ok(reply::json(200, &imported)?),
        Outcome::Done => Ok(Response::empty()?.with_status(204)),
        Outcome::Refused(refusal) => Err(*refusal),
        Outcome::File(file) => Ok(reply::json(201, &file)?),
        Outcome::Output(_) | Outcome::Spent(_) | Outcome::Known(_) | Outcome::Awaited(_) => {
            Err(Refusal::internal())
        }
    }
}

pub(super) async fn place(
    call: &Call<'_>,
    caller: &Caller,
    message: Message,
) -> Result<OutputPlace, Refusal> {
    match ask(call, caller, message).await? {
        Outcome::Output(place) => Ok(place),
        Outcome::Refused(refusal) => Err(*refusal),
        _ => Err(Refusal::internal()),
    }
}

#[cfg(test)]
mod tests {
    use studio_fuzz::{holds, json, run, text};

    use super::*;
    use crate::fuzz::told;

    #[test]
    fn fuzz_idempotency_keys() {
        run(
            "idempotency keys",
            text(&["my-first-cat", "0198f2a0-0000-7000-8000-000000000000"], &["~", "\u{7f}"]),
            |key| match usable(key.clone()) {
                Ok(taken) => holds(
                    taken == key
                        && (1..=KEY_CAP).contains(&key.len())
                        && key.bytes().all(|b| b.is_ascii_graphic()),
                    || format!("{key:?} is taken"),
                ),
                Err(refusal) => {
                    told(&refusal.problems)?;
                    holds(refusal.problems.iter().all(|problem| problem.field == IDEMPOTENCY_KEY), || {
                        key.clone()
                    })
                }
            },
        );
    }

    #[test]
    fn fuzz_bodies_of_a_retry() {
        let right = vec![serde_json::json!({"model": "qwen-turbo", "prompt": "你好"}), serde_json::json!({})];
        run("bodies of a retry", json(right), |value| {
            let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
            match edited(value.to_string().as_bytes()) {
                Ok(request) => {
                    holds(request.is_none() == empty, || format!("{value} is read as {request:?}"))
                }
                Err(problems) => told(&problems),
            }
        });
    }
}
