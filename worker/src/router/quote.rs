//! `POST /api/quote`: what a request would cost and take. Spends nothing.

use studio_shared::catalogue::PRICES_AS_OF;
use studio_shared::live;
use studio_shared::quote::{PriceRange, Quote};
use studio_shared::request::Request;
use studio_shared::route::JSON_CAP;
use worker::Response;

use super::{Call, rights};
use crate::access::Caller;
use crate::pacer::{self, Lane};
use crate::reply::{self, Refusal};
use crate::{body, clock};

pub(super) async fn quote(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let request = Request::read(&bytes).map_err(Refusal::problems)?;
    rights::check(caller, &request)?;
    let (_, notes) = live::call(&request, call.config.live()).map_err(Refusal::problems)?;
    let traffic = pacer::look(call.env, Lane::of(request.kind()), &caller.member).await?;
    let quote = Quote {
        notes,
        price: PriceRange {
            currency: "CNY".to_owned(),
            low: request.least_price(),
            high: request.price(),
            as_of: PRICES_AS_OF.to_owned(),
        },
        wait_ms: traffic.moment(traffic.before(traffic.own)).since(clock::now()),
        request,
    };
    Ok(reply::json(200, &quote)?)
}
