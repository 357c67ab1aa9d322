//! Where each request goes. The table itself is `studio_shared::route`; in short:
//!
//! - for anybody: `GET /api/health`, `GET /api/catalogue`, `GET /api/openapi.json`, `POST` and `DELETE /api/session`
//! - for members: `GET /api/session`, `POST /api/quote`, `POST` and `GET /api/jobs`,
//!   `GET` and `DELETE /api/jobs/{id}`, `POST /api/jobs/{id}/cancel`, `/retry`, `/look` and `/restore`,
//!   `GET` and `PATCH /api/storage`, `GET /api/jobs/{id}/outputs/{n}`, `GET /api/live`, `POST /api/text`, `GET /api/text/{id}/events`,
//!   `GET /api/conversations`, `GET`, `PATCH` and `DELETE /api/conversations/{id}`, `POST /api/files`,
//!   `GET` and `DELETE /api/files/{id}`, `POST /api/speech`, `POST /api/batches/quote`,
//!   `POST` and `GET /api/batches`, `GET` and `DELETE /api/batches/{id}`,
//!   `POST /api/batches/{id}/pause`, `/resume`, `/cancel` and `/retry`,
//!   `GET` and `PATCH /api/budget`, `GET /api/usage`, `DELETE /api/sessions`, `GET` and `POST /api/codes`,
//!   `PATCH` and `DELETE /api/codes/{code}`, `POST /api/codes/{code}/rotate`, `DELETE /api/data`,
//!   `POST` and `GET /api/shares`, `PATCH` and `DELETE /api/shares/{id}`,
//!   `GET /api/export`, `POST /api/import`, `PUT /api/import/{id}/outputs/{n}`
//! - for the owner, below `/api/admin`: `GET` and `POST /members`, `GET`, `PATCH` and `DELETE /members/{id}`,
//!   `POST /members/{id}/codes`, `PATCH` and `DELETE /members/{id}/codes/{code}`, `POST …/rotate`, `GET /usage`
//! - again for anybody: `GET /api/shares/{id}`, `POST /api/shares/{id}/open`, `GET /api/shares/{id}/outputs/{n}`,
//!   `GET /api/shares/{id}/preview`

mod batches;
mod budget;
mod codes;
mod conversations;
mod files;
mod form;
mod jobs;
mod members;
mod quote;
mod refused;
mod rights;
mod session;
mod shares;
mod speech;
mod storage;
mod text;
mod transfer;
mod unusable;
mod usage;

use studio_shared::catalogue;
use studio_shared::route::{Access, Action, Found, find};
use studio_shared::session::{Health, LOGIN_PAGE};
use studio_shared::share;
use studio_shared::words::Language;
use worker::{Env, Request, Response, ResponseBuilder, Result};

use crate::access::{self, Caller};
use crate::clock;
use crate::cloudflare::access as wall;
use crate::config::Config;
use crate::log::Security;
use crate::origin::{self, Origins, Visit};
use crate::page;
use crate::reply::{self, Refusal};

/// The status of an answer that turns a call into a socket.
const HANDSHAKE: u16 = 101;

/// A request on its way.
struct Call<'a> {
    request: Request,
    env: &'a Env,
    config: Config,
    /// What stood for `{…}` in the path.
    names: Vec<String>,
    /// What it is logged with.
    witness: Witness,
}

/// What the log says of a call, whatever becomes of it.
#[derive(Clone)]
struct Witness {
    action: Action,
    /// The id of the answer.
    request_id: String,
    /// How the caller says who they are.
    by: &'static str,
}

impl Call<'_> {
    fn name(&self, at: usize) -> &str {
        self.names.get(at).map(String::as_str).unwrap_or_default()
    }

    /// Writes into the log what was done about a member, and about a code of theirs.
    fn tell(&self, event: &str, member: &str, code: Option<&str>) {
        let Witness { action, request_id, by } = &self.witness;
        let detail = format!("{action:?}");
        let member = Some(member);
        Security { event, detail: &detail, request: request_id, by, member, code, share: None }.log();
    }
}

/// Answers a request.
pub(crate) async fn answer(request: Request, env: &Env) -> Result<Response> {
    let request_id = uuid::Uuid::new_v4().to_string();
    let accept_language = request.headers().get("accept-language")?.unwrap_or_default();
    let language = Language::accepted(&accept_language);
    let visit = Visit::of(&request)?;
    let origins = Origins::of(env);
    let response = match &origins {
        Ok(origins) => route(request, env, &visit, origins, &request_id).await,
        Err(what) => Err(Refusal::misconfigured(what)),
    };
    let response = match response {
        Ok(response) if response.status_code() == HANDSHAKE => return Ok(response), // its headers belong to that
        Ok(response) => response,
        Err(refusal) => refusal.response(&request_id, language)?,
    };
    let mut response = reply::finish(response, &request_id)?;
    visit.mark(response.headers_mut(), &origins.unwrap_or_default())?;
    Ok(response)
}

