//! Money, before anything is sent and after it has ended.
//!
//! A new job is written down *held*: queued, but due at no moment. Then the Studio is asked for its money; what it grants
//! is released, what it refuses is taken back. A crash in between leaves a held job, which the driver asks for again:
//! the Studio holds the money of a try once, however often it is asked. What a try was billed is booked in the row of
//! its day whenever the job is [saved](Member::save), and told to the Studio from there.

mod denied;

use std::time::Duration;

use studio_shared::day::Day;
use studio_shared::error::Charged;
use studio_shared::event::LiveEvent;
use studio_shared::job::{Job, JobError};
use studio_shared::money::Money;
use studio_shared::request::{Recording, Request};
use studio_shared::words::Words;
use worker::{Delay, Result};

use super::answer::Shown;
use super::book::Book;
use super::entry::Entry;
use super::{Member, live};
use crate::clock;
use crate::reply::Refusal;
use crate::studio::{self, Asked, Denied, Held, Settlement, Sums};

/// How often a repeat looks whether the job that it repeats has got its money.
const LOOK: Duration = Duration::from_millis(20);

/// How many settlements the Studio is told in one call, and how many held jobs it is asked for.
const AT_ONCE: u32 = 200;

/// Asks for the money of held entries and releases as many, in their order, as the budgets allow. Answers how many
/// those are, and why the next one is not among them; it stays held, as do all behind it. An entry that ended or was
/// held again meanwhile stays as it is.
pub(super) async fn release(member: &Member, held: Vec<Entry>) -> Result<(usize, Option<JobError>)> {
    let (released, denied) = let_go(member, &held).await?;
    let next = held.get(released);
    Ok((released, denied.zip(next).map(|(denied, entry)| denied.job_error(entry.request.model()))))
}

/// Holds an entry again that was released and has not been sent; its money is given back.
pub(super) fn hold(member: &Member, mut entry: Entry) -> Result<Job> {
    member.book().settle(&given_back(&entry))?;
    entry.hold_again();
    member.save(&entry)
}

/// Holds a queued entry anew for who asks for it with another code.
pub(super) fn hand_over(member: &Member, mut entry: Entry, code: Option<String>) -> Result<()> {
    member.book().settle(&given_back(&entry))?;
    entry.hold_again();
    entry.code = code;
    member.save_among_many(&entry)
}

/// Gets the money of a single job that was written down held, with the key that asked for it. Where the budgets do not
/// allow it everything is as before the call: the job is gone, or, where it was tried again, what it was `before`, and
/// the key is free.
pub(super) async fn admit(
    member: &Member,
    entry: &Entry,
    key: Option<&str>,
    before: Option<&Entry>,
) -> Result<std::result::Result<Job, Refusal>> {
    let book = member.book();
    member.wake().await?; // should this life of the object end now, the driver of the next one goes on
    let denied = match let_go(member, std::slice::from_ref(entry)).await {
        Ok((_, denied)) => denied,
        Err(error) => {
            // Nobody knows whether the Studio holds the money. A new job is taken back, and the Studio told; one that
            // is tried again stays held, and the driver asks for it.
            if before.is_none() && is_still_held(&book, entry)? {
                book.settle(&given_back(entry))?;
                book.take_back(entry, key)?;
            }
            return Err(error);
        }
    };
    let (Some(denied), true) = (denied, is_still_held(&book, entry)?) else {
        return Ok(match book.read(&entry.id)? {
            Some(now) => Ok(member.job(&now, Shown::Begin)?),
            None => Err(Refusal::not_found()),
        });
    };
    match before {
        None => {
            book.take_back(entry, key)?;
            live::push(&member.state, &LiveEvent::Deleted { id: entry.id.clone() })?;
        }
        Some(before) => {
            key.map_or(Ok(()), |key| book.forget_key(key))?;
            book.save(before)?;
            member.show(before)?;
        }
    }
    Ok(Err(denied.refusal(entry.request.model())))
}

/// A job once it does not wait for its money any more; `None` where there was none for it.
pub(super) async fn decided(member: &Member, id: &str) -> Result<Option<Entry>> {
    loop {
        match member.book().read(id)? {
            Some(entry) if entry.is_held() && entry.batch.is_none() => Delay::from(LOOK).await,
            other => return Ok(other),
        }
    }
}

/// Whether the driver has money to see after: single jobs that nobody asks money for, or settlements to tell.
pub(super) fn is_due(member: &Member) -> Result<bool> {
    let book = member.book();
    Ok(!book.settlements(1)?.is_empty() || !left_alone(member)?.is_empty())
}

