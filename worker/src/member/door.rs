//! Who of this member is let in, as the Directory has told: what was asked for before that is held to it as well.
//!
//! Where somebody is shut out, their open pages are logged out at once and what they asked for and was not sent yet is
//! called back, its money given back. What is at the vendor is billed: it goes on and is collected.

use serde::{Deserialize, Serialize};
use studio_shared::day::Day;
use studio_shared::error::{Charged, code};
use studio_shared::job::JobError;
use studio_shared::time::Timestamp;
use studio_shared::words::Words;
use worker::Result;

use super::entry::Entry;
use super::{Member, batches, live};
use crate::access::Pass;
use crate::clock;
use crate::reply::Refusal;

/// Who is let in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Door {
    /// The Directory's count: what is told later has a higher one.
    pub(crate) version: u64,
    /// Whether the owner has shut the member out.
    pub(crate) out: bool,
    /// The member's last day.
    pub(crate) last_day: Option<Day>,
    /// Who came in before this count has to come in again.
    pub(crate) since: u64,
    /// The member's codes.
    pub(crate) codes: Vec<CodeDoor>,
}

/// Whether a code lets anybody in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodeDoor {
    /// The code.
    pub(crate) id: String,
    /// Whether it was revoked.
    pub(crate) out: bool,
    /// Who came in with it before this count has to come in again.
    pub(crate) since: u64,
}

impl Door {
    /// Whether a caller still may do something: they may have been shut out since they were asked at the Directory.
    pub(super) fn admits(&self, pass: &Pass, today: Day) -> bool {
        let since = self.code(pass.code.as_deref()).map_or(0, |code| code.since);
        pass.epoch >= self.since.max(since) && self.keeps(pass.code.as_deref(), today)
    }

    /// Whether what was asked for with a code is still to be sent.
    pub(super) fn keeps(&self, code: Option<&str>, today: Day) -> bool {
        let is_over = self.last_day.is_some_and(|last| last < today);
        !self.out && !is_over && !self.code(code).is_some_and(|code| code.out)
    }

    /// When the member's time is over.
    pub(super) fn end(&self) -> Option<Timestamp> {
        self.last_day.map(|last| last.next().begins())
    }

    fn code(&self, id: Option<&str>) -> Option<&CodeDoor> {
        self.codes.iter().find(|code| id == Some(code.id.as_str()))
    }
}

/// Why a job is not sent any more.
fn shut_out() -> JobError {
    JobError {
        code: code::SHUT_OUT.to_owned(),
        message: "The one who asked for it was shut out before it was sent.".to_owned(),
        advice: Words::new(
            "提交者的登录码已停用或到期，没有提交，没有计费；恢复后可以重试。",
            "The code it was asked for with was revoked or has ended. Nothing was sent, nothing was billed; retry it once \
             you are let in again.",
        ),
        charged: Charged::No,
    }
}

/// Takes up what the Directory has told.
pub(super) async fn told(member: &Member, door: Door) -> Result<()> {
    let book = member.book();
    if book.door()?.version > door.version {
        return Ok(()); // this was sent before that
    }
    book.set_door(&door)?;
    see_to(member)?;
    member.wake().await
}

/// Holds everything to the door as it is now: closes sockets and calls jobs back.
pub(super) fn see_to(member: &Member) -> Result<()> {
    let door = member.book().door()?;
    let today = Day::of(clock::now());
    live::close(&member.state, |pass| !door.admits(pass, today));
    let book = member.book();
    for entry in book.queued_singles()? {
        if !door.keeps(entry.code.as_deref(), today) {
            call_back(member, entry)?;
        }
    }
    for id in book.running_batches()? {
        if let Some(row) = book.batch(&id)?.filter(|row| !door.keeps(row.code.as_deref(), today)) {
            batches::shut(member, row, shut_out())?;
        }
    }
    Ok(())
}

/// The same where the member's time is over.
pub(super) fn see_to_end(member: &Member, now: Timestamp) -> Result<()> {
    if member.book().door()?.end().is_some_and(|end| end <= now) { see_to(member) } else { Ok(()) }
}

/// When everything is next to be held to the door: at the end of the member's time, where anything is left by then.
pub(super) fn next(member: &Member, now: Timestamp) -> Result<Option<Timestamp>> {
    let Some(end) = member.book().door()?.end().filter(|end| *end > now) else { return Ok(None) };
    let is_left = live::is_heard(&member.state) || member.book().is_any_queued()?;
    Ok(is_left.then_some(end))
}

/// Whether a queued job may still be sent. If not, it is called back, or held with its batch.
pub(super) fn allows(member: &Member, entry: &Entry) -> Result<bool> {
    if member.book().door()?.keeps(entry.code.as_deref(), Day::of(clock::now())) {
        return Ok(true);
    }
    match &entry.batch {
        Some(_) => drop(super::purse::hold(member, entry.clone())?),
        None => call_back(member, entry.clone())?,
    }
    Ok(false)
}

fn call_back(member: &Member, mut entry: Entry) -> Result<()> {
    entry.shut_out(shut_out(), clock::now());
    member.save(&entry).map(drop)
}

/// Refuses who was shut out since they were asked at the Directory, and who asks while everything is being deleted.
pub(super) fn check(member: &Member, pass: &Pass) -> Result<std::result::Result<(), Refusal>> {
    let book = member.book();
    if !book.door()?.admits(pass, Day::of(clock::now())) {
        return Ok(Err(Refusal::not_logged_in()));
    }
    Ok(if book.wiping()?.is_some() { Err(Refusal::wiping()) } else { Ok(()) })
}

#[cfg(test)]
mod tests {
    use studio_shared::member::Rights;

    use super::*;

    fn day(n: u64) -> Day {
        Day::nth(20_000 + n)
    }

    fn pass(code: Option<&str>, epoch: u64) -> Pass {
        Pass { code: code.map(str::to_owned), epoch, rights: Rights::default() }
    }

    #[test]
    fn who_was_never_told_of_is_let_in() {
        let door = Door::default();
        assert!(door.admits(&pass(None, 0), day(0)) && door.admits(&pass(Some("a"), 0), day(9)));
        assert_eq!(door.end(), None);
    }

    #[test]
    fn a_code_that_was_rotated_keeps_its_jobs_and_one_that_was_revoked_does_not() {
        let code = |id: &str, out, since| CodeDoor { id: id.to_owned(), out, since };
        let codes = vec![code("rotated", false, 5), code("revoked", true, 6), code("other", false, 0)];
        let door = Door { version: 6, since: 2, codes, ..Door::default() };
        assert!(!door.admits(&pass(Some("rotated"), 4), day(0)) && door.keeps(Some("rotated"), day(0)));
        assert!(door.admits(&pass(Some("rotated"), 5), day(0)));
        assert!(!door.admits(&pass(Some("revoked"), 9), day(0)) && !door.keeps(Some("revoked"), day(0)));
        assert!(
            door.admits(&pass(Some("other"), 2), day(0)) && !door.admits(&pass(Some("other"), 1), day(0))
        );
        assert!(!door.admits(&pass(None, 1), day(0)), "logged out everywhere");
    }

    #[test]
    fn nobody_outlives_the_last_day() {
        let door = Door { last_day: Some(day(3)), ..Door::default() };
        assert!(door.keeps(None, day(3)) && !door.keeps(None, day(4)));
        assert_eq!(door.end(), Some(day(4).begins()));
        let out = Door { out: true, ..Door::default() };
        assert!(!out.keeps(None, day(0)) && !out.admits(&pass(None, 9), day(0)));
    }
}