async fn route(
    request: Request,
    env: &Env,
    visit: &Visit,
    origins: &Origins,
    request_id: &str,
) -> std::result::Result<Response, Refusal> {
    if request.path() == LOGIN_PAGE {
        return page::login(&request, env).await;
    }
    if let Some(id) = share::of_page(&request.path()) {
        return page::answer(&request, env, id).await;
    }
    let config = Config::read(env).map_err(|what| Refusal::misconfigured(&what))?;
    if visit.asks_for_leave(origins) {
        return Ok(origin::leave()?);
    }
    let path = request.path();
    let method = origin::method(&request);
    let (action, access, names) = match find(&method, &path) {
        Found::Action(action, access, names) => (action, access, names),
        Found::OtherMethods(allowed) => return Err(Refusal::method_not_allowed(&allowed)),
        Found::Nothing => return Err(Refusal::not_found()),
    };
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let by = access::way(&request);
    let witness = Witness { action, request_id: request_id.to_owned(), by };
    let share = (action == Action::OpenShare).then(|| names.first().cloned()).flatten();
    let call = Call { request, env, config, names, witness: witness.clone() };
    let outcome = if visit.is_refused(access, origins) {
        Err(Refusal::cross_site())
    } else {
        let_in(access, call).await
    };
    outcome.inspect_err(|refusal| tell_refused(&witness, refusal, share.as_deref()))
}

/// Writes a refusal into the log that says who may what.
fn tell_refused(witness: &Witness, refusal: &Refusal, share: Option<&str>) {
    let Some(event) = refused::event(&refusal.code) else { return };
    let Witness { action, request_id, by } = witness;
    let (detail, member, share) =
        (format!("{action:?}"), refusal.about.as_deref(), share.map(refused::share));
    Security { event, detail: &detail, request: request_id, by, member, code: None, share }.log();
}

/// Has a call answered by whom it is for, where the caller may make it.
async fn let_in(access: Access, call: Call<'_>) -> std::result::Result<Response, Refusal> {
    let action = call.witness.action;
    if let Some(wall) = call.config.access.as_ref().filter(|_| !wall::is_outside(action)) {
        let simulator = call.config.base_url.as_deref();
        wall.check(call.request.headers(), simulator, clock::now()).await?;
    }
    if access == Access::Public {
        return public(action, call).await;
    }
    let caller = access::caller(&call.request, call.env, &call.config, clock::now()).await?;
    let answered = match access {
        Access::Owner if !caller.is_owner() => Err(Refusal::owner_only()),
        Access::Owner => owner(action, call, &caller).await,
        Access::Member | Access::Public => member(action, call, &caller).await,
    };
    match answered {
        Ok(response) => renewed(response, caller),
        Err(refusal) if refusal.about.is_none() => Err(refusal.about(caller.member)),
        Err(refusal) => Err(refusal),
    }
}

/// Sends the cookie along that renews the caller's session, where the answer does not set one itself. A socket's answer
/// belongs to the handshake.
fn renewed(mut response: Response, caller: Caller) -> std::result::Result<Response, Refusal> {
    if let Some(cookie) = caller.renewed
        && response.status_code() != 101
        && !response.headers().has("set-cookie")?
    {
        response.headers_mut().set("set-cookie", &cookie)?;
    }
    Ok(response)
}

async fn public(action: Action, call: Call<'_>) -> std::result::Result<Response, Refusal> {
    match action {
        Action::Health => health(&call),
        Action::Catalogue => catalogue(&call),
        Action::OpenApi => openapi(&call).await,
        Action::LogIn => session::log_in(call).await,
        Action::LogOut => session::log_out(&call).await,
        Action::ReadShare => shares::door(&call).await,
        Action::OpenShare => shares::open(call).await,
        Action::ReadSharedOutput => shares::output(&call).await,
        Action::PreviewShare => shares::preview(&call).await,
        _ => Err(Refusal::not_found()),
    }
}