/// Asks money for the single jobs that nobody asks it for: those who did were killed. Then tells the Studio what has
/// been billed.
pub(super) async fn see_to(member: &Member) -> Result<()> {
    let mut held = left_alone(member)?;
    while !held.is_empty() {
        let (released, denied) = release(member, held.clone()).await?;
        let (Some(error), Some(entry)) = (denied, held.get(released)) else { break };
        if let Some(mut entry) = member.book().read(&entry.id)?.filter(Entry::is_held) {
            entry.not_allowed(error, clock::now());
            member.save(&entry)?;
        }
        held.drain(..=released);
    }
    let book = member.book();
    let told = book.settlements(AT_ONCE)?;
    if !told.is_empty() {
        studio::settle(&member.env, &member.id(), told.clone()).await?;
        told.iter().try_for_each(|told| book.told(told))?;
    }
    Ok(())
}

/// Books what an entry that is about to be saved was billed, where that is not what is booked for this try: when it
/// ends, when it turns out not to have ended, and when more becomes known.
pub(super) fn settle(book: &Book, entry: &Entry) -> Result<()> {
    let before = book.read(&entry.id)?.filter(|before| before.attempt == entry.attempt);
    let (was, is) = (before.and_then(|before| before.charge()), entry.charge());
    if was == is {
        return Ok(());
    }
    book.spend(entry, was, is)?;
    book.settle(&settlement(entry))
}

async fn let_go(member: &Member, held: &[Entry]) -> Result<(usize, Option<Denied>)> {
    let asking = Asking::begin(member, held);
    let now = clock::now();
    let asked = held.iter().map(|entry| ask(member, entry)).collect::<Result<Vec<Asked>>>()?;
    let Held { granted, denied } =
        studio::reserve(&member.env, &member.id(), Day::of(now), asked.clone()).await?;
    let book = member.book();
    for (entry, Asked { price, .. }) in held.iter().zip(asked).take(granted) {
        let still = |now: &Entry| now.is_held() && now.attempt == entry.attempt;
        let Some(mut entry) = book.read(&entry.id)?.filter(still) else {
            continue; // the Studio is told what became of it, and keeps nothing for it
        };
        book.unsay(&entry.id)?; // where it is tried again, its answer begins anew
        entry.release(price, now);
        member.save(&entry)?;
    }
    drop(asking);
    if granted > 0 {
        member.wake().await?;
    }
    Ok((granted, denied))
}

/// Jobs that are asked for right now; the driver leaves them to those who ask.
struct Asking<'a> {
    member: &'a Member,
    ids: Vec<String>,
}

impl<'a> Asking<'a> {
    fn begin(member: &'a Member, held: &[Entry]) -> Self {
        let ids: Vec<String> = held.iter().map(|entry| entry.id.clone()).collect();
        member.asking.borrow_mut().extend(ids.iter().cloned());
        Self { member, ids }
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut asking = self.member.asking.borrow_mut();
        asking.retain(|id| !self.ids.contains(id));
    }
}

fn left_alone(member: &Member) -> Result<Vec<Entry>> {
    let held = member.book().held_singles(AT_ONCE)?;
    let asking = member.asking.borrow();
    Ok(held.into_iter().filter(|entry| !asking.contains(&entry.id)).collect())
}

fn is_still_held(book: &Book, entry: &Entry) -> Result<bool> {
    let now = book.read(&entry.id)?;
    Ok(now.is_some_and(|now| now.is_held() && now.attempt == entry.attempt))
}

fn ask(member: &Member, entry: &Entry) -> Result<Asked> {
    let bytes = match &entry.request {
        Request::Transcription(request) => match &request.recording {
            Recording::File { file } => member.book().file(file)?.map(|row| row.file.bytes),
            Recording::Url { .. } => None,
        },
        _ => None,
    };
    Ok(Asked {
        job: entry.id.clone(),
        attempt: entry.attempt,
        price: entry.price(bytes),
        code: entry.code.clone(),
    })
}

/// What the Studio is told of a try as it stands.
fn settlement(entry: &Entry) -> Settlement {
    let (reserved, charge) = match entry.charge() {
        Some(charge) => (Money::ZERO, charge),
        None => (entry.reserved.unwrap_or(Money::ZERO), super::entry::Charge::default()),
    };
    let sums = Sums { reserved, spent: charge.spent, at_most: charge.at_most };
    let closed = entry.state.is_final();
    Settlement {
        job: entry.id.clone(),
        attempt: entry.attempt,
        day: entry.day,
        sums,
        closed,
        code: entry.code.clone(),
    }
}

/// What the Studio is told of a try of which nothing will be sent.
fn given_back(entry: &Entry) -> Settlement {
    Settlement { sums: Sums::default(), closed: true, ..settlement(entry) }
}

impl Denied {
    /// As the error of a job that is not sent.
    fn job_error(&self, model: &str) -> JobError {
        let (message, advice) = self.words(model);
        JobError {
            code: self.code().to_owned(),
            message: message.en.to_string(),
            advice: Words::of(
                format!("{}{}", message.zh, advice.zh),
                format!("{} {}", message.en, advice.en),
            ),
            charged: Charged::No,
        }
    }

    /// As the answer to a call.
    fn refusal(&self, model: &str) -> Refusal {
        let (message, advice) = self.words(model);
        Refusal::not_paid_for(self.code(), message, advice)
    }
}
