//! What a request would cost and take: the reply of `POST /api/quote`, which spends nothing.

use serde::{Deserialize, Serialize};

use crate::live::Note;
use crate::money::Money;
use crate::request::Request;

/// What a request would cost and take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Quote {
    /// The request as it was understood, defaults filled in.
    pub request: Request,
    /// What would be sent otherwise than asked for.
    pub notes: Vec<Note>,
    /// The price.
    pub price: PriceRange,
    /// Milliseconds until the request could be sent at current limits.
    pub wait_ms: u64,
}

/// A price before the work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PriceRange {
    /// Always `CNY`.
    pub currency: String,
    /// If as little as possible is billed; absent where the price is not listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Money>,
    /// If everything comes out; absent where that is not known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Money>,
    /// The state of the price page it was computed from.
    pub as_of: String,
}
