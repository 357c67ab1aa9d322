//! What may be spent and what is spent, by member and for the whole studio: pure.
//!
//! The single charges lie in the object's rows; here are their sums by day, and the limits. Each function takes the
//! charge as it stands and gives the charge as it is to be stored, so that sums and rows change together.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use studio_shared::budget::{Budget, Limits, Spending};
use studio_shared::day::Day;
use studio_shared::money::Money;

/// The account of the whole studio. No member's object has this id.
pub(super) const STUDIO: &str = "";

/// What the accounts of codes begin with. No member's object has such an id.
const CODE: &str = "code:";

/// Whose account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Account {
    /// A member's, by their object's id.
    Member(String),
    /// A code's: its share of the member's.
    Code(String),
}

impl Account {
    /// The name in the rows.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Member(id) => id.clone(),
            Self::Code(id) => code_account(id),
        }
    }
}

fn code_account(code: &str) -> String {
    format!("{CODE}{code}")
}

/// Who pays for a try: the member, and the code that they came in with, where with one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Payer<'a> {
    /// The member, by their object's id.
    pub(super) member: &'a str,
    /// The code.
    pub(super) code: Option<&'a str>,
}

impl<'a> From<&'a str> for Payer<'a> {
    fn from(member: &'a str) -> Self {
        Self { member, code: None }
    }
}

impl Payer<'_> {
    /// All accounts that it is taken from.
    fn accounts(self) -> impl Iterator<Item = (Whose, String)> {
        let code = self.code.map(|code| (Whose::Code, code_account(code)));
        let others = [(Whose::Member, self.member.to_owned()), (Whose::Studio, STUDIO.to_owned())];
        code.into_iter().chain(others)
    }
}

/// Charges are kept for so many days: this month's, last month's, and some.
pub(super) const KEPT_DAYS: u32 = 62;

/// What one try of one job takes from the budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    /// The day it counts for.
    pub(super) day: Day,
    /// What it takes.
    pub(super) sums: Sums,
    /// Whether its end was told. Nothing is reserved for it any more: a reservation that arrives late is none.
    pub(super) closed: bool,
}

/// Amounts that count against a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums {
    /// Held for what has not ended.
    pub(crate) reserved: Money,
    /// Billed, by the vendor's counts.
    pub(crate) spent: Money,
    /// Billed at most, beyond that.
    pub(crate) at_most: Money,
}

impl Sums {
    const fn plus(self, other: Self) -> Self {
        Self {
            reserved: self.reserved.plus(other.reserved),
            spent: self.spent.plus(other.spent),
            at_most: self.at_most.plus(other.at_most),
        }
    }

    const fn minus(self, other: Self) -> Self {
        Self {
            reserved: self.reserved.minus(other.reserved),
            spent: self.spent.minus(other.spent),
            at_most: self.at_most.minus(other.at_most),
        }
    }

    const fn taken(self) -> Money {
        self.reserved.plus(self.spent).plus(self.at_most)
    }

    const fn under(self, limit: Option<Money>) -> Spending {
        Spending { limit, spent: self.spent, at_most: self.at_most, reserved: self.reserved }
    }
}

/// What became of a try. Absolute: told twice it is the same, and it may be corrected by a later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settlement {
    /// The job.
    pub(crate) job: String,
    /// Which try of it.
    pub(crate) attempt: u32,
    /// The day it counts for, where nothing is known of it.
    pub(crate) day: Day,
    /// What it takes now. Something is reserved only where it turned out not to have ended.
    pub(crate) sums: Sums,
    /// Whether it has ended.
    pub(crate) closed: bool,
    /// The code that it was asked for with.
    #[serde(default)]
    pub(crate) code: Option<String>,
}

/// Whose budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Whose {
    /// The code's, its share of the member's.
    Code,
    /// The member's own.
    Member,
    /// The whole studio's.
    Studio,
}

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Period {
    /// A day in Beijing.
    Day,
    /// A calendar month in Beijing.
    Month,
}

impl Period {
    /// The name in the rows and in requests.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// The period of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Day, Self::Month].into_iter().find(|period| period.as_str() == name)
    }
}

/// Why a budget does not allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Denied {
    /// More than is left.
    Exceeded {
        /// Of whose budget.
        whose: Whose,
        /// Of which budget.
        period: Period,
        /// The budget.
        limit: Money,
        /// What is taken from it.
        taken: Money,
        /// What this would take at most.
        price: Money,
    },
    /// A budget is set, and nobody knows what this would take.
    Unpriced,
}

/// Limits and sums.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    accounts: HashMap<String, Sheet>,
}

/// What one account allows and has taken.
#[derive(Debug, Default)]
struct Sheet {
    limits: Limits,
    days: BTreeMap<Day, Sums>,
}

