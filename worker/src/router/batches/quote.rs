//! `POST /api/batches/quote`: everything that is wrong with a batch, what it would cost and how long it would take.
//! Spends nothing.

use studio_shared::batch;
use worker::Response;

use super::file::Given;
use crate::access::Caller;
use crate::clock;
use crate::pacer::{self, Lane};
use crate::reply::{self, Refusal};
use crate::router::{Call, rights};

pub(in crate::router) async fn quote(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let given = Given::read(&mut call.request).await?;
    let batch::Looked { mut quote, entries } =
        batch::look(&given.bytes, given.format, &given.settings, call.config.live());
    let not_allowed = rights::of_batch(caller, &entries);
    quote.wrong = quote.wrong.saturating_add(u32::try_from(not_allowed.len()).unwrap_or(u32::MAX));
    quote.problems.extend(not_allowed);
    quote.problems.sort_by_key(|problem| (problem.line, problem.column));
    quote.problems.truncate(batch::MOST_PROBLEMS);
    for counted in &quote.kinds {
        let traffic = pacer::look(call.env, Lane::of(counted.kind), &caller.member).await?;
        let last =
            traffic.moment(traffic.before(traffic.own.saturating_add(counted.count).saturating_sub(1)));
        let last = last.since(clock::now());
        quote.send_ms = quote.send_ms.max(last); // the kinds are sent beside each other
    }
    Ok(reply::json(200, &quote)?)
}
