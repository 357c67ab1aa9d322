//! The Pacer object: one for the vendor's account, since its limits hold for the account as a whole
//! (`dashscope-api.md` §9.1). Nothing is created, polled, listed or cancelled without its permit.
//!
//! A thin shell: [`schedule`] decides, this file waits and answers. A permit is given at the moment it is for, so
//! that only the way from here to the vendor can blur the pace; how long that was is told afterwards.

mod lane;
mod schedule;
mod share;
mod traffic;
mod window;

use std::cell::RefCell;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;
use worker::{Delay, DurableObject, Env, Request, Response, Result, SqlStorageValue, State, durable_object};

pub(crate) use lane::Lane;
use schedule::{Ask, Schedule, Turn};
use share::Share;
#[cfg(test)]
pub(crate) use traffic::ModelTraffic;
pub(crate) use traffic::{Traffic, room};

use crate::config::Config;
use crate::{clock, reply, stub};

/// The name of the one Pacer.
const NAME: &str = "account";

/// What the Pacer is told.
#[derive(Debug, Serialize, Deserialize)]
enum Message {
    /// May I call? Answered when it is this member's turn.
    Permit { lane: Lane, wish: Wish },
    /// What became of a call, and what is at the vendor now.
    Tell { lane: Lane, news: News },
    /// How busy is it for a member?
    Look { lane: Lane, member: String },
}

/// What a member wants to call.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Wish {
    /// Who.
    pub(crate) member: String,
    /// How many calls there are to make, this one included.
    pub(crate) waiting: u32,
    /// The models that could be called, what is wanted first in front; none where the call is not about a model.
    pub(crate) models: Vec<String>,
    /// Tasks of this kind that have not ended, by model.
    pub(crate) at_vendor: Vec<(String, u32)>,
}

/// What a member tells of its own accord.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct News {
    /// Who.
    pub(crate) member: String,
    /// Tasks of this kind that have not ended, by model; `None` where that has not changed.
    pub(crate) at_vendor: Option<Vec<(String, u32)>>,
    /// A call that has been answered.
    pub(crate) arrived: Option<Arrived>,
    /// The vendor refused a call for now.
    pub(crate) refused: Option<Refused>,
}

/// A call that has been answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Arrived {
    /// Its model.
    pub(crate) model: String,
    /// The moment its permit was for.
    pub(crate) at: Timestamp,
    /// How long after that it can at most have reached the vendor.
    pub(crate) within_ms: u64,
}

/// "Not now".
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Refused {
    /// The pause that was asked for.
    pub(crate) pause_ms: u64,
    /// Whether it said "too fast", and not that something is away.
    pub(crate) too_fast: bool,
}

/// What the Pacer says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Whether the caller may call now.
    pub(crate) permit: Option<Permit>,
    /// How busy the lane is.
    pub(crate) traffic: Traffic,
}

/// A call may be made now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Permit {
    /// The moment it is for.
    pub(crate) at: Timestamp,
    /// Which of the models; `None` where none was named.
    pub(crate) model: Option<String>,
}

/// Asks for a permit; the answer comes when it is this member's turn.
pub(crate) async fn permit(env: &Env, lane: Lane, wish: Wish) -> Result<Answer> {
    ask(env, &Message::Permit { lane, wish }).await
}

/// Waits until a call that is not about a model may be made: a poll, a list, a cancel.
pub(crate) async fn wait(env: &Env, lane: Lane, member: &str) -> Result<()> {
    let wish = Wish { member: member.to_owned(), waiting: 1, ..Wish::default() };
    while permit(env, lane, wish.clone()).await?.permit.is_none() {
        Delay::from(Duration::from_secs(1)).await;
    }
    Ok(())
}

/// Tells news.
pub(crate) async fn tell(env: &Env, lane: Lane, news: News) -> Result<()> {
    ask(env, &Message::Tell { lane, news }).await.map(drop)
}

/// Asks how busy a lane is for the member of that name.
pub(crate) async fn look(env: &Env, lane: Lane, name: &str) -> Result<Traffic> {
    let member = env.durable_object("MEMBER")?.id_from_name(name)?.to_string();
    Ok(ask(env, &Message::Look { lane, member }).await?.traffic)
}

async fn ask(env: &Env, message: &Message) -> Result<Answer> {
    stub::ask(&stub::object(env, "PACER", NAME)?, message).await
}

/// The Pacer object.
#[durable_object(fetch)]
pub struct Pacer {
    state: State,
    schedule: RefCell<Schedule>,
}