async fn member(action: Action, call: Call<'_>, caller: &Caller) -> std::result::Result<Response, Refusal> {
    match action {
        Action::WhoAmI => session::who_am_i(&call, caller),
        Action::Quote => quote::quote(call, caller).await,
        Action::QuoteBatch => batches::quote(call, caller).await,
        Action::SubmitBatch => batches::submit(call, caller).await,
        Action::ListBatches => batches::list(&call, caller).await,
        Action::ReadBatch => batches::read(&call, caller).await,
        Action::DeleteBatch => batches::delete(&call, caller).await,
        Action::PauseBatch => batches::pause(&call, caller).await,
        Action::ResumeBatch => batches::resume(&call, caller).await,
        Action::CancelBatch => batches::cancel(&call, caller).await,
        Action::RetryBatch => batches::retry(&call, caller).await,
        Action::Submit => jobs::submit(call, caller).await,
        Action::ListJobs => jobs::list(&call, caller).await,
        Action::ReadJob => jobs::read(&call, caller).await,
        Action::DeleteJob => jobs::delete(&call, caller).await,
        Action::RestoreJob => jobs::restore(&call, caller).await,
        Action::CancelJob => jobs::cancel(&call, caller).await,
        Action::RetryJob => jobs::retry(call, caller).await,
        Action::LookForJob => jobs::look(&call, caller).await,
        Action::ReadOutput => jobs::output(&call, caller).await,
        Action::Live => jobs::live(call, caller).await,
        Action::Text => text::say(call, caller).await,
        Action::TextEvents => text::events(&call, caller).await,
        Action::ListConversations => conversations::list(&call, caller).await,
        Action::ReadConversation => conversations::read(&call, caller).await,
        Action::RenameConversation => conversations::rename(call, caller).await,
        Action::DeleteConversation => conversations::delete(&call, caller).await,
        Action::Upload => files::upload(&call, caller).await,
        Action::ReadFile => files::read(&call, caller).await,
        Action::DeleteFile => files::delete(&call, caller).await,
        Action::Speech => speech::speak(call, caller).await,
        Action::ReadBudget => budget::read(&call, caller).await,
        Action::ChangeBudget => budget::change(call, caller).await,
        Action::ReadUsage => usage::read(&call, caller).await,
        Action::MakeShare => shares::make(call, caller).await,
        Action::ListShares => shares::list(&call, caller).await,
        Action::ChangeShare => shares::change(call, caller).await,
        Action::RevokeShare => shares::revoke(&call, caller).await,
        Action::Export => transfer::export(&call, caller).await,
        Action::Import => transfer::import(call, caller).await,
        Action::ImportOutput => transfer::output(&call, caller).await,
        Action::LogOutEverywhere => session::log_out_everywhere(&call, caller).await,
        Action::ListCodes => codes::list(&call, &caller.member).await,
        Action::MakeCode => codes::make(call, caller.member.clone()).await,
        Action::ChangeCode => codes::change(call, caller.member.clone(), 0).await,
        Action::RotateCode => codes::rotate_own(&call, caller).await,
        Action::RevokeCode => codes::revoke(&call, &caller.member, 0).await,
        Action::DeleteData => members::wipe(&call, caller).await,
        Action::ReadStorage => storage::read(&call, caller).await,
        Action::ChangeStorage => storage::change(call, caller).await,
        _ => Err(Refusal::not_found()),
    }
}

async fn owner(action: Action, call: Call<'_>, caller: &Caller) -> std::result::Result<Response, Refusal> {
    let member = call.name(0).to_owned();
    match action {
        Action::ListMembers => members::list(&call).await,
        Action::MakeMember => members::make(call).await,
        Action::ReadMember => members::read(&call, &member).await,
        Action::ChangeMember => members::change(call, &member).await,
        Action::DeleteMember => members::delete(&call, &member).await,
        Action::MakeMembersCode => codes::make(call, member).await,
        Action::ChangeMembersCode => codes::change(call, member, 1).await,
        Action::RotateMembersCode => codes::rotate(&call, &member).await,
        Action::RevokeMembersCode => codes::revoke(&call, &member, 1).await,
        Action::ReadEverybodysUsage => usage::everybodys(&call, caller).await,
        _ => Err(Refusal::not_found()),
    }
}

fn health(call: &Call<'_>) -> std::result::Result<Response, Refusal> {
    let health = Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        upstream: call.config.upstream(),
        turnstile: call.config.turnstile.is_some(),
    };
    Ok(reply::json(200, &health)?)
}

fn catalogue(call: &Call<'_>) -> std::result::Result<Response, Refusal> {
    let mut response = reply::json(200, &catalogue::catalogue(call.config.region))?;
    response.headers_mut().set("cache-control", "public, max-age=300")?;
    Ok(response)
}

/// The description of `/api`, which the build has laid beside the page's files.
async fn openapi(call: &Call<'_>) -> std::result::Result<Response, Refusal> {
    let file = call.env.assets("ASSETS")?.fetch("https://assets/openapi.json", None).await?;
    let (_, body) = file.into_parts();
    let response = ResponseBuilder::new()
        .with_header("content-type", "application/json")?
        .with_header("cache-control", "public, max-age=300")?;
    Ok(response.body(body))
}
