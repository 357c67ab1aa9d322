//! The Studio's rows in SQLite.

use studio_shared::day::Day;
use studio_shared::money::Money;
use worker::{Result, SqlStorage, SqlStorageValue, State};

use super::ledger::{Charge, Ledger, Payer, Period, Sums};
use crate::steps;

/// Amounts are in billionths of a yuan; a double holds nine million yuan of them exactly.
const STEPS: &[&str] = &[
    "
    CREATE TABLE IF NOT EXISTS charges (
        member TEXT NOT NULL,        -- the id of the member's object
        job TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        day INTEGER NOT NULL,        -- days since 1970, in Beijing
        reserved INTEGER NOT NULL,
        spent INTEGER NOT NULL,
        at_most INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        PRIMARY KEY (member, job, attempt)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS limits (
        account TEXT NOT NULL,       -- the id of a member's object; empty for the whole studio
        period TEXT NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (account, period)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS claims (
        task TEXT PRIMARY KEY,       -- of the vendor's, found in its list
        member TEXT NOT NULL,
        day INTEGER NOT NULL
    ) WITHOUT ROWID;
",
    "
    -- The code that it was asked for with, where with one.
    ALTER TABLE charges ADD COLUMN code TEXT NOT NULL DEFAULT '';
",
];

/// The Studio's storage.
pub(super) struct Rows {
    sql: SqlStorage,
}

impl Rows {
    pub(super) fn of(state: &State) -> Self {
        Self { sql: state.storage().sql() }
    }

    /// The ledger as the rows have it.
    pub(super) fn ledger(&self) -> Result<Ledger> {
        steps::lay_out(&self.sql, STEPS)?;
        let mut ledger = Ledger::default();
        for row in self.sql.exec("SELECT account, period, amount FROM limits", None)?.raw() {
            if let [
                SqlStorageValue::String(account),
                SqlStorageValue::String(period),
                SqlStorageValue::Integer(amount),
            ] = row?.as_slice()
                && let Some(period) = Period::from_name(period)
            {
                ledger.limit(account, period, Some(Money::from_nano(*amount)));
            }
        }
        let sums = "SELECT member, code, day, sum(reserved), sum(spent), sum(at_most) FROM charges GROUP BY member, code, day";
        for row in self.sql.exec(sums, None)?.raw() {
            if let [SqlStorageValue::String(member), SqlStorageValue::String(code), rest @ ..] =
                row?.as_slice()
                && let Some((day, sums)) = amounts(rest)
            {
                let code = Some(code.as_str()).filter(|code| !code.is_empty());
                ledger.resume(Payer { member, code }, day, sums);
            }
        }
        Ok(ledger)
    }

    /// What one try takes.
    pub(super) fn charge(&self, member: &str, job: &str, attempt: u32) -> Result<Option<Charge>> {
        let statement = "SELECT day, reserved, spent, at_most, closed FROM charges
            WHERE member = ? AND job = ? AND attempt = ?";
        let row = self.sql.exec(statement, place(member, job, attempt))?.raw().next().transpose()?;
        Ok(match row.as_deref() {
            Some([rest @ .., SqlStorageValue::Integer(closed)]) => {
                amounts(rest).map(|(day, sums)| Charge { day, sums, closed: *closed != 0 })
            }
            _ => None,
        })
    }

    /// Writes down what one try takes.
    pub(super) fn keep(&self, payer: Payer<'_>, job: &str, attempt: u32, charge: &Charge) -> Result<()> {
        let Sums { reserved, spent, at_most } = charge.sums;
        let mut values = place(payer.member, job, attempt);
        values.push(SqlStorageValue::Integer(charge.day.number().into()));
        values.extend([reserved, spent, at_most].map(|amount| SqlStorageValue::Integer(amount.nano())));
        values.push(SqlStorageValue::Integer(charge.closed.into()));
        values.push(payer.code.unwrap_or_default().into());
        self.sql.exec(
            "INSERT INTO charges (member, job, attempt, day, reserved, spent, at_most, closed, code)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (member, job, attempt) DO UPDATE SET day = excluded.day, reserved = excluded.reserved,
                spent = excluded.spent, at_most = excluded.at_most, closed = excluded.closed",
            values,
        )?;
        Ok(())
    }

    /// Forgets a try for which nothing is held.
    pub(super) fn remove(&self, member: &str, job: &str, attempt: u32) -> Result<()> {
        let statement = "DELETE FROM charges WHERE member = ? AND job = ? AND attempt = ?";
        self.sql.exec(statement, place(member, job, attempt)).map(drop)
    }

    /// Forgets the charges of the days before this one.
    pub(super) fn forget_before(&self, day: Day) -> Result<()> {
        let values = vec![SqlStorageValue::Integer(day.number().into())];
        self.sql.exec("DELETE FROM charges WHERE day < ?", values.clone())?;
        self.sql.exec("DELETE FROM claims WHERE day < ?", values).map(drop)
    }

    /// Takes a task for a member; whether it is theirs now.
    pub(super) fn claim(&self, member: &str, task: &str, day: Day) -> Result<bool> {
        let values = vec![task.into(), member.into(), SqlStorageValue::Integer(day.number().into())];
        self.sql.exec("INSERT OR IGNORE INTO claims (task, member, day) VALUES (?, ?, ?)", values)?;
        let owner = self.sql.exec("SELECT member FROM claims WHERE task = ?", vec![task.into()])?;
        let owner = owner.raw().next().transpose()?;
        Ok(matches!(owner.as_deref(), Some([SqlStorageValue::String(owner), ..]) if owner == member))
    }

    /// Gives a task back.
    pub(super) fn unclaim(&self, member: &str, task: &str) -> Result<()> {
        let values = vec![task.into(), member.into()];
        self.sql.exec("DELETE FROM claims WHERE task = ? AND member = ?", values).map(drop)
    }

    /// Writes down a limit; `None` lifts it.
    pub(super) fn limit(&self, account: &str, period: Period, amount: Option<Money>) -> Result<()> {
        let place = vec![account.into(), period.as_str().into()];
        let Some(amount) = amount else {
            return self.sql.exec("DELETE FROM limits WHERE account = ? AND period = ?", place).map(drop);
        };
        let mut values = place;
        values.push(SqlStorageValue::Integer(amount.nano()));
        self.sql.exec(
            "INSERT INTO limits (account, period, amount) VALUES (?, ?, ?)
             ON CONFLICT (account, period) DO UPDATE SET amount = excluded.amount",
            values,
        )?;
        Ok(())
    }
}

fn place(member: &str, job: &str, attempt: u32) -> Vec<SqlStorageValue> {
    vec![member.into(), job.into(), SqlStorageValue::Integer(attempt.into())]
}

fn amounts(row: &[SqlStorageValue]) -> Option<(Day, Sums)> {
    let [day, reserved, spent, at_most] = row else { return None };
    let money = |value: &SqlStorageValue| match value {
        SqlStorageValue::Integer(nano) => Some(Money::from_nano(*nano)),
        _ => None,
    };
    let SqlStorageValue::Integer(day) = day else { return None };
    let sums = Sums { reserved: money(reserved)?, spent: money(spent)?, at_most: money(at_most)? };
    Some((Day::nth(u64::try_from(*day).ok()?), sums))
}
