//! Deleting a job and bringing it back; how much is kept, and for how long.

use studio_shared::event::LiveEvent;
use studio_shared::storage::{Storage, StorageChange};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;
use worker::Result;

use super::answer::Shown;
use super::message::Outcome;
use super::{Member, live};
use crate::clock;
use crate::config::Config;
use crate::reply::Refusal;

fn refused(refusal: Refusal) -> Result<Outcome> {
    Ok(Outcome::Refused(Box::new(refusal)))
}

/// Deletes a job that has ended: nobody sees it any more, and once it cannot be brought back the driver deletes its bytes
/// and its row.
pub(super) async fn delete(member: &Member, id: &str) -> Result<Outcome> {
    let Some(entry) = member.book().read(id)? else { return refused(Refusal::not_found()) };
    if !entry.state.is_final() {
        return refused(Refusal::wrong_state(
            Words::new("任务还在进行，不能删除。", "The job has not ended and cannot be deleted."),
            Words::new("等它结束，或先取消。", "Wait for its end, or cancel it first."),
        ));
    }
    if entry.turn.is_some() {
        return refused(Refusal::wrong_state(
            Words::new(
                "它是一段对话中的一轮，不能单独删除。",
                "It is a turn of a conversation and cannot be deleted alone.",
            ),
            Words::new("请删除整段对话。", "Delete the whole conversation."),
        ));
    }
    member.book().mark_deleted(id, clock::now())?;
    live::push(&member.state, &LiveEvent::Deleted { id: id.to_owned() })?;
    member.wake().await?;
    Ok(Outcome::Done)
}

/// Brings a deleted job back, whole. What was not deleted is answered as it is.
pub(super) fn restore(member: &Member, id: &str) -> Result<Outcome> {
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return refused(Refusal::misconfigured(&what)),
    };
    let now = clock::now();
    member.book().restore(id, Timestamp::from_ms(now.ms().saturating_sub(config.waits.undo_ms())))?;
    let Some(entry) = member.book().read(id)? else { return refused(Refusal::not_found()) };
    member.show(&entry)?;
    Ok(Outcome::Job(Box::new(member.job(&entry, Shown::Whole)?)))
}

/// What is kept, and for how long.
pub(super) fn read(member: &Member) -> Result<Outcome> {
    let (bytes, files) = member.book().kept()?;
    let retention_days = member.book().retention()?;
    let keeps_results = member.env.bucket("MEDIA").is_ok();
    Ok(Outcome::Storage(Storage { keeps_results, bytes, files, retention_days }))
}

/// Keeps results for another time from now on; the driver deletes what is older.
pub(super) async fn change(member: &Member, change: StorageChange) -> Result<Outcome> {
    member.book().set_retention(change.retention_days)?;
    member.wake().await?;
    read(member)
}
