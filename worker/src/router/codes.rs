//! `/api/codes…` and `/api/admin/members/{id}/codes…`: the codes that members come in with.

mod change;

use studio_shared::day::Day;
use studio_shared::member::{Code, CodeList, Issued};
use studio_shared::route::JSON_CAP;
use worker::{Env, Response};

use super::Call;
use super::members::view;
use crate::access::{self, Caller, code};
use crate::directory::{self, Kept, NewCode};
use crate::reply::{self, Refusal};
use crate::studio::{self, Account};
use crate::{body, clock};
use change::Change;

/// A code that was made just now, and what it says.
pub(super) fn new(call: &Call<'_>, name: String) -> (NewCode, String) {
    let secret = code::make();
    let id = uuid::Uuid::now_v7().to_string();
    let hash = hash(call, &secret);
    (NewCode { id, name, hash }, secret)
}

fn hash(call: &Call<'_>, secret: &str) -> String {
    access::code_hash(&call.config.signing_key, &code::read(secret).unwrap_or_default())
}

pub(super) async fn list(call: &Call<'_>, member: &str) -> Result<Response, Refusal> {
    let kept = directory::read(call.env, member).await??;
    let items = view::member(call.env, kept).await?.codes;
    Ok(reply::json(200, &CodeList { items })?)
}

pub(super) async fn make(mut call: Call<'_>, member: String) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let Change { name, limits } = Change::read(&bytes, true).map_err(Refusal::problems)?;
    directory::read(call.env, &member).await??; // no limits for a member that is not there
    let (code, secret) = new(&call, name.unwrap_or_default());
    let id = code.id.clone();
    if let Some(limits) = limits {
        studio::set_limits(call.env, Account::Code(id.clone()), limits).await?; // before anything can be spent
    }
    let kept = directory::add_code(call.env, &member, code).await??;
    call.tell("code_made", &member, Some(&id));
    Ok(reply::json(201, &issued(call.env, kept, &id, secret).await?)?)
}

pub(super) async fn change(mut call: Call<'_>, member: String, at: usize) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let Change { name, limits } = Change::read(&bytes, false).map_err(Refusal::problems)?;
    let id = call.name(at);
    let mut kept = directory::read(call.env, &member).await??;
    if !kept.codes.iter().any(|code| code.id == id && code.revoked_at.is_none()) {
        return Err(Refusal::not_found());
    }
    if let Some(limits) = limits {
        studio::set_limits(call.env, Account::Code(id.to_owned()), limits).await?;
    }
    if let Some(name) = name {
        kept = directory::rename_code(call.env, &member, id, name).await??;
    }
    Ok(reply::json(200, &shown(call.env, kept, id).await?)?)
}

pub(super) async fn rotate(call: &Call<'_>, member: &str) -> Result<Response, Refusal> {
    let secret = code::make();
    let id = call.name(1);
    let kept = directory::rotate_code(call.env, member, id, hash(call, &secret)).await??;
    call.tell("code_rotated", member, Some(id));
    Ok(reply::json(200, &issued(call.env, kept, id, secret).await?)?)
}

/// The same of a code of one's own. A browser that came in with it comes in with the new one by the same answer: its session
/// has just ended, and the code need not be sent again.
pub(super) async fn rotate_own(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let secret = code::make();
    let id = call.name(0);
    let kept = directory::rotate_code(call.env, &caller.member, id, hash(call, &secret)).await??;
    call.tell("code_rotated", &caller.member, Some(id));
    let came_with = caller.pass.code.as_deref() == Some(id) && access::way(&call.request) == "session";
    let cookies = if came_with {
        access::log_in(&secret, &call.request, call.env, &call.config, clock::now()).await?.1
    } else {
        Vec::new()
    };
    let mut response = reply::json(200, &issued(call.env, kept, id, secret).await?)?;
    for cookie in cookies {
        response.headers_mut().append("set-cookie", &cookie)?;
    }
    Ok(response)
}

pub(super) async fn revoke(call: &Call<'_>, member: &str, at: usize) -> Result<Response, Refusal> {
    let id = call.name(at);
    directory::revoke_code(call.env, member, id).await??;
    call.tell("code_revoked", member, Some(id));
    Ok(Response::empty()?.with_status(204))
}

/// A code with what it says, which is told this once.
async fn issued(env: &Env, kept: Kept, id: &str, secret: String) -> Result<Issued, Refusal> {
    Ok(Issued { member: None, code: shown(env, kept, id).await?, secret })
}

async fn shown(env: &Env, kept: Kept, id: &str) -> Result<Code, Refusal> {
    let row = kept.codes.into_iter().find(|code| code.id == id).ok_or_else(Refusal::not_found)?;
    let account = vec![Account::Code(row.id.clone())];
    let budget = studio::budgets(env, account, Day::of(clock::now())).await?.into_iter().next();
    Ok(view::code(row, budget.unwrap_or_default()))
}
