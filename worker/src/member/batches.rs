//! A member's batches: sets of jobs that are written down at once, held, and released bit by bit by the driver.
//!
//! A thin shell: [`row`] decides what becomes of a batch, [`tally`] adds its entries up, [`news`] says when its pages are
//! told. How entries are released is in `drive/release`.

mod news;
mod row;
mod submit;
mod tally;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use studio_shared::batch::{Batch, BatchList, BatchState, MOST_PROBLEMS};
use studio_shared::event::LiveEvent;
use studio_shared::job::{JobError, State};
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use worker::Result;

pub(super) use news::News;
pub(super) use row::Row;
pub(crate) use submit::{NewBatch, NewEntry};
pub(super) use tally::{Line, Tally};

use super::book::Book;
use super::entry::Entry;
use super::message::Outcome;
use super::{Member, door, live, purse};
use crate::access::Pass;
use crate::clock;
use crate::reply::Refusal;

/// Entries of a kind that are released at a time: few, so that a pause or a spent budget comes in time, and the queue that
/// is looked through for each permit stays short.
const RELEASED: u32 = 16;

/// More are released when no more than so many are left, so that many are paid for with one call.
const FEW: u32 = RELEASED / 2;

/// What is asked about batches.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum BatchMessage {
    /// Write one down and do it.
    Submit(Box<NewBatch>),
    /// List them.
    List {
        /// After the batch with this id.
        cursor: Option<String>,
        /// So many; 1 to 100.
        limit: u32,
    },
    /// One batch.
    Read(String),
    /// Send nothing more of it for now.
    Pause(String),
    /// Go on with it.
    Resume {
        /// The batch.
        id: String,
        /// What the caller comes with.
        pass: Pass,
    },
    /// Call back what was not sent.
    Cancel(String),
    /// Queue all entries that failed or were cancelled once more.
    Retry {
        /// The batch.
        id: String,
        /// What the caller comes with.
        pass: Pass,
    },
    /// Delete it with its jobs.
    Delete(String),
}

/// Answers one message.
pub(super) async fn answer(member: &Member, message: BatchMessage) -> Result<Outcome> {
    match message {
        BatchMessage::Submit(new) => submit::submit(member, *new).await,
        BatchMessage::List { cursor, limit } => list(member, cursor.as_deref(), limit),
        BatchMessage::Read(id) => match member.book().batch(&id)? {
            Some(row) => shown(member, &row),
            None => refused(Refusal::not_found()),
        },
        BatchMessage::Pause(id) => act(member, &id, pause).await,
        BatchMessage::Resume { id, pass } => {
            admitted(member, &id, &pass, |member, row| resume(member, row, &pass)).await
        }
        BatchMessage::Cancel(id) => act(member, &id, cancel).await,
        BatchMessage::Retry { id, pass } => {
            admitted(member, &id, &pass, |member, row| retry(member, row, &pass)).await
        }
        BatchMessage::Delete(id) => delete(member, &id).await,
    }
}

fn refused(refusal: Refusal) -> Result<Outcome> {
    Ok(Outcome::Refused(Box::new(refusal)))
}

fn shown(member: &Member, row: &Row) -> Result<Outcome> {
    Ok(Outcome::Batch(Box::new(member.batch(row)?)))
}

fn list(member: &Member, cursor: Option<&str>, limit: u32) -> Result<Outcome> {
    let rows = member.book().list_batches(cursor, limit.saturating_add(1))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let items = rows.iter().take(limit).map(|row| member.batch(row)).collect::<Result<Vec<Batch>>>()?;
    let next = items.last().filter(|_| rows.len() > limit).map(|batch| batch.id.clone());
    Ok(Outcome::Batches(BatchList { items, next }))
}

type Acted = Result<std::result::Result<(), Refusal>>;

/// Changes a batch and its entries. Nothing awaits before all of it is written.
async fn act(member: &Member, id: &str, act: impl FnOnce(&Member, &mut Row) -> Acted) -> Result<Outcome> {
    let Some(mut row) = member.book().batch(id)? else { return refused(Refusal::not_found()) };
    if let Err(refusal) = act(member, &mut row)? {
        return refused(refusal);
    }
    member.book().save_batch(&row)?;
    settle(member, &mut row)?;
    member.news.borrow_mut().changed(id);
    member.wake().await?;
    shown(member, &row)
}

/// The same for who may have been shut out meanwhile.
async fn admitted(
    member: &Member,
    id: &str,
    pass: &Pass,
    acted: impl FnOnce(&Member, &mut Row) -> Acted,
) -> Result<Outcome> {
    match door::check(member, pass)? {
        Ok(()) => act(member, id, acted).await,
        Err(refusal) => refused(refusal),
    }
}

