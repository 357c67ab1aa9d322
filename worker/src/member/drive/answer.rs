//! One answer: asked for, read to its end whoever listens, stored and told as it comes.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, LocalBoxFuture, select};
use studio_shared::job::State;
use studio_shared::live as wire;
use studio_shared::live::Call;
use worker::{Delay, Result};

use super::{Driver, Flight, landed, pace};
use crate::clock;
use crate::dashscope::{Create, Hangup, Step, TextStream};
use crate::member::entry::{Break, Entry, LONGEST_ANSWER_MS};
use crate::member::telling::Telling;
use crate::member::thread;

/// Answers at once. Each holds a connection, but only until its first byte does that count against the platform's six.
pub(super) const ANSWERS_AT_ONCE: usize = 16;

/// Text is stored at most so often, in milliseconds.
const KEEP_MS: u64 = 300;

/// Longest answer, in bytes: several times what the models' longest answers have.
const LONGEST: usize = 1024 * 1024;

/// How long the vendor may take to close the connection after the end of an answer.
const CLOSING: Duration = Duration::from_secs(2);

/// What comes next while an answer is read.
enum Next {
    Step(Step),
    /// Some text has not been stored for long enough.
    Keep,
    /// The person has stopped it; the job says so already.
    Stopped,
}

impl Driver<'_> {
    pub(super) fn answer(&self, entry: Entry) -> LocalBoxFuture<'_, Flight> {
        Box::pin(async move {
            let result = self.answer_once(&entry).await;
            landed(entry.id, result).await
        })
    }

    async fn answer_once(&self, entry: &Entry) -> Result<()> {
        if !self.member.book().read(&entry.id)?.is_some_and(|entry| entry.state == State::Submitting) {
            return Ok(()); // stopped before it was sent
        }
        let telling = self.member.telling(entry)?;
        let hangup = Hangup::new(); // whatever ends this function ends the call
        let opened = match select(pin!(self.ask(entry, &hangup)), telling.stopped()).await {
            Either::Left((opened, _)) => opened?,
            Either::Right(_) => return Ok(()),
        };
        match opened {
            Ok(stream) => self.read_answer(entry, &telling, stream).await,
            Err(create) => self.not_begun(entry, create).await,
        }
    }

    /// Sends the request, with everything that was said before it.
    async fn ask(&self, entry: &Entry, hangup: &Hangup) -> Result<std::result::Result<TextStream, Create>> {
        let request = thread::composed(self.member, entry)?;
        Ok(match wire::call(&request, self.config.live()) {
            Ok((Call::Text(call), _)) => self.client.converse(&call, hangup).await,
            Ok(_) => Err(Create::Lost("no call for text".to_owned())),
            Err(problems) => Err(Create::not_offered(&problems)),
        })
    }

    /// No answer has begun: a creation like any other.
    async fn not_begun(&self, entry: &Entry, create: Create) -> Result<()> {
        if let Create::Later { fault, retry_after_ms } = &create {
            self.tell(entry.kind(), None, Some(pace::refused(fault, *retry_after_ms))).await;
        }
        self.change(&entry.id, State::Submitting, |entry, now| entry.submitted(create, false, now))
    }

    async fn read_answer(&self, entry: &Entry, telling: &Telling, mut stream: TextStream) -> Result<()> {
        let begun = clock::now();
        let mut kept = begun;
        let mut is_running = false;
        let broken = loop {
            let step = match next(&mut stream, telling).await {
                Next::Step(step) => step,
                Next::Keep => {
                    self.member.keep(&entry.id, telling)?;
                    kept = clock::now();
                    continue;
                }
                Next::Stopped => return Ok(()),
            };
            match step {
                Step::Piece(piece) => {
                    if !is_running {
                        is_running = true;
                        let request_id = piece.request_id;
                        self.change(&entry.id, State::Submitting, |entry, now| {
                            entry.answering(request_id, now);
                        })?;
                    }
                    telling.say(&piece.text, piece.usage);
                    if let Some(finish) = piece.finish {
                        self.member.keep(&entry.id, telling)?;
                        let usage = telling.usage();
                        self.change(&entry.id, State::Running, |entry, now| {
                            entry.answered(finish, usage, now);
                        })?;
                        return closed(stream).await;
                    }
                }
                other if !is_running => return self.not_begun(entry, other.instead_of_an_answer()).await,
                Step::Fault(fault) => break Break::Fault(fault),
                Step::Lost(why) => break Break::Lost(why),
                Step::Closed => {
                    break Break::Lost("the connection closed before the end of the answer".to_owned());
                }
            }
            let now = clock::now();
            if telling.len() > LONGEST || now.since(begun) > LONGEST_ANSWER_MS {
                break Break::Lost("the answer has no end".to_owned());
            }
            if now.since(kept) >= KEEP_MS {
                self.member.keep(&entry.id, telling)?;
                kept = now;
            }
        };
        self.member.keep(&entry.id, telling)?;
        let (came, usage) = (telling.len() > 0, telling.usage());
        self.change(&entry.id, State::Running, |entry, now| entry.broken_off(broken, came, usage, now))
    }
}

/// The next piece, or what is to be done meanwhile.
async fn next(stream: &mut TextStream, telling: &Telling) -> Next {
    let step = pin!(stream.next());
    let tick = pin!(async {
        match telling.is_unkept() {
            true => Delay::from(Duration::from_millis(KEEP_MS)).await,
            false => std::future::pending().await,
        }
    });
    let meanwhile = select(telling.stopped(), tick);
    match select(step, meanwhile).await {
        Either::Left((step, _)) => Next::Step(step),
        Either::Right((Either::Left(_), _)) => Next::Stopped,
        Either::Right((Either::Right(_), _)) => Next::Keep,
    }
}

/// Reads what comes after the end of an answer: nothing, then the connection closes.
async fn closed(mut stream: TextStream) -> Result<()> {
    let end = async { while let Step::Piece(_) = stream.next().await {} };
    select(pin!(end), Delay::from(CLOSING)).await;
    Ok(())
}
