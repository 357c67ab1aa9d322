//! `/api/budget` and `/api/usage`: what may be spent, and what was.

use gloo_net::http::Method;
use studio_shared::budget::{BudgetChange, Budgets};
use studio_shared::day::Day;
use studio_shared::route::Path;
use studio_shared::spend::{EverybodysSpend, Spend};

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// Budgets, and what is taken from them.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn budgets(self) -> Result<Budgets, Failure> {
        self.ask(Call::new(Method::GET, &Path::Budget)).await
    }

    /// Sets budgets.
    ///
    /// # Errors
    /// An amount is not usable, the caller does not own the studio, or the worker cannot be reached.
    pub async fn change_budget(self, change: &BudgetChange) -> Result<Budgets, Failure> {
        self.tell(Call::new(Method::PATCH, &Path::Budget), change).await
    }

    /// What was spent from one day to another, both included.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn spend(self, from: Day, to: Day) -> Result<Spend, Failure> {
        self.ask(Call::new(Method::GET, &address(Path::Usage, from, to))).await
    }

    /// What every member has spent from one day to another, both included; for the owner only.
    ///
    /// # Errors
    /// The caller does not own the studio, or the worker cannot be reached.
    pub async fn everybodys_spend(self, from: Day, to: Day) -> Result<EverybodysSpend, Failure> {
        self.ask(Call::new(Method::GET, &address(Path::EverybodysUsage, from, to))).await
    }
}

fn address(path: Path<'_>, from: Day, to: Day) -> String {
    format!("{path}?from={from}&to={to}")
}

/// The address of the same as a table.
#[must_use]
pub fn spend_table_address(from: Day, to: Day) -> String {
    format!("{}&format=csv", address(Path::Usage, from, to))
}

/// The address of what every member has spent, as a table.
#[must_use]
pub fn everybodys_table_address(from: Day, to: Day) -> String {
    format!("{}&format=csv", address(Path::EverybodysUsage, from, to))
}
