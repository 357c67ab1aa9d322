//! `POST /api/batches/quote`: everything that is wrong with a batch, what it would cost and how long it would take.
//! Spends nothing.

use studio_shared::batch;
use worker::Response;

use super::file::Given;
use crate::access::Caller;
use crate::clock;
use crate::pacer::{self, Lane};
use crate::reply::{self, Refusal};
use crate::router::Call;

pub(in crate::router) async fn quote(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let given = Given::read(&mut call.request).await?;
    let mut quote = batch::look(&given.bytes, given.format, &given.settings, call.config.live()).quote;
    for counted in &quote.kinds {
        let traffic = pacer::look(call.env, Lane::of(counted.kind), &caller.member).await?;
        let last =
            traffic.moment(traffic.before(traffic.own.saturating_add(counted.count).saturating_sub(1)));
        let last = last.since(clock::now());
        quote.send_ms = quote.send_ms.max(last); // the kinds are sent beside each other
    }
    Ok(reply::json(200, &quote)?)
}
