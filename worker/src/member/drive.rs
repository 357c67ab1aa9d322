//! Doing what is due. Run by the object's alarm, of which only one rings at a time: there is one driver.
//!
//! The driver goes on while anything is in flight, looks again whenever something came back or a caller changed the
//! book, and sets the next alarm when nothing is left to do now. All state is in the book: it can be killed anywhere.

mod answer;
mod collect;
mod look;
mod pace;
mod release;
mod running;
mod speak;
mod sweep;
mod transcript;
mod upload;

pub(crate) use upload::name_there;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::FuturesUnordered;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::live as wire;
use studio_shared::time::Timestamp;
use worker::durable::ScheduledTime;
use worker::{Delay, Result};

use super::entry::{Entry, Told};
use super::known::live_name;
use super::{Member, batches, door, purse, wipe};
use crate::clock;
use crate::config::Config;
use crate::dashscope::{Client, Create, Poll, is_at_once};
use crate::pacer::{Lane, Permit};
use answer::ANSWERS_AT_ONCE;
use pace::{Asked, Ways};

/// Should the platform kill the object while it drives, the alarm rings again after so many milliseconds.
const GUARD_MS: u64 = 5_000;

/// Calls to the vendor at once: the platform allows six connections.
const AT_ONCE: usize = 5;

/// What is made at once over HTTP and uploads, each of which holds a connection for minutes: the others are for what is
/// short.
const SLOW_AT_ONCE: u32 = 3;

/// How often a driver that waits looks whether a caller changed the book.
const LOOK: Duration = Duration::from_millis(100);

/// After so many milliseconds at the latest it looks what is due.
const LONGEST_LOOK: u64 = 1_100;

/// How long one alarm drives before it hands over to the next, well under the platform's 15 minutes.
const LONGEST_MS: u64 = 5 * 60 * 1000;

/// How long it drives where a speech goes on, which cannot be handed over.
const LONGEST_SPEECH_MS: u64 = 12 * 60 * 1000;

/// One thing in flight, and what it was about.
enum Flight {
    /// A permit was asked for; whether it was given.
    Permit(Asked, Result<Option<Permit>>),
    /// Something was done about this job.
    Job(String, Result<()>),
    /// The money was seen to.
    Money(Result<()>),
    /// Lost creations were looked for.
    Looked(Result<()>),
    /// The list was asked about many running tasks.
    Listed(Result<()>),
    /// Entries of batches were released.
    Released(Result<()>),
    /// It is time to tell pages of their batches.
    News,
}

/// Does what is due, then sets the next alarm.
pub(super) async fn run(member: &Member) -> Result<()> {
    let storage = member.state.storage();
    storage.set_alarm(alarm(clock::now().after(GUARD_MS))).await?;
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => {
            crate::log::event("misconfigured", &what);
            return storage.set_alarm(alarm(clock::now().after(60_000))).await;
        }
    };
    let client = Client::new(&member.env, &config)?;
    let driver = Driver {
        member,
        client,
        config,
        id: member.id(),
        slow: Cell::default(),
        speaking: Cell::default(),
        paying: Cell::default(),
        looking: Cell::default(),
        listing: Cell::default(),
        listed: RefCell::default(),
        singly: RefCell::default(),
        ways: RefCell::default(),
    };
    member.book().forget_old_tasks(clock::now())?;
    driver.settle_interrupted()?;
    door::see_to_end(member, clock::now())?;
    driver.logged(wipe::go_on(member, &driver.config).await);
    driver.settle_speeches().await?;
    driver.logged(batches::settle_all(member));
    let swept = driver.logged(driver.sweep().await);
    driver.drive().await?;
    let sweep = driver.next_sweep(swept.is_some())?;
    match member.next_due()?.into_iter().chain(sweep).min() {
        Some(due) => storage.set_alarm(alarm(due.max(clock::now()))).await,
        None => storage.delete_alarm().await,
    }
}

/// What came of a job's flight. A fault of the platform is given a second to pass, since the job stays due.
async fn landed(id: String, result: Result<()>) -> Flight {
    if result.is_err() {
        Delay::from(Duration::from_secs(1)).await;
    }
    Flight::Job(id, result)
}

