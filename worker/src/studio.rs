//! The Studio object: one for the whole deployment. It knows what everybody may spend and has spent, so that a
//! budget holds however many ask at once: whoever is about to spend reserves it here first.
//!
//! A thin shell: [`ledger`] decides, this file keeps its rows. Between reading a charge and writing it nothing awaits,
//! and no answer leaves before the rows are on disk.

mod ledger;
mod rows;

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};
use studio_shared::budget::{Budget, Limits};
use studio_shared::day::Day;
use studio_shared::money::Money;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

pub(crate) use ledger::{Account, Denied, Period, Settlement, Sums, Whose};
use ledger::{KEPT_DAYS, Ledger, Payer, STUDIO};
use rows::Rows;

use crate::{reply, stub};

/// The name of the one Studio.
const NAME: &str = "studio";

/// What the Studio is told. Members are named by their object's id: an object that its alarm wakes is not told its name.
#[derive(Debug, Serialize, Deserialize)]
enum Message {
    /// Hold this money, in order, until the first that a budget does not allow.
    Reserve { member: String, day: Day, asked: Vec<Asked> },
    /// This became of what was held.
    Settle { member: String, settlements: Vec<Settlement> },
    /// What may be spent, and is?
    Read { member: String, today: Day },
    /// Set limits.
    Limit { member: String, today: Day, changes: Vec<Change> },
    /// Set both limits of an account.
    SetLimits { account: Account, limits: Limits },
    /// What may be spent and is on these accounts, in their order?
    Budgets { accounts: Vec<Account>, today: Day },
    /// Lift the limits of accounts that are gone.
    Forget { accounts: Vec<Account> },
    /// Who else has had something made since that day?
    Others { member: String, since: Day },
    /// This task of the vendor's is this member's, unless another one has it already.
    Claim { member: String, task: String, today: Day },
    /// It is not.
    Unclaim { member: String, task: String },
}

/// Money that a try of a job needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The job.
    pub(crate) job: String,
    /// Which try of it.
    pub(crate) attempt: u32,
    /// What it costs at most; `None` where nobody knows.
    pub(crate) price: Option<Money>,
    /// The code that it was asked for with.
    pub(crate) code: Option<String>,
}

/// What was held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Held {
    /// So many, from the first.
    pub(crate) granted: usize,
    /// Why the next one was not.
    pub(crate) denied: Option<Denied>,
}

/// One limit that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// Whose.
    pub(crate) whose: Whose,
    /// For how long.
    pub(crate) period: Period,
    /// The limit; `None` lifts it.
    pub(crate) limit: Option<Money>,
}

/// What may be spent, and is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// By the member.
    pub(crate) member: Budget,
    /// By everybody.
    pub(crate) studio: Budget,
}

/// Holds money for a member's jobs, in order, until the first that a budget does not allow.
pub(crate) async fn reserve(env: &Env, member: &str, day: Day, asked: Vec<Asked>) -> Result<Held> {
    ask(env, &Message::Reserve { member: member.to_owned(), day, asked }).await
}

/// Tells what became of a member's tries.
pub(crate) async fn settle(env: &Env, member: &str, settlements: Vec<Settlement>) -> Result<()> {
    ask(env, &Message::Settle { member: member.to_owned(), settlements }).await
}

/// Asks for a member's budgets and the studio's.
pub(crate) async fn read(env: &Env, member: &str, today: Day) -> Result<Standing> {
    ask(env, &Message::Read { member: member.to_owned(), today }).await
}

/// Sets limits of a member and of the studio.
pub(crate) async fn limit(env: &Env, member: &str, today: Day, changes: Vec<Change>) -> Result<Standing> {
    ask(env, &Message::Limit { member: member.to_owned(), today, changes }).await
}

/// Sets both limits of an account; what is absent is without limit.
pub(crate) async fn set_limits(env: &Env, account: Account, limits: Limits) -> Result<()> {
    ask(env, &Message::SetLimits { account, limits }).await
}

/// Asks for the budgets of accounts, in their order.
pub(crate) async fn budgets(env: &Env, accounts: Vec<Account>, today: Day) -> Result<Vec<Budget>> {
    ask(env, &Message::Budgets { accounts, today }).await
}

/// Lifts the limits of accounts that are gone. What was spent on them stays spent.
pub(crate) async fn forget(env: &Env, accounts: Vec<Account>) -> Result<()> {
    ask(env, &Message::Forget { accounts }).await
}

/// The other members that have had something made since a day.
pub(crate) async fn others(env: &Env, member: &str, since: Day) -> Result<Vec<String>> {
    ask(env, &Message::Others { member: member.to_owned(), since }).await
}

/// Takes a task that was found in the vendor's list for a member; `false` where another one has it.
pub(crate) async fn claim(env: &Env, member: &str, task: &str, today: Day) -> Result<bool> {
    ask(env, &Message::Claim { member: member.to_owned(), task: task.to_owned(), today }).await
}

/// Gives a task back that turned out to be somebody else's.
pub(crate) async fn unclaim(env: &Env, member: &str, task: &str) -> Result<()> {
    ask(env, &Message::Unclaim { member: member.to_owned(), task: task.to_owned() }).await
}

