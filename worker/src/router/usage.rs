//! `/api/usage`: what was spent on what, as JSON or as a table.

mod csv;
mod query;

use studio_shared::day::Day;
use studio_shared::spend::Spend;
use studio_shared::words::Language;
use worker::{Response, ResponseBuilder};

use super::{Call, jobs};
use crate::access::Caller;
use crate::clock;
use crate::member::{Message, Outcome};
use crate::reply::{self, Refusal};

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    let query = query::read(pairs, Day::of(clock::now())).map_err(Refusal::problems)?;
    let (from, to) = (query.from, query.to);
    let rows = match jobs::ask(call, caller, Message::Spent { from, to }).await? {
        Outcome::Spent(rows) => rows,
        Outcome::Refused(refusal) => return Err(*refusal),
        _ => return Err(Refusal::internal()),
    };
    if !query.csv {
        return Ok(reply::json(200, &Spend { currency: "CNY".to_owned(), from, to, rows })?);
    }
    let language = Language::accepted(&call.request.headers().get("accept-language")?.unwrap_or_default());
    let response = ResponseBuilder::new()
        .with_header("content-type", "text/csv; charset=utf-8; header=present")?
        .with_header("content-disposition", &format!("attachment; filename=\"usage-{from}-{to}.csv\""))?;
    Ok(response.fixed(csv::table(&rows, language).into_bytes()))
}