fn alarm(moment: Timestamp) -> ScheduledTime {
    ScheduledTime::new(clock::date(moment))
}

struct Driver<'a> {
    member: &'a Member,
    client: Client,
    config: Config,
    id: String,
    /// Pictures and speeches that are being made at once over HTTP, and recordings that are being uploaded.
    slow: Cell<u32>,
    /// Speeches over the socket.
    speaking: Cell<usize>,
    /// Whether the money is being seen to.
    paying: Cell<bool>,
    /// Whether lost creations are being looked for.
    looking: Cell<bool>,
    /// Whether the list is being asked about running tasks.
    listing: Cell<bool>,
    /// The jobs it is being asked about.
    listed: RefCell<HashSet<String>>,
    /// Jobs that the list did not show as running: they are polled.
    singly: RefCell<HashSet<String>>,
    /// How long calls take to the vendor and back.
    ways: RefCell<Ways>,
}

impl Driver<'_> {
    /// Jobs that were being sent, and answers that were coming, when an earlier driver was killed.
    fn settle_interrupted(&self) -> Result<()> {
        let book = self.member.book();
        for mut entry in book.submitting()? {
            entry.interrupted(clock::now());
            self.member.save(&entry)?;
        }
        for mut entry in book.answering()? {
            let (came, _) = book.answer_begins(&entry.id, 1)?;
            entry.answer_interrupted(!came.is_empty(), book.usage(&entry.id)?, clock::now());
            self.member.save(&entry)?;
        }
        Ok(())
    }

    async fn drive(&self) -> Result<()> {
        let begun = clock::now();
        let mut flights = FuturesUnordered::new();
        let mut jobs: HashSet<String> = HashSet::new();
        let mut answers: HashSet<String> = HashSet::new();
        let mut kinds: HashMap<Kind, Asked> = HashMap::new();
        let mut releasing = false;
        let mut guarded = begun;
        let mut told = begun;
        loop {
            let now = clock::now();
            let driven = now.since(begun);
            if driven < LONGEST_MS || driven < LONGEST_SPEECH_MS && self.speaking.get() > 0 {
                let speech_too = driven < LONGEST_MS && self.speaking.get() < speak::AT_ONCE;
                self.start(&mut flights, &mut jobs, &mut kinds, (answers.len(), speech_too), now)?;
                if !releasing && let Some(flight) = self.release()? {
                    flights.push(flight);
                    releasing = true;
                }
            }
            self.logged(batches::tell_news(self.member));
            if flights.is_empty() {
                if !self.member.news.borrow().is_pending() {
                    return Ok(());
                }
                flights.push(release::soon());
            }
            if now.since(guarded) > GUARD_MS / 2 {
                self.member.state.storage().set_alarm(alarm(now.after(GUARD_MS))).await?;
                guarded = now;
            }
            if now.since(told) >= 1000 {
                self.logged(self.member.tell_the_waiting());
                self.logged(door::see_to_end(self.member, now));
                told = now;
            }
            match self.next(&mut flights).await? {
                Some(Flight::Permit(asked, granted)) => {
                    let kind = asked.kind;
                    // Asked again since, for other models: that one goes on.
                    if kinds.get(&kind) == Some(&asked) {
                        kinds.remove(&kind);
                    }
                    if let Some(permit) = self.logged(granted).flatten()
                        && let Some(entry) = self.take(kind, &permit)?
                    {
                        if kind == Kind::Text {
                            answers.insert(entry.id.clone());
                            flights.push(self.answer(entry));
                        } else {
                            jobs.insert(entry.id.clone());
                            flights.push(self.create(entry, permit.at));
                        }
                    }
                }
                Some(Flight::Looked(result) | Flight::Listed(result)) => drop(self.logged(result)),
                Some(Flight::Job(id, result)) => {
                    self.logged(result);
                    jobs.remove(&id);
                    answers.remove(&id);
                }
                Some(Flight::Money(result)) => drop(self.logged(result)),
                Some(Flight::Released(result)) => {
                    self.logged(result);
                    releasing = false;
                }
                Some(Flight::News) | None => {}
            }
        }
    }

    /// Starts everything that is due and not in flight.
    fn start<'s>(
        &'s self,
        flights: &mut FuturesUnordered<LocalBoxFuture<'s, Flight>>,
        jobs: &mut HashSet<String>,
        kinds: &mut HashMap<Kind, Asked>,
        (answers, speech_too): (usize, bool),
        now: Timestamp,
    ) -> Result<()> {
        let book = self.member.book();
        if !self.paying.get() && purse::is_due(self.member)? {
            flights.push(self.pay());
        }
        // A speech holds an open socket, which the platform does not count.
        if !self.looking.get() && !book.looks_due(now)?.is_empty() {
            self.looking.set(true);
            flights.push(Box::pin(async move {
                let result = self.look().await;
                if result.is_err() {
                    Delay::from(Duration::from_secs(1)).await;
                }
                self.looking.set(false);
                Flight::Looked(result)
            }));
        }
        flights.extend(self.ask_the_list(now)?);
        let others = usize::from(self.looking.get()).saturating_add(usize::from(self.listing.get()));
        let busy = jobs.len().saturating_sub(self.speaking.get()).saturating_add(others);
        let free = AT_ONCE.saturating_sub(busy);
        let listed = self.listed.borrow().clone();
        let asked = jobs.len().saturating_add(listed.len()).saturating_add(free);
        let due = book.due(now, u32::try_from(asked).unwrap_or(u32::MAX))?;
        let is_idle = |entry: &Entry| !jobs.contains(&entry.id) && !listed.contains(&entry.id);
        for entry in due.into_iter().filter(is_idle).take(free).collect::<Vec<_>>() {
            jobs.insert(entry.id.clone());
            flights.push(match entry.state {
                State::Collecting => self.collect(entry),
                _ => self.poll(entry),
            });
        }
        for kind in Kind::ALL {
            let is_full = match kind {
                Kind::Image | Kind::Transcription => self.slow.get() >= SLOW_AT_ONCE,
                Kind::Text => answers >= ANSWERS_AT_ONCE,
                Kind::Speech => !speech_too || self.slow.get() >= SLOW_AT_ONCE,
                Kind::Video => false,
            };
            if is_full {
                continue;
            }
            let models = book.ready(kind, now)?;
            if models.iter().any(|model| !kinds.get(&kind).is_some_and(|asked| asked.models.contains(model)))
            {
                let asked = Asked { kind, models, at: now };
                kinds.insert(kind, asked.clone());
                flights.push(self.permit(asked));
            }
        }
        Ok(())
    }

    /// The next thing that comes back; `None` where a caller changed the book first, or it is time to look.
    async fn next(
        &self,
        flights: &mut FuturesUnordered<LocalBoxFuture<'_, Flight>>,
    ) -> Result<Option<Flight>> {
        let changes = self.member.changes.get();
        let now = clock::now();
        let latest = now.after(LONGEST_LOOK);
        let until = self.member.book().next_at_vendor(now)?.map_or(latest, |due| due.min(latest));
        loop {
            let left = Duration::from_millis(until.since(clock::now()));
            match select(flights.next(), Delay::from(left.min(LOOK))).await {
                Either::Left((flight, _)) => return Ok(flight),
                Either::Right(_) if self.member.changes.get() != changes || clock::now() >= until => {
                    return Ok(None);
                }
                Either::Right(_) => {}
            }
        }
    }

    fn logged<T>(&self, result: Result<T>) -> Option<T> {
        result.inspect_err(|error| crate::log::event("driver_error", &error.to_string())).ok()
    }

    fn pay(&self) -> LocalBoxFuture<'_, Flight> {
        self.paying.set(true);
        Box::pin(async move {
            let result = purse::see_to(self.member).await;
            if result.is_err() {
                Delay::from(Duration::from_secs(1)).await; // the Studio is away
            }
            self.paying.set(false);
            Flight::Money(result)
        })
    }

    /// Takes the next job that a permit is for and writes down that it is being sent. Nothing awaits between the two,
    /// and the platform holds the request back until the row is on disk.
    fn take(&self, kind: Kind, permit: &Permit) -> Result<Option<Entry>> {
        let model = permit.model.as_deref().unwrap_or_default();
        let Some(mut entry) = self.member.book().next_ready(kind, model, clock::now())? else {
            return Ok(None);
        };
        if !door::allows(self.member, &entry)? || !batches::allows(self.member, &entry)? {
            return Ok(None);
        }
        let now = clock::now();
        entry.submitting(now);
        entry.begin_upload(now);
        self.member.save(&entry)?;
        Ok(Some(entry))
    }

    fn create(&self, entry: Entry, permitted: Timestamp) -> LocalBoxFuture<'_, Flight> {
        if let Some(call) = self.over_the_socket(&entry) {
            return self.speak(entry, call);
        }
        Box::pin(async move {
            let call = wire::call(&entry.request, self.config.live());
            let call = match self.with_recording(&entry, call).await {
                Ok(call) => call,
                Err(result) => return landed(entry.id, result).await,
            };
            let mut arrived = None;
            let answer = match call {
                Ok((call, _)) if is_at_once(&call) => {
                    self.slow.set(self.slow.get().saturating_add(1));
                    let answer = self.client.create(&call).await;
                    self.slow.set(self.slow.get().saturating_sub(1));
                    answer
                }
                Ok((call, _)) => {
                    let answer = self.client.create(&call).await;
                    arrived = Some(self.arrived(&entry, permitted));
                    answer
                }
                Err(problems) => Create::not_offered(&problems),
            };
            let refused = match &answer {
                Create::Later { fault, retry_after_ms } => Some(pace::refused(fault, *retry_after_ms)),
                _ => None,
            };
            if let Create::Accepted { task_id, .. } = &answer {
                self.logged(self.accepted(&entry, task_id));
            }
            let keeps = self.config.keeps_results;
            let result =
                self.change(&entry.id, State::Submitting, |entry, now| entry.submitted(answer, keeps, now));
            self.tell(entry.kind(), arrived, refused).await;
            landed(entry.id, result).await
        })
    }

    fn poll(&self, entry: Entry) -> LocalBoxFuture<'_, Flight> {
        Box::pin(async move {
            let result = self.poll_once(&entry).await;
            landed(entry.id, result).await
        })
    }

    async fn poll_once(&self, entry: &Entry) -> Result<()> {
        self.permit_for(Lane::Query).await?;
        let task_id = entry.task_id.clone().unwrap_or_default();
        let poll = self.client.poll(&task_id).await;
        self.singly.borrow_mut().remove(&entry.id);
        let keeps = self.config.keeps_results;
        let told = match &poll {
            Poll::Task(task) if entry.is_unconfirmed() => Some(Told::by(task)),
            _ => None,
        };
        self.change(&entry.id, State::Running, |entry, now| entry.polled(poll, keeps, now))?;
        let after = self.member.book().read(&entry.id)?.map(|entry| entry.state);
        if after != Some(State::Running) {
            if matches!(after, Some(State::Collecting | State::Done)) {
                self.member.learn(entry);
            }
            self.tell(entry.kind(), None, None).await; // there is room for the next one
        }
        match told {
            Some(told) => self.give_back(&entry.id, &task_id, told).await,
            None => Ok(()),
        }
    }

    /// Writes down whose task it is.
    fn accepted(&self, entry: &Entry, task_id: &str) -> Result<()> {
        let model = live_name(&entry.request, self.config.live()).unwrap_or_default();
        self.member.book().add_task(task_id, &entry.id, model, clock::now())
    }

    /// Reads a job again, changes it where it still is in the state that was acted on, and keeps it: a caller
    /// may have changed it while the call was under way.
    fn change(&self, id: &str, from: State, change: impl FnOnce(&mut Entry, Timestamp)) -> Result<()> {
        let Some(mut entry) = self.member.book().read(id)?.filter(|entry| entry.state == from) else {
            return Ok(());
        };
        change(&mut entry, clock::now());
        self.member.save(&entry).map(drop)
    }
}
