//! The other members, asked through the studio.

use worker::Result;

use super::Member;
use super::known::{Asked, Known};

/// What all others know.
pub(super) async fn ask(_member: &Member, _asked: &Asked) -> Result<Known> {
    Ok(Known::default())
}

/// Takes a task for this member; `false` where another one has it.
pub(super) async fn claim(_member: &Member, _task: &str) -> Result<bool> {
    Ok(true)
}

/// Gives a task back.
pub(super) async fn unclaim(_member: &Member, _task: &str) -> Result<()> {
    Ok(())
}
