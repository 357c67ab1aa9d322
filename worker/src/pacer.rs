//! The Pacer object: one for the vendor's account, since its limits hold for the account as a whole
//! (`dashscope-api.md` §9.1). Nothing is created or polled without its permit.
//!
//! A thin shell: [`schedule`] decides, this file waits and answers. A permit is given at the moment it is for, so
//! that only the way from here to the vendor can blur the pace.

mod lane;
mod schedule;

use std::cell::RefCell;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;
use worker::{Delay, DurableObject, Env, Request, Response, Result, SqlStorageValue, State, durable_object};

pub(crate) use lane::Lane;
use schedule::{Schedule, Turn};

use crate::{clock, reply, stub};

/// The name of the one Pacer.
const NAME: &str = "account";

/// What the Pacer is told.
#[derive(Debug, Serialize, Deserialize)]
enum Message {
    /// May I call? Answered when it is this member's turn.
    Permit { lane: Lane, member: String, waiting: u32 },
    /// The vendor said "too fast": nobody calls for so long.
    Pause { lane: Lane, pause_ms: u64 },
    /// How busy is it?
    Look { lane: Lane },
}

/// What the Pacer says.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Whether the caller may call now.
    pub(crate) granted: bool,
    /// How busy the lane is.
    pub(crate) traffic: Traffic,
}

/// How busy a lane is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Traffic {
    /// When the next call can be made.
    pub(crate) next_free: Timestamp,
    /// Milliseconds between two calls.
    pub(crate) interval_ms: u64,
    /// Members with something waiting.
    pub(crate) members: u32,
}

impl Traffic {
    /// When the call is expected that has `rank` others of the same member before it.
    pub(crate) fn expected(&self, rank: u32) -> Timestamp {
        let turns = u64::from(rank).saturating_mul(u64::from(self.members.max(1)));
        self.next_free.after(turns.saturating_mul(self.interval_ms))
    }
}

/// Asks for a permit; the answer comes when it is this member's turn.
pub(crate) async fn permit(env: &Env, lane: Lane, member: &str, waiting: u32) -> Result<Answer> {
    ask(env, &Message::Permit { lane, member: member.to_owned(), waiting }).await
}

/// Tells that the vendor said "too fast".
pub(crate) async fn pause(env: &Env, lane: Lane, pause_ms: u64) -> Result<Answer> {
    ask(env, &Message::Pause { lane, pause_ms }).await
}

/// Asks how busy a lane is.
pub(crate) async fn look(env: &Env, lane: Lane) -> Result<Answer> {
    ask(env, &Message::Look { lane }).await
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
    fn new(state: State, _env: Env) -> Self {
        let schedule = stored(&state).unwrap_or_default();
        Self { state, schedule: RefCell::new(schedule) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let message = serde_json::from_str(&request.text().await?)?;
        let now = clock::now();
        let (lane, granted) = match message {
            Message::Permit { lane, member, waiting } => {
                let turn = self.schedule.borrow_mut().turn(lane, &member, waiting, now);
                match turn {
                    Turn::At(moment) => {
                        self.store(lane)?;
                        Delay::from(Duration::from_millis(moment.since(now))).await;
                        (lane, true)
                    }
                    Turn::AskLater => (lane, false),
                }
            }
            Message::Pause { lane, pause_ms } => {
                self.schedule.borrow_mut().pause(lane, pause_ms, now);
                self.store(lane)?;
                (lane, false)
            }
            Message::Look { lane } => (lane, false),
        };
        let traffic = self.schedule.borrow_mut().traffic(lane, clock::now());
        reply::json(200, &Answer { granted, traffic })
    }
}

impl Pacer {
    /// Keeps what a restart must not forget: from when on the lane is free. Polls are cheap to refuse and are
    /// not worth a row.
    fn store(&self, lane: Lane) -> Result<()> {
        if lane == Lane::Query {
            return Ok(());
        }
        let free = self.schedule.borrow().next_free(lane).ms();
        self.state.storage().sql().exec(
            "INSERT INTO lanes (lane, next_free) VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET next_free = excluded.next_free",
            vec![lane.as_str().into(), SqlStorageValue::Integer(i64::try_from(free).unwrap_or(i64::MAX))],
        )?;
        Ok(())
    }
}

/// The schedule as the last life of the object left it.
fn stored(state: &State) -> Result<Schedule> {
    let sql = state.storage().sql();
    sql.exec("CREATE TABLE IF NOT EXISTS lanes (lane TEXT PRIMARY KEY, next_free INTEGER NOT NULL)", None)?;
    let mut schedule = Schedule::default();
    for row in sql.exec("SELECT lane, next_free FROM lanes", None)?.raw() {
        if let [SqlStorageValue::String(name), SqlStorageValue::Integer(free)] = row?.as_slice()
            && let (Some(lane), Ok(free)) = (Lane::from_name(name), u64::try_from(*free))
        {
            schedule.resume(lane, Timestamp::from_ms(free));
        }
    }
    Ok(schedule)
}
