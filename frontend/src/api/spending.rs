//! `/api/budget` and `/api/usage`: what may be spent, and what was.

use gloo_net::http::Method;
use studio_shared::budget::{BudgetChange, Budgets};
use studio_shared::day::Day;
use studio_shared::route::Path;
use studio_shared::spend::Spend;

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
        self.ask(Call::new(Method::GET, &address(from, to))).await
    }
}

fn address(from: Day, to: Day) -> String {
    format!("{}?from={from}&to={to}", Path::Usage)
}

/// The address of the same as a table.
#[must_use]
pub fn spend_table_address(from: Day, to: Day) -> String {
    format!("{}&format=csv", address(from, to))
}
