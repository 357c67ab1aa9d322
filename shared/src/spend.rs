//! What was spent on what: the reply of `GET /api/usage?from=&to=`; with `format=csv` the same as a table.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::kind::Kind;
use crate::money::Money;

/// What was spent on one model in one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SpendRow {
    /// The day, Beijing time: that on which the job was submitted or sent again.
    pub day: Day,
    /// The kind of work.
    pub kind: Kind,
    /// The model.
    pub model: String,
    /// Jobs that ended, in whatever way; each try counts.
    pub jobs: u32,
    /// Billed, by the vendor's counts.
    pub spent: Money,
    /// Billed at most, of those of which nobody knows.
    pub at_most: Money,
}

/// What a member has spent on one model in one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberSpendRow {
    /// The member's id.
    pub member: String,
    /// What they are called.
    pub name: String,
    /// On what.
    #[serde(flatten)]
    pub row: SpendRow,
}

/// What everybody has spent: the reply of `GET /api/admin/usage?from=&to=`; with `format=csv` the same as a table. Members
/// that were deleted are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EverybodysSpend {
    /// Always `CNY`.
    pub currency: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// By member, the owner first and the others oldest first; then by day, kind and model.
    pub rows: Vec<MemberSpendRow>,
}

/// What was spent from one day to another, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Spend {
    /// Always `CNY`.
    pub currency: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// By day, kind and model, in this order.
    pub rows: Vec<SpendRow>,
}
