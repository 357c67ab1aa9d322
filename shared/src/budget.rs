//! Budgets: what may be spent, what is spent. The reply of `GET` and the body of `PATCH /api/budget`.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::money::Money;

/// What may be spent at most; `None` is without limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// In one day, Beijing time.
    pub day: Option<Money>,
    /// In one calendar month, Beijing time.
    pub month: Option<Money>,
}

/// What was spent in a period, and what may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Spending {
    /// The budget; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// Billed, by the vendor's counts.
    pub spent: Money,
    /// Billed at most: of jobs of which nobody knows whether they were billed. Counts against the budget.
    pub at_most: Money,
    /// Held for jobs that have not ended. Counts against the budget.
    pub reserved: Money,
}

impl Spending {
    /// What is taken from the budget.
    #[must_use]
    pub const fn taken(&self) -> Money {
        self.spent.plus(self.at_most).plus(self.reserved)
    }

    /// What is left of the budget; `None` where there is none.
    #[must_use]
    pub fn left(&self) -> Option<Money> {
        let left = |limit: Money| Money::from_nano(limit.nano().saturating_sub(self.taken().nano()).max(0));
        self.limit.map(left)
    }
}

/// The running day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Budget {
    /// Today.
    pub day: Spending,
    /// This month.
    pub month: Spending,
}

/// All budgets that a caller may see: the reply of `GET` and `PATCH /api/budget`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Budgets {
    /// Always `CNY`.
    pub currency: String,
    /// The running day, Beijing time.
    pub today: Day,
    /// The caller's own.
    pub member: Budget,
    /// The whole studio's; for the owner only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studio: Option<Budget>,
}

/// The body of `PATCH /api/budget`, which only the owner may send. What is absent stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BudgetChange {
    /// The owner's own budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Limits>,
    /// The whole studio's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studio: Option<Limits>,
}
