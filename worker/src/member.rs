//! The Member object: one for each member. Everything that costs money happens here.
//!
//! A thin shell. [`entry`] decides what becomes of a job, as functions of values; [`book`] keeps it in SQLite;
//! [`drive`] does what is due, by the object's alarm; [`view`] is how others see it; [`live`] pushes each change.
//! [`telling`] is an answer on its way to its readers (pure), [`answer`] hands it out, [`thread`] keeps conversations.
//! [`known`] is what one member knows of the vendor's tasks, [`others`] asks the others.
//! [`door`] is who is let in, [`wipe`] deletes everything.
//! [`purse`] gets the money of a job before it is sent. [`stage`] hands the sound of a speech to its listeners, [`keep`]
//! keeps it, [`hear`] answers with it. [`kept`] is what is deleted, brought back, and kept for how long. [`shares`] hands a
//! copy of results to a share's own object. [`transfer`] hands everything out and takes it in again.

mod act;
mod answer;
mod batches;
mod book;
mod door;
mod drive;
mod entry;
mod estimate;
mod files;
mod hear;
mod keep;
mod kept;
mod known;
mod live;
mod message;
mod others;
mod pace;
mod purse;
mod retry;
mod shares;
mod stage;
mod telling;
mod thread;
mod transfer;
mod view;
mod wipe;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use studio_shared::kind::Kind;
use studio_shared::time::Timestamp;
use worker::durable::ScheduledTime;
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

pub(crate) use batches::{BatchMessage, NewBatch, NewEntry};
pub(crate) use door::{CodeDoor, Door};
pub(crate) use drive::name_there;
pub(crate) use files::{FileMessage, FileRow, There};
pub(crate) use hear::{JOB_ID, SAMPLE_RATE};
pub(crate) use live::PASS;
pub(crate) use message::{ConversationQuery, JobQuery, Message, Outcome, OutputPlace, Say};
pub(crate) use shares::{Order, ShareMessage};
pub(crate) use transfer::{Awaited, Cursor, TransferMessage};

use crate::pacer::Traffic;
use crate::reply::Refusal;
use crate::{clock, reply};
use batches::News;
use book::Book;
use entry::Told;
use estimate::Durations;
use stage::Stage;
use telling::Telling;

/// The Member object.
#[durable_object]
pub struct Member {
    state: State,
    env: Env,
    /// What the Pacer last said of each lane: for expected times only.
    traffic: RefCell<HashMap<Kind, Traffic>>,
    /// How long the vendor takes for this member's jobs: for expected times only.
    durations: RefCell<Durations>,
    /// Answers that are coming, or are waited for, by their jobs.
    answers: RefCell<HashMap<String, Rc<Telling>>>,
    /// What tasks told that nobody is known to have made.
    told: RefCell<HashMap<String, Told>>,
    /// The speeches that are being made, and who listens.
    stage: Stage,
    /// Jobs whose money is being asked for.
    asking: RefCell<HashSet<String>>,
    /// Shares that are being made.
    sharing: RefCell<HashSet<String>>,
    /// Which batches have changed since their pages were last told.
    news: RefCell<News>,
    /// Counts changes from outside, so that the driver looks again.
    changes: Cell<u32>,
    /// Whether this life of the object has looked for work left by an earlier one.
    looked: Cell<bool>,
}

impl DurableObject for Member {
    fn new(state: State, env: Env) -> Self {
        if let Err(error) = Book::of(&state).lay_out() {
            crate::log::event("book_not_laid_out", &error.to_string());
        }
        Self {
            state,
            env,
            traffic: RefCell::default(),
            durations: RefCell::default(),
            answers: RefCell::default(),
            told: RefCell::default(),
            stage: Stage::default(),
            asking: RefCell::default(),
            sharing: RefCell::default(),
            news: RefCell::default(),
            changes: Cell::default(),
            looked: Cell::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        self.look_for_work().await?;
        if request.headers().get("upgrade")?.is_some() {
            let pass = request.headers().get(PASS)?.unwrap_or_default();
            let pass = serde_json::from_str(&pass)?;
            if let Err(refusal) = door::check(self, &pass)? {
                return refused(refusal);
            }
            let opened = live::connect(&self.state, &pass)?;
            if door::next(self, clock::now())?.is_some() {
                self.wake().await?; // the page is not to outlive the last day
            }
            return Ok(opened);
        }
        match serde_json::from_str(&request.text().await?)? {
            Message::Say(say) => {
                let at_once = say.at_once;
                match thread::say(self, say).await? {
                    Ok(entry) => answer::read(self, &entry, 0, at_once).await,
                    Err(refusal) => refused(refusal),
                }
            }
            Message::Events { id, after } => {
                match self.book().read(&id)?.filter(|entry| entry.kind() == Kind::Text) {
                    Some(entry) => answer::read(self, &entry, after, false).await,
                    None => refused(Refusal::not_found()),
                }
            }
            Message::Speak { request, key, pass } => hear::answer(self, *request, key.as_deref(), pass).await,
            Message::Bytes { id, n, first, length } => hear::read(self, id, n, first, length),
            message => reply::json(200, &act::answer(self, message).await?),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.looked.set(true);
        drive::run(self).await?;
        Response::empty()
    }

    async fn websocket_message(&self, _: WebSocket, _: WebSocketIncomingMessage) -> Result<()> {
        Ok(()) // a page has nothing to say; its pings are answered without waking the object
    }

    async fn websocket_close(&self, ws: WebSocket, code: usize, _: String, _: bool) -> Result<()> {
        let code = u16::try_from(code).ok().filter(|code| matches!(code, 1000 | 1001 | 3000..=4999));
        let _ = ws.close(code, Some("")); // it may be closed already, which is just as well
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: worker::Error) -> Result<()> {
        Ok(()) // a page that went away
    }
}

fn refused(refusal: Refusal) -> Result<Response> {
    reply::json(200, &Outcome::Refused(Box::new(refusal)))
}

impl Member {
    fn book(&self) -> Book {
        Book::of(&self.state)
    }

    /// What tells this member's object from all others, whoever wakes it: the name it was made from is not told
    /// to an object that its own alarm wakes after a restart.
    fn id(&self) -> String {
        self.state.id().to_string()
    }

    /// When something is next to be done.
    fn next_due(&self) -> Result<Option<Timestamp>> {
        let now = clock::now();
        if self.book().wiping()?.is_some() || batches::to_release(&self.book())?.is_some() {
            return Ok(Some(now));
        }
        Ok(self.book().next_due(now)?.into_iter().chain(door::next(self, now)?).min())
    }

    /// Has the alarm ring now.
    async fn wake(&self) -> Result<()> {
        self.changes.set(self.changes.get().wrapping_add(1));
        self.state.storage().set_alarm(ScheduledTime::new(clock::date(clock::now()))).await
    }

    /// Once in a life: sets the alarm where work is left and none is set, should the platform have lost it.
    async fn look_for_work(&self) -> Result<()> {
        if self.looked.replace(true) {
            return Ok(());
        }
        if self.next_due()?.is_some() || self.book().is_to_sweep()? {
            let alarm = self.state.storage().get_alarm().await?;
            if alarm.is_none() {
                return self.wake().await;
            }
        }
        Ok(())
    }
}
