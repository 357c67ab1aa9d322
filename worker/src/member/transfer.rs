//! Data of one's own: everything page by page, and taking in what another studio has exported.
//!
//! A page is written down in one go, nothing awaits. What is here already stays as it is, so a page can come again.

mod cursor;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use studio_shared::batch::{Batch, BatchState};
use studio_shared::export::{Export, FORMAT, Imported, Missing, PAGE_BYTES, PAGE_ITEMS, Settings};
use studio_shared::job::Job;
use worker::Result;

pub(crate) use cursor::{Cursor, Part};

use super::answer::Shown;
use super::batches::Row;
use super::entry::Entry;
use super::message::Outcome;
use super::{Member, thread};
use crate::media;
use crate::reply::Refusal;

/// What is asked about a member's data.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum TransferMessage {
    /// A page of everything.
    Export(Cursor),
    /// Take a page in.
    Import(Box<Export>),
    /// Where do the bytes of a result belong?
    Awaited {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
    },
    /// They have come.
    Arrived {
        /// The job.
        id: String,
        /// Which result.
        n: u32,
    },
}

/// Where the bytes of a result belong, and what they have to be. Stays inside the worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Awaited {
    /// Under this key.
    pub(crate) key: String,
    /// So many bytes, where that is known.
    pub(crate) bytes: Option<u64>,
    /// Of this media type.
    pub(crate) media_type: String,
}

/// Answers one message.
pub(super) async fn answer(member: &Member, message: TransferMessage) -> Result<Outcome> {
    match message {
        TransferMessage::Export(cursor) => Ok(Outcome::Exported(Box::new(export(member, &cursor)?))),
        TransferMessage::Import(page) => {
            let imported = import(member, *page)?;
            member.wake().await?; // what is older than results are kept here is deleted
            Ok(imported)
        }
        TransferMessage::Awaited { id, n } => awaited(member, &id, n),
        TransferMessage::Arrived { id, n } => {
            let Some(mut entry) = member.book().read(&id)? else { return refused(Refusal::not_found()) };
            entry.arrived(n);
            member.save(&entry)?;
            Ok(Outcome::Done)
        }
    }
}

fn refused(refusal: Refusal) -> Result<Outcome> {
    Ok(Outcome::Refused(Box::new(refusal)))
}

/// The page after a place: conversations and batches come before the jobs that belong to them.
fn export(member: &Member, cursor: &Cursor) -> Result<Export> {
    let book = member.book();
    let mut page = Export { format: FORMAT.to_owned(), ..Export::default() };
    if *cursor == Cursor::default() {
        page.settings = Some(Settings { retention_days: book.retention()? });
    }
    let mut room = PAGE_ITEMS;
    if let Some(after) = cursor.after(Part::Conversations) {
        page.conversations = book.conversations_after(after, limit(room))?;
        if let Some(last) = page.conversations.get(room.saturating_sub(1)) {
            page.next = Some(Part::Conversations.cursor(&last.id));
            return Ok(page);
        }
        room = room.saturating_sub(page.conversations.len());
    }
    if let Some(after) = cursor.after(Part::Batches) {
        let rows = book.batches_after(after, limit(room))?;
        page.batches = rows.iter().map(|row| member.batch(row)).collect::<Result<Vec<Batch>>>()?;
        if let Some(last) = page.batches.get(room.saturating_sub(1)) {
            page.next = Some(Part::Batches.cursor(&last.id));
            return Ok(page);
        }
        room = room.saturating_sub(page.batches.len());
    }
    let ids = book.jobs_after(cursor.after(Part::Jobs).unwrap_or_default(), limit(room))?;
    let mut bytes: usize = 0;
    for (at, id) in ids.iter().enumerate() {
        let Some(entry) = book.read(id)? else { continue };
        let job = member.job(&entry, Shown::Whole)?;
        bytes = bytes.saturating_add(serde_json::to_vec(&job)?.len());
        page.jobs.push(job);
        if bytes > PAGE_BYTES || at.saturating_add(1) == room {
            page.next = Some(Part::Jobs.cursor(id));
            break;
        }
    }
    Ok(page)
}

fn limit(room: usize) -> u32 {
    u32::try_from(room).unwrap_or(u32::MAX)
}

