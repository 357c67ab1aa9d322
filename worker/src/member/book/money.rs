//! Money in the book: what was spent on what, and what the Studio has not been told yet.

use studio_shared::day::Day;
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::spend::SpendRow;
use worker::{Error, Result, SqlStorageValue};

use super::Book;
use crate::member::entry::{Charge, Entry};
use crate::studio::Settlement;

impl Book {
    /// Books what a try of a job was billed: `was` is what was booked for it before, `is` what shall be.
    pub(in crate::member) fn spend(
        &self,
        entry: &Entry,
        was: Option<Charge>,
        is: Option<Charge>,
    ) -> Result<()> {
        let jobs = i64::from(is.is_some()).saturating_sub(was.is_some().into());
        let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
        self.sql.exec(
            "INSERT INTO spend (day, kind, model, jobs, spent, at_most) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (day, kind, model) DO UPDATE SET jobs = jobs + excluded.jobs,
                spent = spent + excluded.spent, at_most = at_most + excluded.at_most",
            vec![
                day(entry.day),
                entry.kind().as_str().into(),
                entry.request.model().into(),
                SqlStorageValue::Integer(jobs),
                SqlStorageValue::Integer(is.spent.minus(was.spent).nano()),
                SqlStorageValue::Integer(is.at_most.minus(was.at_most).nano()),
            ],
        )?;
        Ok(())
    }

    /// What was spent from one day to another, both included: by day, kind and model.
    pub(in crate::member) fn spent(&self, from: Day, to: Day) -> Result<Vec<SpendRow>> {
        let statement = "SELECT day, kind, model, jobs, spent, at_most FROM spend
            WHERE day BETWEEN ? AND ? AND (jobs <> 0 OR spent <> 0 OR at_most <> 0) ORDER BY day, kind, model";
        let mut rows = Vec::new();
        for row in self.sql.exec(statement, vec![day(from), day(to)])?.raw() {
            if let [
                SqlStorageValue::Integer(day),
                SqlStorageValue::String(kind),
                SqlStorageValue::String(model),
                SqlStorageValue::Integer(jobs),
                SqlStorageValue::Integer(spent),
                SqlStorageValue::Integer(at_most),
            ] = row?.as_slice()
                && let Ok(kind) = kind.parse::<Kind>()
            {
                rows.push(SpendRow {
                    day: Day::nth(u64::try_from(*day).unwrap_or(0)),
                    kind,
                    model: model.clone(),
                    jobs: u32::try_from(*jobs).unwrap_or(0),
                    spent: Money::from_nano(*spent),
                    at_most: Money::from_nano(*at_most),
                });
            }
        }
        Ok(rows)
    }

    /// Writes down what the Studio has to be told of a try.
    pub(in crate::member) fn settle(&self, told: &Settlement) -> Result<()> {
        let attempt = SqlStorageValue::Integer(told.attempt.into());
        self.sql.exec(
            "INSERT INTO settlements (job, attempt, settlement) VALUES (?, ?, ?)
             ON CONFLICT (job, attempt) DO UPDATE SET settlement = excluded.settlement",
            vec![told.job.as_str().into(), attempt, serde_json::to_string(told)?.into()],
        )?;
        Ok(())
    }

    /// So many of what the Studio has not been told.
    pub(in crate::member) fn settlements(&self, limit: u32) -> Result<Vec<Settlement>> {
        let limit = vec![SqlStorageValue::Integer(limit.into())];
        let texts = self.texts("SELECT settlement FROM settlements LIMIT ?", limit)?;
        texts.iter().map(|text| serde_json::from_str(text).map_err(Error::from)).collect()
    }

    /// The Studio was told this: it need not be told again, unless it has changed meanwhile.
    pub(in crate::member) fn told(&self, told: &Settlement) -> Result<()> {
        let attempt = SqlStorageValue::Integer(told.attempt.into());
        self.sql.exec(
            "DELETE FROM settlements WHERE job = ? AND attempt = ? AND settlement = ?",
            vec![told.job.as_str().into(), attempt, serde_json::to_string(told)?.into()],
        )?;
        Ok(())
    }

    /// Jobs by themselves, of no batch, that wait for their money.
    pub(in crate::member) fn held_singles(&self, limit: u32) -> Result<Vec<Entry>> {
        let statement = "SELECT entry FROM jobs INDEXED BY jobs_held
            WHERE state = 'queued' AND due IS NULL AND batch IS NULL ORDER BY id LIMIT ?";
        self.entries(statement, vec![SqlStorageValue::Integer(limit.into())])
    }

    /// Takes back a job for which there was no money, as if it had never been asked for: its key is free again, and
    /// the conversation that it would have begun is gone.
    pub(in crate::member) fn take_back(&self, entry: &Entry, key: Option<&str>) -> Result<()> {
        self.remove(&entry.id)?;
        if let Some(key) = key {
            self.forget_key(key)?;
        }
        if let Some(turn) = &entry.turn {
            let conversation = turn.conversation.as_str();
            self.sql.exec("DELETE FROM turns WHERE job = ?", vec![entry.id.as_str().into()])?;
            let alone = "DELETE FROM conversations WHERE id = ?1 AND ?2
                AND NOT EXISTS (SELECT 1 FROM turns WHERE conversation = ?1)";
            self.sql.exec(alone, vec![conversation.into(), SqlStorageValue::Integer(turn.begins.into())])?;
        }
        Ok(())
    }
}

fn day(day: Day) -> SqlStorageValue {
    SqlStorageValue::Integer(day.number().into())
}
