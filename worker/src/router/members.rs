//! `/api/admin/members…`: whom the owner lets in. And `/api/data`, which deletes everything of the caller.

mod change;
pub(super) mod view;

use studio_shared::member::{Issued, MemberList, Rights};
use studio_shared::route::JSON_CAP;
use worker::Response;

use super::{Call, codes, jobs};
use crate::access::{Caller, OWNER};
use crate::directory::{self, Change, MemberRow};
use crate::member::Message;
use crate::reply::{self, Refusal};
use crate::studio::{self, Account};
use crate::{body, clock, stub};

pub(super) async fn list(call: &Call<'_>) -> Result<Response, Refusal> {
    let items = view::members(call.env, directory::list(call.env).await?).await?;
    Ok(reply::json(200, &MemberList { items })?)
}

/// Makes a member with a first code, which bears the member's name.
pub(super) async fn make(mut call: Call<'_>) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let (change, limits) = change::read(&bytes, true).map_err(Refusal::problems)?;
    let Change { name, note, kinds, models, last_day, revoked } = change;
    let member = MemberRow {
        id: uuid::Uuid::now_v7().to_string(),
        name: name.unwrap_or_default(),
        note: note.unwrap_or_default(),
        created_at: clock::now(),
        rights: Rights { kinds: kinds.flatten(), models: models.flatten() },
        last_day: last_day.flatten(),
        revoked: revoked.unwrap_or_default(),
        leaving: false,
        since: 0,
    };
    if let Some(limits) = limits {
        // Before they can spend anything.
        studio::set_limits(call.env, account(&call, &member.id)?, limits).await?;
    }
    let (code, secret) = codes::new(&call, member.name.clone());
    let kept = directory::add(call.env, member, code).await??;
    call.tell("member_made", &kept.member.id, None);
    let member = view::member(call.env, kept).await?;
    let code = member.codes.first().cloned().ok_or_else(Refusal::internal)?;
    Ok(reply::json(201, &Issued { member: Some(member), code, secret })?)
}

pub(super) async fn read(call: &Call<'_>, member: &str) -> Result<Response, Refusal> {
    let kept = other(call, member).await?;
    Ok(reply::json(200, &view::member(call.env, kept).await?)?)
}

pub(super) async fn change(mut call: Call<'_>, member: &str) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let (change, limits) = change::read(&bytes, false).map_err(Refusal::problems)?;
    let mut kept = other(&call, member).await?;
    if let Some(limits) = limits {
        studio::set_limits(call.env, account(&call, member)?, limits).await?;
    }
    let shut_out = change.revoked;
    if change != Change::default() {
        kept = directory::change(call.env, member, change).await??;
    }
    let event = match shut_out {
        Some(true) => "member_shut_out",
        Some(false) => "member_let_in",
        None => "member_changed",
    };
    call.tell(event, member, None);
    Ok(reply::json(200, &view::member(call.env, kept).await?)?)
}

/// Shuts a member out and deletes everything of theirs; the bytes go within moments after the answer.
pub(super) async fn delete(call: &Call<'_>, member: &str) -> Result<Response, Refusal> {
    let kept = directory::remove(call.env, member).await??;
    let codes = kept.codes.into_iter().map(|code| Account::Code(code.id));
    let accounts = [account(call, member)?].into_iter().chain(codes).collect();
    studio::forget(call.env, accounts).await?;
    call.tell("member_deleted", member, None);
    Ok(Response::empty()?.with_status(204))
}

/// Deletes everything of the caller; their codes and budgets stay.
pub(super) async fn wipe(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let answer = jobs::tell(call, caller, Message::Wipe { all: false }).await?;
    call.tell("data_deleted", &caller.member, None);
    Ok(answer)
}

/// A member other than the owner.
async fn other(call: &Call<'_>, member: &str) -> Result<directory::Kept, Refusal> {
    if member == OWNER {
        return Err(Refusal::not_found());
    }
    directory::read(call.env, member).await?
}

fn account(call: &Call<'_>, member: &str) -> Result<Account, Refusal> {
    Ok(Account::Member(stub::object_id(call.env, member)?))
}