/// Goes on. What waits is from now on asked for by who resumes it.
fn resume(member: &Member, row: &mut Row, pass: &Pass) -> Acted {
    if let Err(refusal) = row.resume() {
        return Ok(Err(refusal));
    }
    if row.code != pass.code {
        row.code.clone_from(&pass.code);
        for entry in member.book().in_batch(&row.id, State::Queued)? {
            purse::hand_over(member, entry, pass.code.clone())?;
        }
    }
    Ok(Ok(()))
}

/// Pauses a batch whose submitter is not let in any more; what was released and not sent gives its money back.
pub(super) fn shut(member: &Member, mut row: Row, why: JobError) -> Result<()> {
    if row.pause(Some(why)).is_ok() {
        member.book().save_batch(&row)?;
        hold_again(member, &row.id)?;
        member.news.borrow_mut().changed(&row.id);
    }
    Ok(())
}

fn pause(member: &Member, row: &mut Row) -> Acted {
    if let Err(refusal) = row.pause(None) {
        return Ok(Err(refusal));
    }
    hold_again(member, &row.id)?;
    Ok(Ok(()))
}

/// Holds what was released of a batch and has not been sent; its reservation is given back.
pub(super) fn hold_again(member: &Member, id: &str) -> Result<()> {
    member.book().released(id)?.into_iter().try_for_each(|entry| purse::hold(member, entry).map(drop))
}

/// Cancels what waits here. What is at the vendor goes on to its end: it may be billed already.
fn cancel(member: &Member, row: &mut Row) -> Acted {
    if let Err(refusal) = row.cancel() {
        return Ok(Err(refusal));
    }
    cancel_queued(member, &row.id)?;
    Ok(Ok(()))
}

fn cancel_queued(member: &Member, id: &str) -> Result<()> {
    let now = clock::now();
    let mut held: HashMap<Kind, u32> = HashMap::new();
    for mut entry in member.book().in_batch(id, State::Queued)? {
        let before = if entry.is_held() { held.entry(entry.kind()).or_default() } else { &mut 0 };
        // The Studio may hold money of those that were released, and of the first held ones of each kind, which it may
        // have been asked for just now, or just before a crash. It knows nothing of the others.
        let may_be_asked_for = *before < RELEASED;
        *before = before.saturating_add(1);
        entry.cancel(now);
        if may_be_asked_for { member.save_among_many(&entry)? } else { member.save_unasked(&entry)? }
    }
    member.news.borrow_mut().changed(id);
    Ok(())
}

/// Queues what failed or was cancelled once more. An entry of which nobody knows may have been billed: the person
/// decides on each of them.
fn retry(member: &Member, row: &mut Row, pass: &Pass) -> Acted {
    let book = member.book();
    let mut entries = book.in_batch(&row.id, State::Failed)?;
    entries.extend(book.in_batch(&row.id, State::Canceled)?);
    if entries.is_empty() {
        return Ok(Err(row::nothing_failed()));
    }
    let problems = entries.iter().filter_map(|entry| {
        pass.rights.problem(entry.kind(), entry.request.model()) // they may have become fewer
    });
    let problems: Vec<Problem> = problems.take(MOST_PROBLEMS).collect();
    if !problems.is_empty() {
        return Ok(Err(Refusal::not_allowed(problems)));
    }
    row.tried_again();
    let now = clock::now();
    for mut entry in entries {
        entry.retry(now);
        entry.code.clone_from(&pass.code);
        member.save_among_many(&entry)?;
    }
    Ok(Ok(()))
}

/// One of its entries is tried again, by the person's own decision: the batch runs again, and its driver releases the
/// entry.
pub(super) fn runs_again(member: &Member, id: &str) -> Result<()> {
    let Some(mut row) = member.book().batch(id)? else { return Ok(()) };
    row.tried_again();
    member.book().save_batch(&row)
}

/// Deletes a batch whose entries have all ended, and its jobs as each of them would be.
async fn delete(member: &Member, id: &str) -> Result<Outcome> {
    let book = member.book();
    if book.batch(id)?.is_none() {
        return refused(Refusal::not_found());
    }
    if book.is_batch_open(id)? {
        return refused(row::not_ended());
    }
    book.delete_entries(id, clock::now())?;
    book.remove_batch(id)?;
    live::push(&member.state, &LiveEvent::BatchDeleted { id: id.to_owned() })?;
    member.wake().await?;
    Ok(Outcome::Done)
}