fn import(member: &Member, page: Export) -> Result<Outcome> {
    let book = member.book();
    if let Some(refusal) = misplaced(member, &page)? {
        return refused(refusal);
    }
    let mut imported = Imported::default();
    let is_new = |is_known: bool, imported: &mut Imported| {
        let count = if is_known { &mut imported.known } else { &mut imported.added };
        *count = count.saturating_add(1);
        !is_known
    };
    if let Some(settings) = page.settings.filter(|_| !book.has_jobs().unwrap_or(true)) {
        book.set_retention(settings.retention_days)?; // of a member who has nothing yet that it could delete
    }
    for conversation in &page.conversations {
        if is_new(book.conversation(&conversation.id)?.is_some(), &mut imported) {
            book.import_conversation(conversation)?;
        }
    }
    for batch in page.batches {
        if is_new(book.batch(&batch.id)?.is_some(), &mut imported) {
            book.add_batch(&row(batch), None)?;
        }
    }
    for job in page.jobs {
        if !job.state.is_final() {
            imported.unfinished = imported.unfinished.saturating_add(1);
            continue;
        }
        let id = job.id.clone();
        if is_new(book.has_job(&id)?, &mut imported) {
            add(member, job)?;
        }
        if let Some(entry) = book.read(&id)? {
            let missing = entry.awaited().map(|(n, _)| Missing { job: id.clone(), n });
            imported.missing.extend(missing);
        }
    }
    Ok(Outcome::Imported(imported))
}

/// Why a page cannot be taken in yet: a job of it belongs to something that is not here.
fn misplaced(member: &Member, page: &Export) -> Result<Option<Refusal>> {
    let book = member.book();
    let conversations: HashSet<&str> = page.conversations.iter().map(|one| one.id.as_str()).collect();
    let batches: HashSet<&str> = page.batches.iter().map(|one| one.id.as_str()).collect();
    for (at, job) in page.jobs.iter().enumerate().filter(|(_, job)| job.state.is_final()) {
        if let Some(id) = job.conversation.as_deref().filter(|id| !conversations.contains(id))
            && book.conversation(id)?.is_none()
        {
            return Ok(Some(thread::unknown(&format!("jobs[{at}].conversation"), id)));
        }
        if let Some(place) = job.batch.as_ref().filter(|place| !batches.contains(place.id.as_str()))
            && book.batch(&place.id)?.is_none()
        {
            return Ok(Some(thread::unknown(&format!("jobs[{at}].batch"), &place.id)));
        }
    }
    Ok(None)
}

fn add(member: &Member, job: Job) -> Result<()> {
    let book = member.book();
    let text = job.text.as_ref().map(|text| text.text.clone()).unwrap_or_default();
    let entry = Entry::imported(job);
    book.add(&entry, None)?;
    book.save(&entry)?;
    if !text.is_empty() {
        book.say(&entry.id, &text, entry.usage)?;
    }
    match &entry.turn {
        Some(turn) => book.import_turn(&turn.conversation, &entry.id),
        None => Ok(()),
    }
}

/// A batch whose entries have all ended. How many there are is counted anew: of those that came along.
fn row(batch: Batch) -> Row {
    let canceled = batch.state == BatchState::Canceled;
    Row {
        id: batch.id,
        name: batch.name,
        created_at: batch.created_at,
        state: if canceled { BatchState::Canceled } else { BatchState::Done },
        error: None,
        kinds: batch.kinds,
        price: batch.price,
        digest: String::new(),
        ended: None,
        code: None,
    }
}

fn awaited(member: &Member, id: &str, n: u32) -> Result<Outcome> {
    let Some(entry) = member.book().read(id)? else { return refused(Refusal::not_found()) };
    let stored = entry.awaited().find(|(at, _)| *at == n).map(|(_, stored)| stored);
    if let Some(stored) = stored {
        return Ok(Outcome::Awaited(Awaited {
            key: media::key(&member.id(), id, n),
            bytes: stored.bytes,
            media_type: stored.media_type.clone().unwrap_or_default(),
        }));
    }
    let is_there = entry.outputs.iter().zip(0..).any(|(stored, at)| at == n && stored.kept);
    if is_there { Ok(Outcome::Done) } else { refused(Refusal::not_found()) }
}
