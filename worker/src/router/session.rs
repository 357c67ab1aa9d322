//! `/api/session`: log in, who am I, log out.

use serde_json::{Map, Value};
use studio_shared::json;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::session::{Login, Session};
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use crate::access::{self, Caller};
use crate::reply::{self, Refusal};
use crate::{body, clock, directory};

/// What a browser is to forget with the session: pictures, films and sounds that it has kept. Not cookies, for the one by
/// which the owner's browser is known again outlives the session; and not storage, where drafts and the choice of language
/// are, which the page itself takes away where somebody else may come.
const FORGET: (&str, &str) = ("clear-site-data", "\"cache\"");

pub(super) async fn log_in(mut call: Call<'_>) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let value = json::read(&bytes).map_err(|problem| Refusal::problems(vec![problem]))?;
    // By way of a map, because an array of one text would pass for the struct.
    let login = serde_json::from_value::<Map<String, Value>>(value);
    let login = login.and_then(|login| serde_json::from_value::<Login>(Value::Object(login)));
    let login = login.map_err(|error| {
        let message = Words::of(
            format!("请求体应为 {{\"code\":…}}：{error}"),
            format!("The body should be {{\"code\":…}}: {error}"),
        );
        Refusal::problems(vec![Problem::new("code", &Value::Null, Words::new("登录码", "a code"), message)])
    })?;
    if let Some(turnstile) = &call.config.turnstile {
        // Before the code is looked at: a wrong token is no wrong code.
        let url = call.request.url()?;
        let host = url.host_str().unwrap_or_default();
        let address = access::address(&call.request);
        let simulator = call.config.base_url.as_deref();
        turnstile.check(login.turnstile.as_deref(), host, address.as_deref(), simulator).await?;
    }
    let (caller, cookies) =
        access::log_in(&login.code, &call.request, call.env, &call.config, clock::now()).await?;
    call.tell("logged_in", &caller.member, caller.pass.code.as_deref());
    let mut response = who_am_i(&call, &caller)?;
    for cookie in cookies {
        response.headers_mut().append("set-cookie", &cookie)?;
    }
    Ok(response)
}

pub(super) async fn log_out(call: &Call<'_>) -> Result<Response, Refusal> {
    let cookie = access::log_out(&call.request, call.env, &call.config, clock::now()).await?;
    let mut response = Response::empty()?.with_status(204);
    response.headers_mut().set("set-cookie", &cookie)?;
    response.headers_mut().set(FORGET.0, FORGET.1)?;
    Ok(response)
}

/// Ends all sessions of the caller, this one too. Their codes still let them in.
pub(super) async fn log_out_everywhere(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    directory::log_out(call.env, &caller.member).await??;
    call.tell("logged_out_everywhere", &caller.member, None);
    log_out(call).await
}

pub(super) fn who_am_i(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let session = Session {
        member: caller.name.clone(),
        owner: caller.is_owner(),
        rights: caller.pass.rights.clone(),
        last_day: caller.last_day,
        code: caller.pass.code.clone(),
        upstream: call.config.upstream(),
        region: call.config.region,
        keep_qwen_1140: call.config.keep_qwen_1140,
        english_voice: call.config.english_voice.to_owned(),
        keeps_results: call.config.keeps_results,
    };
    Ok(reply::json(200, &session)?)
}