impl Sheet {
    fn sums(&self, period: Period, day: Day) -> Sums {
        match period {
            Period::Day => self.days.get(&day).copied().unwrap_or_default(),
            Period::Month => {
                let month = day.month();
                let days = self.days.range(month.first()..).take_while(|(day, _)| day.month() == month);
                days.fold(Sums::default(), |all, (_, sums)| all.plus(*sums))
            }
        }
    }

    const fn limit(&self, period: Period) -> Option<Money> {
        match period {
            Period::Day => self.limits.day,
            Period::Month => self.limits.month,
        }
    }

    fn spending(&self, period: Period, day: Day) -> Spending {
        self.sums(period, day).under(self.limit(period))
    }

    /// Why so much more is not allowed; `None` where it is.
    fn denies(&self, whose: Whose, day: Day, price: Option<Money>) -> Option<Denied> {
        [Period::Day, Period::Month].into_iter().find_map(|period| {
            let limit = self.limit(period)?;
            let Some(price) = price else { return Some(Denied::Unpriced) };
            let taken = self.sums(period, day).taken();
            let fits = price <= Money::ZERO || taken.plus(price) <= limit;
            (!fits).then_some(Denied::Exceeded { whose, period, limit, taken, price })
        })
    }
}

impl Ledger {
    /// Takes up what was stored: charges of an account and day, as their sum.
    pub(super) fn resume<'a>(&mut self, payer: impl Into<Payer<'a>>, day: Day, sums: Sums) {
        self.add(payer.into(), day, sums);
    }

    /// Sets one limit of an account, by its name; `None` lifts it.
    pub(super) fn limit(&mut self, account: &str, period: Period, amount: Option<Money>) {
        let limits = &mut self.account(account).limits;
        match period {
            Period::Day => limits.day = amount,
            Period::Month => limits.month = amount,
        }
    }

    /// Holds so much for a try, `charge` being what is known of it. Asked for once more it counts for the day it is
    /// asked for; a try whose end is known stays as it is.
    ///
    /// # Errors
    /// Which budget does not allow it. Nothing is held then, also not what was held before.
    pub(super) fn reserve<'a>(
        &mut self,
        payer: impl Into<Payer<'a>>,
        day: Day,
        charge: Option<Charge>,
        price: Option<Money>,
    ) -> Result<Charge, Denied> {
        let payer = payer.into();
        if let Some(charge) = charge {
            if charge.closed {
                return Ok(charge);
            }
            self.take(payer, charge);
        }
        let denied = payer.accounts().find_map(|(whose, account)| {
            self.accounts.get(&account).and_then(|account| account.denies(whose, day, price))
        });
        if let Some(denied) = denied {
            return Err(denied);
        }
        let sums = Sums { reserved: price.unwrap_or(Money::ZERO), ..Sums::default() };
        self.add(payer, day, sums);
        Ok(Charge { day, sums, closed: false })
    }

    /// Books what became of a try. It is told as a fact: no budget can refuse it.
    pub(super) fn settle<'a>(
        &mut self,
        payer: impl Into<Payer<'a>>,
        charge: Option<Charge>,
        told: &Settlement,
    ) -> Charge {
        let payer = payer.into();
        let day = charge.map_or(told.day, |charge| charge.day);
        if let Some(charge) = charge {
            self.take(payer, charge);
        }
        self.add(payer, day, told.sums);
        Charge { day, sums: told.sums, closed: told.closed }
    }

    /// Forgets the days before this one.
    pub(super) fn forget_before(&mut self, day: Day) {
        for account in self.accounts.values_mut() {
            account.days = account.days.split_off(&day);
        }
    }

    /// The members but one that have had something made since a day.
    pub(super) fn others(&self, member: &str, since: Day) -> Vec<String> {
        let is_members = |id: &str| id != STUDIO && !id.starts_with(CODE);
        let accounts = self.accounts.iter().filter(|(id, _)| *id != member && is_members(id));
        let recent = accounts.filter(|(_, account)| account.days.range(since..).next().is_some());
        recent.map(|(id, _)| id.clone()).collect()
    }

    /// What may be spent and is on an account, by its name.
    pub(super) fn budget(&self, account: &str, today: Day) -> Budget {
        let nothing = Sheet::default();
        let account = self.accounts.get(account).unwrap_or(&nothing);
        Budget { day: account.spending(Period::Day, today), month: account.spending(Period::Month, today) }
    }

    fn account(&mut self, name: &str) -> &mut Sheet {
        self.accounts.entry(name.to_owned()).or_default()
    }

    fn add(&mut self, payer: Payer<'_>, day: Day, sums: Sums) {
        for (_, name) in payer.accounts() {
            let total = self.account(&name).days.entry(day).or_default();
            *total = total.plus(sums);
        }
    }

    fn take(&mut self, payer: Payer<'_>, charge: Charge) {
        for (_, name) in payer.accounts() {
            let total = self.account(&name).days.entry(charge.day).or_default();
            *total = total.minus(charge.sums);
        }
    }
}
