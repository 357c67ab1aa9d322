//! The other members, asked for what they know of the vendor's tasks.

use studio_shared::day::Day;
use worker::{Error, Result};

use super::known::{Asked, Known};
use super::{Member, Message, Outcome};
use crate::{clock, stub, studio};

/// What was sent in the last day was reserved at most so many days before; what waits longer has been paused.
const DAYS: u32 = 14;

/// What all others know together.
pub(super) async fn ask(member: &Member, asked: &Asked) -> Result<Known> {
    let since = Day::nth(Day::of(clock::now()).number().saturating_sub(DAYS).into());
    let mut known = Known::default();
    for id in studio::others(&member.env, &member.id(), since).await? {
        let stub = member.env.durable_object("MEMBER")?.id_from_string(&id)?.get_stub()?;
        let Outcome::Known(theirs) = stub::ask(&stub, &Message::Known(asked.clone())).await? else {
            return Err(Error::RustError("a member does not say what it knows".to_owned()));
        };
        known.tasks.extend(theirs.tasks);
        known.in_flight |= theirs.in_flight;
        known.lost.extend(theirs.lost);
    }
    Ok(known)
}

/// Takes a task for this member; `false` where another one has it.
pub(super) async fn claim(member: &Member, task: &str) -> Result<bool> {
    studio::claim(&member.env, &member.id(), task, Day::of(clock::now())).await
}

/// Gives a task back.
pub(super) async fn unclaim(member: &Member, task: &str) -> Result<()> {
    studio::unclaim(&member.env, &member.id(), task).await
}