impl DurableObject for Pacer {
    fn new(state: State, env: Env) -> Self {
        // Without a region nothing is ever asked here: the studio refuses to run.
        let region = Config::read(&env).map(|config| config.region).unwrap_or_default();
        let mut schedule = Schedule::new(region, clock::now());
        if let Err(error) = resume(&state, &mut schedule) {
            crate::log::event("pace_not_resumed", &error.to_string());
        }
        Self { state, schedule: RefCell::new(schedule) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let message = serde_json::from_str(&request.text().await?)?;
        let (lane, member, models, permit) = match message {
            Message::Permit { lane, wish } => {
                let Wish { member, waiting, models, at_vendor } = wish;
                if lane.kind().is_some() {
                    self.schedule.borrow_mut().told(lane, &member, &at_vendor, clock::now());
                }
                let permit =
                    self.wait(lane, Ask { member: member.clone(), waiting, models: models.clone() }).await?;
                (lane, member, models, permit)
            }
            Message::Tell { lane, news } => {
                self.hear(lane, &news)?;
                (lane, news.member, Vec::new(), None)
            }
            Message::Look { lane, member } => (lane, member, Vec::new(), None),
        };
        let traffic = self.schedule.borrow().traffic(lane, &member, &models, clock::now());
        reply::json(200, &Answer { permit, traffic })
    }
}

impl Pacer {
    /// Waits in line.
    async fn wait(&self, lane: Lane, ask: Ask) -> Result<Option<Permit>> {
        let ticket = self.schedule.borrow_mut().ask(lane, ask, clock::now());
        loop {
            let now = clock::now();
            let turn = self.schedule.borrow_mut().turn(lane, ticket, now);
            match turn {
                Turn::Now { at, model } => {
                    self.store(lane, model.as_deref())?;
                    return Ok(Some(Permit { at, model }));
                }
                Turn::Look(moment) => Delay::from(Duration::from_millis(moment.since(now))).await,
                Turn::Later => return Ok(None),
            }
        }
    }

    fn hear(&self, lane: Lane, news: &News) -> Result<()> {
        let mut schedule = self.schedule.borrow_mut();
        let now = clock::now();
        if let Some(Arrived { model, at, within_ms }) = &news.arrived {
            schedule.arrived(lane, model, *at, *within_ms);
        }
        if let Some(at_vendor) = &news.at_vendor {
            schedule.told(lane, &news.member, at_vendor, now);
        }
        if let Some(Refused { pause_ms, too_fast }) = news.refused {
            schedule.refused(lane, pause_ms, too_fast, now);
            drop(schedule);
            self.store(lane, None)?;
        }
        Ok(())
    }

    /// Keeps what a restart must not forget: the last call, and how much slower than allowed it goes.
    fn store(&self, lane: Lane, model: Option<&str>) -> Result<()> {
        let integer = |number: u64| SqlStorageValue::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        for (name, last, share) in self.schedule.borrow().kept(lane, model) {
            self.state.storage().sql().exec(
                "INSERT OR REPLACE INTO paces (name, last, share, since) VALUES (?, ?, ?, ?)",
                vec![name.into(), integer(last.ms()), integer(share.left.into()), integer(share.since.ms())],
            )?;
        }
        Ok(())
    }
}

/// Takes the pace up where the last life of the object left it.
fn resume(state: &State, schedule: &mut Schedule) -> Result<()> {
    let sql = state.storage().sql();
    sql.exec(
        "CREATE TABLE IF NOT EXISTS paces (
            name TEXT PRIMARY KEY,  -- of a lane, or of a model with a rate of its own
            last INTEGER NOT NULL,  -- when it was last called
            share INTEGER NOT NULL, -- of its rate that was left, in thousandths
            since INTEGER NOT NULL  -- from when on the rest comes back
        ) WITHOUT ROWID",
        None,
    )?;
    for row in sql.exec("SELECT name, last, share, since FROM paces", None)?.raw() {
        use SqlStorageValue::{Integer, String};
        if let [String(name), Integer(last), Integer(share), Integer(since)] = row?.as_slice()
            && let (Ok(last), Ok(share), Ok(since)) =
                ((*last).try_into(), (*share).try_into(), (*since).try_into())
        {
            let share = Share::resumed(share, Timestamp::from_ms(since));
            schedule.resume(name, Timestamp::from_ms(last), share);
        }
    }
    Ok(())
}
