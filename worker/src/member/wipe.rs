//! Deleting everything of a member, by their own wish or because the member is gone.
//!
//! The rows go at once: what waits is called back, and of what is at the vendor the most that it can cost is booked, since
//! nobody will know. The bytes in the bucket go when the driver next starts, with nothing in flight any more, a thousand at
//! a time; a crash in between leaves the mark in the book, and the next driver goes on. Until the end nothing new is taken.
//!
//! Which tasks of the vendor's were this member's stays known for a day: nobody else may take them for their own.

use studio_shared::job::State;
use studio_shared::kind::Kind;
use worker::Result;

use super::{Member, answer, live, shares};
use crate::config::Config;
use crate::{clock, media};

/// Deletes the rows, and has the driver delete the bytes.
pub(super) async fn begin(member: &Member, all: bool) -> Result<()> {
    let book = member.book();
    let all = all || book.wiping()? == Some(true);
    book.set_wiping(Some(all))?;
    let mut uploads = Vec::new();
    for mut entry in book.open()? {
        if entry.kind() == Kind::Text && entry.state != State::Queued {
            answer::stop(member, entry)?;
            continue;
        }
        uploads.extend(entry.multipart.take().map(|upload| (entry.id.clone(), upload)));
        entry.given_up(clock::now());
        member.save_among_many(&entry)?;
    }
    book.wipe(all)?;
    live::reload(&member.state);
    member.wake().await?;
    for (job, upload) in uploads {
        // It may have ended by itself just now; what it left is deleted with all other bytes.
        let _ = media::abort(&member.env, &media::key(&member.id(), &job, 0), &upload).await;
    }
    Ok(())
}

/// Takes the shares back and deletes the bytes, where everything is to be deleted, and what was written since.
pub(super) async fn go_on(member: &Member, config: &Config) -> Result<()> {
    let Some(all) = member.book().wiping()? else { return Ok(()) };
    shares::revoke_all(member).await?;
    if config.keeps_results {
        media::delete_all(&member.env, &member.id()).await?;
    }
    member.book().wipe(all)?;
    member.book().forget_shares()?;
    member.book().set_wiping(None)
}
