//! `/api/session`: log in, who am I, log out.

use serde_json::{Map, Value};
use studio_shared::json;
use studio_shared::member::Rights;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::session::{Login, Session};
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use crate::access::{self, Caller, OWNER};
use crate::reply::{self, Refusal};
use crate::{body, clock};

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
    let cookie = access::log_in(&login.code, &call.config, call.is_secure(), clock::now())?;
    let mut response = who_am_i(&call, &access::owner())?;
    response.headers_mut().set("set-cookie", &cookie)?;
    Ok(response)
}

pub(super) fn log_out(call: &Call<'_>) -> Result<Response, Refusal> {
    let mut response = Response::empty()?.with_status(204);
    response.headers_mut().set("set-cookie", &access::log_out(call.is_secure()))?;
    Ok(response)
}

pub(super) fn who_am_i(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let session = Session {
        member: caller.member.clone(),
        owner: caller.member == OWNER,
        rights: Rights::default(),
        last_day: None,
        code: None,
        upstream: call.config.upstream(),
        region: call.config.region,
        keep_qwen_1140: call.config.keep_qwen_1140,
        english_voice: call.config.english_voice.to_owned(),
        keeps_results: call.config.keeps_results,
    };
    Ok(reply::json(200, &session)?)
}
