//! Answers: who writes them, who reads them, and how they are stopped.

use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{Stream, stream};
use studio_shared::job::{Answer, Job, State};
use studio_shared::kind::Kind;
use worker::{Delay, Response, ResponseBuilder, Result};

use super::Member;
use super::book::begin;
use super::entry::Entry;
use super::message::Outcome;
use super::telling::{Reader, Telling};
use crate::{clock, reply};

/// After so long without an event a reader is told that the connection lives.
const QUIET: Duration = Duration::from_secs(15);

/// Characters of an answer in lists and in pushes.
const IN_LISTS: usize = 300;

/// How much of an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shown {
    /// All of it.
    Whole,
    /// Its beginning.
    Begin,
}

/// Answers with the events of an answer after so many characters, or, `at_once`, with the whole job when it has ended.
pub(super) async fn read(member: &Member, entry: &Entry, after: u32, at_once: bool) -> Result<Response> {
    let telling = if entry.state.is_final() {
        let ended = Telling::new(member.book().answer(&entry.id)?, entry.usage);
        ended.job(member.job(entry, Shown::Begin)?);
        ended.end(member.job(entry, Shown::Whole)?);
        Rc::new(ended)
    } else {
        member.telling(entry)?
    };
    if at_once {
        // With a timer always pending: to the platform a request that only waits for another one looks hung.
        let job = loop {
            if let Either::Left((job, _)) = select(telling.ended(), Delay::from(QUIET)).await {
                break job;
            }
        };
        return reply::json(200, &Outcome::Job(job));
    }
    let response = ResponseBuilder::new()
        .with_header("content-type", "text/event-stream")?
        .with_header("x-job-id", &entry.id)?;
    response.from_stream(events(Reader::new(telling, after)))
}

/// What a reader is told, and a comment now and then.
fn events(reader: Reader) -> impl Stream<Item = Result<Vec<u8>>> {
    stream::unfold(reader, |mut reader| async move {
        let told = match select(std::pin::pin!(reader.next()), Delay::from(QUIET)).await {
            Either::Left((told, _)) => told?,
            Either::Right(_) => ":\n\n".to_owned(),
        };
        Some((Ok(told.into_bytes()), reader))
    })
}

/// Stops an answer that is being asked for or is coming: what has come is kept and booked. Whoever reads it from the
/// vendor hangs up.
pub(super) fn stop(member: &Member, mut entry: Entry) -> Result<Outcome> {
    let telling = member.telling(&entry)?;
    member.keep(&entry.id, &telling)?;
    entry.stopped(telling.usage(), clock::now());
    telling.stop();
    member.save(&entry)?;
    Ok(Outcome::Job(Box::new(member.job(&entry, Shown::Whole)?)))
}

impl Member {
    /// What is told of an answer that has not ended.
    pub(super) fn telling(&self, entry: &Entry) -> Result<Rc<Telling>> {
        if let Some(telling) = self.answers.borrow().get(&entry.id) {
            return Ok(Rc::clone(telling));
        }
        let book = self.book();
        let telling = Rc::new(Telling::new(book.answer(&entry.id)?, book.usage(&entry.id)?));
        telling.job(self.job(entry, Shown::Begin)?);
        self.answers.borrow_mut().insert(entry.id.clone(), Rc::clone(&telling));
        Ok(telling)
    }

    /// Stores what has come of an answer since the last time.
    pub(super) fn keep(&self, id: &str, telling: &Telling) -> Result<()> {
        let text = telling.unkept();
        if text.is_empty() { Ok(()) } else { self.book().say(id, &text, telling.usage()) }
    }

    /// Tells those who read an answer what became of its job.
    pub(super) fn tell(&self, entry: &Entry, job: &Job) -> Result<()> {
        let Some(telling) = self.answers.borrow().get(&entry.id).map(Rc::clone) else { return Ok(()) };
        if entry.state.is_final() {
            telling.end(self.job(entry, Shown::Whole)?);
            self.answers.borrow_mut().remove(&entry.id);
        } else {
            telling.job(job.clone());
        }
        Ok(())
    }

    /// Tells those who wait for an answer to begin how long it will take.
    pub(super) fn tell_the_waiting(&self) -> Result<()> {
        let all: Vec<String> = self.answers.borrow().keys().cloned().collect();
        for id in all {
            if let Some(entry) = self.book().read(&id)?.filter(|entry| entry.state == State::Queued) {
                self.tell(&entry, &self.job(&entry, Shown::Begin)?)?;
            }
        }
        Ok(())
    }

    /// The answer of a text job as far as it has come.
    pub(super) fn answer(&self, entry: &Entry, shown: Shown) -> Result<Option<Answer>> {
        if entry.kind() != Kind::Text || entry.state == State::Queued {
            return Ok(None);
        }
        let telling = self.answers.borrow().get(&entry.id).map(Rc::clone);
        let (text, shortened) = match (telling, shown) {
            (Some(telling), Shown::Whole) => (telling.text(), false),
            (Some(telling), Shown::Begin) => begin(&telling.text(), IN_LISTS),
            (None, Shown::Whole) => (self.book().answer(&entry.id)?, false),
            (None, Shown::Begin) => self.book().answer_begins(&entry.id, IN_LISTS)?,
        };
        let there = !text.is_empty() || entry.finish.is_some();
        Ok(there.then_some(Answer { text, shortened, finish: entry.finish }))
    }
}
