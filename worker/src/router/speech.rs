//! `POST /api/speech`: a speech, answered with its sound as it comes.

use serde_json::Value;
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::route::JSON_CAP;
use studio_shared::words::Words;
use worker::{Headers, Response, ResponseBuilder};

use super::{Call, jobs, rights};
use crate::access::Caller;
use crate::member::{JOB_ID, Message, Outcome, SAMPLE_RATE};
use crate::reply::Refusal;
use crate::{body, output, stub};

pub(super) async fn speak(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = jobs::idempotency_key(&call)?;
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let request = Request::read(&bytes).map_err(Refusal::problems)?;
    if request.kind() != Kind::Speech {
        return Err(Refusal::problems(vec![no_speech(&request)]));
    }
    rights::check(caller, &request)?;
    let pass = caller.pass.clone();
    let object = jobs::object(&call, caller)?;
    let mut answer = stub::send(&object, &Message::Speak { request: Box::new(request), key, pass }).await?;
    let told = Headers::new();
    for name in [JOB_ID, SAMPLE_RATE, "content-type"] {
        if let Some(value) = answer.headers().get(name)? {
            told.set(name, &value)?;
        }
    }
    if told.get("content-type")?.as_deref() != Some("application/json") {
        let (_, sound) = answer.into_parts();
        return Ok(ResponseBuilder::new().with_headers(told).body(sound)); // as the platform's own stream
    }
    match serde_json::from_str(&answer.text().await?).map_err(worker::Error::from)? {
        Outcome::Output(place) => {
            let mut kept = output::answer(call.env, &call.config, &call.request, &object, place).await?;
            for name in [JOB_ID, SAMPLE_RATE] {
                if let Some(value) = told.get(name)? {
                    kept.headers_mut().set(name, &value)?;
                }
            }
            Ok(kept)
        }
        Outcome::Refused(refusal) => Err(*refusal),
        _ => Err(Refusal::internal()),
    }
}

fn no_speech(request: &Request) -> Problem {
    let message = Words::new(
        "这个地址只接受语音合成的请求，其他请用 /api/jobs。",
        "This address takes requests for speech only; send others to /api/jobs.",
    );
    Problem::new("kind", &Value::from(request.kind().as_str()), Words::new("speech", "speech"), message)
}
