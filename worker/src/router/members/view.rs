//! Members and codes as the page sees them: what the Directory and the Studio know, put together.

use studio_shared::budget::Budget;
use studio_shared::day::Day;
use studio_shared::member::{Code, Member};
use worker::Env;

use crate::directory::{CodeRow, Kept};
use crate::reply::Refusal;
use crate::studio::{self, Account};
use crate::{clock, stub};

/// One member.
pub(in crate::router) async fn member(env: &Env, kept: Kept) -> Result<Member, Refusal> {
    members(env, vec![kept]).await?.into_iter().next().ok_or_else(Refusal::internal)
}

/// Several, in their order, with one question to the Studio.
pub(in crate::router) async fn members(env: &Env, all: Vec<Kept>) -> Result<Vec<Member>, Refusal> {
    let today = Day::of(clock::now());
    let mut accounts = Vec::new();
    for kept in &all {
        accounts.push(Account::Member(stub::object_id(env, &kept.member.id)?));
        accounts.extend(kept.codes.iter().map(|code| Account::Code(code.id.clone())));
    }
    let mut budgets = studio::budgets(env, accounts, today).await?.into_iter();
    Ok(all.into_iter().map(|kept| one(kept, today, &mut budgets)).collect())
}

fn one(kept: Kept, today: Day, budgets: &mut impl Iterator<Item = Budget>) -> Member {
    let standing = kept.standing(today);
    let Kept { member, codes } = kept;
    let budget = budgets.next().unwrap_or_default();
    let codes: Vec<Code> =
        codes.into_iter().map(|row| code(row, budgets.next().unwrap_or_default())).collect();
    Member {
        id: member.id,
        name: member.name,
        note: member.note,
        created_at: member.created_at,
        standing,
        rights: member.rights,
        last_day: member.last_day,
        used_at: codes.iter().filter_map(|code| code.used_at).max(),
        budget,
        codes,
    }
}

/// A code.
pub(in crate::router) fn code(row: CodeRow, budget: Budget) -> Code {
    let CodeRow { id, name, created_at, used_at, revoked_at, member: _, hash: _, since: _ } = row;
    Code { id, name, created_at, used_at, revoked_at, budget }
}