/// What can be released now: entries of the oldest running batch that has any, of each kind of which few are left.
pub(super) fn to_release(book: &Book) -> Result<Option<(String, Vec<Entry>)>> {
    let running = book.running_batches()?;
    if running.is_empty() {
        return Ok(None);
    }
    let mut rooms = Vec::new();
    for kind in Kind::ALL {
        let ready = book.released_of(kind)?;
        if ready <= FEW {
            rooms.push((kind, RELEASED.saturating_sub(ready)));
        }
    }
    for id in running {
        let mut held = Vec::new();
        for (kind, room) in &rooms {
            held.extend(book.held(&id, *kind, *room)?);
        }
        if !held.is_empty() {
            return Ok(Some((id, held)));
        }
    }
    Ok(None)
}

/// Some entries of a batch were released; or it stops, because a budget refuses the next one. Those that were released
/// have their money and go on, unless the person has paused the batch meanwhile.
pub(super) fn released(member: &Member, id: &str, refused: Option<JobError>) -> Result<()> {
    let Some(mut row) = member.book().batch(id)? else { return Ok(()) };
    match row.state {
        BatchState::Running => {}
        BatchState::Canceled => return cancel_queued(member, id),
        BatchState::Paused | BatchState::Done => return hold_again(member, id),
    }
    if let Some(why) = refused
        && row.pause(Some(why)).is_ok()
    {
        member.book().save_batch(&row)?;
    }
    member.news.borrow_mut().changed(id);
    Ok(())
}

/// Whether a queued job may be sent as far as its batch goes. An entry that came back to the queue after its batch was
/// paused or called back, because the vendor said "not now" or never got it, is held again or called back here.
pub(super) fn allows(member: &Member, entry: &Entry) -> Result<bool> {
    let Some(place) = &entry.batch else { return Ok(true) };
    let Some(row) = member.book().batch(&place.id)? else { return Ok(true) };
    match row.state {
        BatchState::Running => return Ok(true),
        // It paused itself: what has its money goes on.
        BatchState::Paused if row.error.is_some() => return Ok(true),
        BatchState::Paused => drop(purse::hold(member, entry.clone())?),
        BatchState::Done | BatchState::Canceled => {
            let mut entry = entry.clone();
            entry.cancel(clock::now());
            member.save(&entry)?;
        }
    }
    Ok(false)
}

/// Ends the batches whose last entry ended just before the worker stopped.
pub(super) fn settle_all(member: &Member) -> Result<()> {
    for id in member.book().open_batches()? {
        if !member.book().is_batch_open(&id)? {
            member.news.borrow_mut().changed(&id);
        }
    }
    Ok(())
}

/// Writes down that a batch has ended, once all its entries have.
fn settle(member: &Member, row: &mut Row) -> Result<()> {
    if row.ended.is_none() && !member.book().is_batch_open(&row.id)? {
        row.end(member.book().tally(&row.id)?);
        member.book().save_batch(row)?;
    }
    Ok(())
}

/// Tells all open pages of the batches that have changed, each at most once a second.
pub(super) fn tell_news(member: &Member) -> Result<()> {
    for id in member.news.borrow_mut().take(clock::now()) {
        let Some(mut row) = member.book().batch(&id)? else { continue };
        settle(member, &mut row)?;
        if live::is_heard(&member.state) {
            live::push(&member.state, &LiveEvent::Batch { batch: Box::new(member.batch(&row)?) })?;
        }
    }
    Ok(())
}

impl Member {
    /// A batch as others see it.
    pub(super) fn batch(&self, row: &Row) -> Result<Batch> {
        let tally = match &row.ended {
            Some(ended) => ended.clone(),
            None => self.book().tally(&row.id)?,
        };
        let mut eta_ms = None;
        for (kind, _) in tally.waiting() {
            eta_ms = eta_ms.max(Some(self.last_is_sent(&row.id, kind)?));
        }
        Ok(row.batch(&tally, eta_ms))
    }

    /// Milliseconds until the last waiting entry of a kind is expected to be sent.
    fn last_is_sent(&self, batch: &str, kind: Kind) -> Result<u64> {
        let before = self.book().rank_in_batch(batch, u32::MAX, kind, "")?.of_kind.saturating_sub(1);
        Ok(match self.traffic.borrow().get(&kind) {
            Some(traffic) => traffic.moment(traffic.before(before)).since(clock::now()),
            None => u64::from(before).saturating_mul(1000).checked_div(kind.per_second().into()).unwrap_or(0),
        })
    }
}