async fn ask<A: serde::de::DeserializeOwned>(env: &Env, message: &Message) -> Result<A> {
    stub::ask(&stub::object(env, "STUDIO", NAME)?, message).await
}

/// The Studio object.
#[durable_object(fetch)]
pub struct Studio {
    rows: Rows,
    /// As the rows have it; not there before the first message, and after a row could not be written.
    ledger: RefCell<Option<Ledger>>,
    /// The last day on which old charges were forgotten.
    swept: Cell<Day>,
}

impl DurableObject for Studio {
    fn new(state: State, _env: Env) -> Self {
        Self { rows: Rows::of(&state), ledger: RefCell::default(), swept: Cell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let message = serde_json::from_str(&request.text().await?)?;
        // From here on nothing awaits.
        let mut kept = self.ledger.borrow_mut();
        let mut ledger = match kept.take() {
            Some(ledger) => ledger,
            None => self.rows.ledger()?,
        };
        let response = self.answer(&mut ledger, message)?;
        *kept = Some(ledger);
        Ok(response)
    }
}

impl Studio {
    fn answer(&self, ledger: &mut Ledger, message: Message) -> Result<Response> {
        match message {
            Message::Reserve { member, day, asked } => {
                self.sweep(ledger, day)?;
                reply::json(200, &self.reserve(ledger, &member, day, &asked)?)
            }
            Message::Settle { member, settlements } => {
                reply::json(200, &self.settle(ledger, &member, &settlements)?)
            }
            Message::Read { member, today } => reply::json(200, &standing(ledger, &member, today)),
            Message::Limit { member, today, changes } => {
                for Change { whose, period, limit } in changes {
                    let account = if whose == Whose::Studio { STUDIO } else { &member };
                    self.limit(ledger, account, period, limit)?;
                }
                reply::json(200, &standing(ledger, &member, today))
            }
            Message::SetLimits { account, limits } => {
                reply::json(200, &self.set_limits(ledger, &account, limits)?)
            }
            Message::Budgets { accounts, today } => {
                let budgets = accounts.iter().map(|account| ledger.budget(&account.name(), today));
                reply::json(200, &budgets.collect::<Vec<Budget>>())
            }
            Message::Forget { accounts } => {
                for account in accounts {
                    self.set_limits(ledger, &account, Limits::default())?;
                }
                reply::json(200, &())
            }
            Message::Others { member, since } => reply::json(200, &ledger.others(&member, since)),
            Message::Claim { member, task, today } => {
                self.sweep(ledger, today)?;
                reply::json(200, &self.rows.claim(&member, &task, today)?)
            }
            Message::Unclaim { member, task } => reply::json(200, &self.rows.unclaim(&member, &task)?),
        }
    }

    fn set_limits(&self, ledger: &mut Ledger, account: &Account, limits: Limits) -> Result<()> {
        self.limit(ledger, &account.name(), Period::Day, limits.day)?;
        self.limit(ledger, &account.name(), Period::Month, limits.month)
    }

    fn limit(&self, ledger: &mut Ledger, account: &str, period: Period, limit: Option<Money>) -> Result<()> {
        self.rows.limit(account, period, limit)?;
        ledger.limit(account, period, limit);
        Ok(())
    }

    fn reserve(&self, ledger: &mut Ledger, member: &str, day: Day, asked: &[Asked]) -> Result<Held> {
        let mut granted: usize = 0;
        for Asked { job, attempt, price, code } in asked {
            let payer = Payer { member, code: code.as_deref() };
            let charge = self.rows.charge(member, job, *attempt)?;
            let held = ledger.reserve(payer, day, charge, *price);
            match held {
                Ok(held) if charge == Some(held) => {}
                Ok(held) => self.rows.keep(payer, job, *attempt, &held)?,
                Err(denied) => {
                    if charge.is_some() {
                        self.rows.remove(member, job, *attempt)?;
                    }
                    return Ok(Held { granted, denied: Some(denied) });
                }
            }
            granted = granted.saturating_add(1);
        }
        Ok(Held { granted, denied: None })
    }

    fn settle(&self, ledger: &mut Ledger, member: &str, settlements: &[Settlement]) -> Result<()> {
        for told in settlements {
            let charge = self.rows.charge(member, &told.job, told.attempt)?;
            let payer = Payer { member, code: told.code.as_deref() };
            let settled = ledger.settle(payer, charge, told);
            if charge != Some(settled) {
                self.rows.keep(payer, &told.job, told.attempt, &settled)?;
            }
        }
        Ok(())
    }

    /// Once a day: forgets charges that no budget counts any more.
    fn sweep(&self, ledger: &mut Ledger, today: Day) -> Result<()> {
        if self.swept.replace(today) != today {
            let first = Day::nth(today.number().saturating_sub(KEPT_DAYS).into());
            self.rows.forget_before(first)?;
            ledger.forget_before(first);
        }
        Ok(())
    }
}

fn standing(ledger: &Ledger, member: &str, today: Day) -> Standing {
    Standing { member: ledger.budget(member, today), studio: ledger.budget(STUDIO, today) }
}
