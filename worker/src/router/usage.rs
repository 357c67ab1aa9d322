//! `/api/usage`: what was spent on what, as JSON or as a table.

mod csv;
mod query;

use futures_util::{StreamExt, TryStreamExt, stream};
use studio_shared::day::Day;
use studio_shared::spend::{EverybodysSpend, MemberSpendRow, Spend, SpendRow};
use studio_shared::words::Language;
use worker::{Response, ResponseBuilder};

use super::Call;
use crate::access::Caller;
use crate::member::{Message, Outcome};
use crate::reply::{self, Refusal};
use crate::{clock, directory, stub};
use query::Query;

/// Members that are asked at once.
const AT_ONCE: usize = 5;

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let query = asked(call)?;
    let (from, to) = (query.from, query.to);
    let rows = spent(call, &caller.member, query).await?;
    if !query.csv {
        return Ok(reply::json(200, &Spend { currency: "CNY".to_owned(), from, to, rows })?);
    }
    file(query, csv::table(&rows, language(call)?))
}

/// What everybody has spent, by member.
pub(super) async fn everybodys(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let query = asked(call)?;
    let mut members = vec![(caller.member.clone(), caller.name.clone())];
    let others = directory::list(call.env).await?.into_iter();
    members.extend(others.map(|kept| (kept.member.id, kept.member.name)));
    let all = stream::iter(members).map(|(member, name)| async move {
        let rows = spent(call, &member, query).await?;
        let named = |row| MemberSpendRow { member: member.clone(), name: name.clone(), row };
        Ok::<_, Refusal>(rows.into_iter().map(named).collect::<Vec<_>>())
    });
    let rows = all.buffered(AT_ONCE).try_concat().await?;
    if query.csv {
        return file(query, csv::table_of_members(&rows, language(call)?));
    }
    let Query { from, to, .. } = query;
    Ok(reply::json(200, &EverybodysSpend { currency: "CNY".to_owned(), from, to, rows })?)
}

fn asked(call: &Call<'_>) -> Result<Query, Refusal> {
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    query::read(pairs, Day::of(clock::now())).map_err(Refusal::problems)
}

async fn spent(call: &Call<'_>, member: &str, query: Query) -> Result<Vec<SpendRow>, Refusal> {
    let Query { from, to, .. } = query;
    let object = stub::object(call.env, "MEMBER", member)?;
    match stub::ask(&object, &Message::Spent { from, to }).await? {
        Outcome::Spent(rows) => Ok(rows),
        Outcome::Refused(refusal) => Err(*refusal),
        _ => Err(Refusal::internal()),
    }
}

fn language(call: &Call<'_>) -> Result<Language, Refusal> {
    Ok(Language::accepted(&call.request.headers().get("accept-language")?.unwrap_or_default()))
}

fn file(Query { from, to, .. }: Query, table: String) -> Result<Response, Refusal> {
    let response = ResponseBuilder::new()
        .with_header("content-type", "text/csv; charset=utf-8; header=present")?
        .with_header("content-disposition", &format!("attachment; filename=\"usage-{from}-{to}.csv\""))?;
    Ok(response.fixed(table.into_bytes()))
}
