//! Who is let in: members, their codes, and the count that ends sessions. Pure.
//!
//! The count, [`Register::epoch`], goes up whenever sessions end. A session holds the count at its login; members and
//! codes hold the count of the last time their sessions were ended. So what holds and what does not is exact, whatever
//! the clocks of the machines say.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use studio_shared::day::Day;
use studio_shared::member::{Rights, Standing};
use studio_shared::time::Timestamp;

use super::ended::{Ended, Left};
use crate::access::{OWNER, Pass};
use crate::member::{CodeDoor, Door};

/// Revoked codes of a member that are remembered.
const REVOKED: usize = 50;

const HOUR_MS: u64 = 60 * 60 * 1000;

/// A member, as the Directory keeps them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct MemberRow {
    /// Opaque; the name of their object.
    pub(crate) id: String,
    /// What they are called.
    pub(crate) name: String,
    /// A note for the owner.
    pub(crate) note: String,
    /// When they were made.
    pub(crate) created_at: Timestamp,
    /// What they may have made.
    pub(crate) rights: Rights,
    /// Their last day.
    pub(crate) last_day: Option<Day>,
    /// Whether the owner has shut them out.
    pub(crate) revoked: bool,
    /// Whether they are being deleted.
    pub(crate) leaving: bool,
    /// Sessions from before this count do not hold.
    pub(crate) since: u64,
}

impl MemberRow {
    /// Whether they are let in.
    pub(crate) fn standing(&self, today: Day) -> Standing {
        if self.revoked {
            Standing::Revoked
        } else if self.last_day.is_some_and(|last| last < today) {
            Standing::Ended
        } else {
            Standing::Active
        }
    }
}

/// A code, as the Directory keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodeRow {
    /// Opaque.
    pub(crate) id: String,
    /// Whose.
    pub(crate) member: String,
    /// For which device or friend.
    pub(crate) name: String,
    /// The keyed hash of what it says.
    pub(crate) hash: String,
    /// When it was made or last rotated.
    pub(crate) created_at: Timestamp,
    /// When it was last used; to the hour.
    pub(crate) used_at: Option<Timestamp>,
    /// When it was revoked.
    pub(crate) revoked_at: Option<Timestamp>,
    /// Sessions from before this count do not hold.
    pub(crate) since: u64,
}

/// Somebody who is let in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Guest {
    /// The member.
    pub(crate) member: String,
    /// What they are called.
    pub(crate) name: String,
    /// Their last day.
    pub(crate) last_day: Option<Day>,
    /// What they come with.
    pub(crate) pass: Pass,
}

/// What a code leads to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Led {
    /// In.
    In(Guest),
    /// It was handed out to this member, but lets nobody in any more.
    Shut(String),
    /// Nowhere: there is no such code.
    Nowhere,
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Register {
    /// Goes up whenever sessions end.
    epoch: u64,
    members: BTreeMap<String, MemberRow>,
    codes: BTreeMap<String, CodeRow>,
    /// The codes, by what they say.
    hashes: HashMap<String, String>,
    /// The sessions that were logged out.
    pub(super) ended: Ended,
}

impl Default for Register {
    /// The owner is always there.
    fn default() -> Self {
        let owner = MemberRow {
            id: OWNER.to_owned(),
            name: OWNER.to_owned(),
            note: String::new(),
            created_at: Timestamp::default(),
            rights: Rights::default(),
            last_day: None,
            revoked: false,
            leaving: false,
            since: 0,
        };
        let members = BTreeMap::from([(OWNER.to_owned(), owner)]);
        Self { epoch: 0, members, codes: BTreeMap::new(), hashes: HashMap::new(), ended: Ended::default() }
    }
}

impl Register {
    /// Takes up what was stored.
    pub(super) fn resume(epoch: u64, members: Vec<MemberRow>, codes: Vec<CodeRow>, ended: Vec<Left>) -> Self {
        let mut register = Self { epoch, ended: Ended::resume(ended), ..Self::default() };
        members.into_iter().for_each(|member| register.put_member(member));
        codes.into_iter().for_each(|code| register.put_code(code));
        register
    }

    /// Ends sessions: the count from which on they hold.
    pub(super) fn next_epoch(&mut self) -> u64 {
        self.epoch = self.epoch.saturating_add(1);
        self.epoch
    }

    /// The owner, who has given the code of the deployment.
    pub(super) fn owner(&self) -> Guest {
        let owner = self.members.get(OWNER);
        Guest {
            member: OWNER.to_owned(),
            name: owner.map_or(OWNER, |owner| owner.name.as_str()).to_owned(),
            last_day: None,
            pass: Pass { code: None, epoch: self.epoch, rights: Rights::default() },
        }
    }

    /// Who calls with a session of that member and code from that count; nobody where it does not hold any more.
    pub(super) fn by_session(
        &self,
        member: &str,
        code: Option<&str>,
        epoch: u64,
        id: &str,
        today: Day,
    ) -> Option<Guest> {
        if self.ended.knows(id) {
            return None;
        }
        let row = self.active(member, today)?;
        let code = match code {
            Some(id) => {
                let usable = |code: &&CodeRow| code.member == member && code.revoked_at.is_none();
                Some(self.codes.get(id).filter(usable)?)
            }
            None if member == OWNER => None,
            None => return None,
        };
        let since = code.map_or(row.since, |code| code.since.max(row.since));
        (epoch >= since).then(|| guest(row, code, epoch))
    }

    /// What a code leads to.
    pub(super) fn by_code(&self, hash: &str, today: Day) -> Led {
        let Some(code) = self.hashes.get(hash).and_then(|id| self.codes.get(id)) else { return Led::Nowhere };
        match self.active(&code.member, today) {
            Some(row) if code.revoked_at.is_none() => Led::In(guest(row, Some(code), self.epoch)),
            _ => Led::Shut(code.member.clone()),
        }
    }

    /// Notes that a code is used: the row, where that is the first time in this hour.
    pub(super) fn used(&mut self, code: &str, now: Timestamp) -> Option<CodeRow> {
        let hour = Timestamp::from_ms(now.ms().saturating_sub(now.ms() % HOUR_MS));
        let code = self.codes.get_mut(code).filter(|code| code.used_at.is_none_or(|used| used < hour))?;
        code.used_at = Some(hour);
        Some(code.clone())
    }

    /// A member, unless they are being deleted.
    pub(super) fn member(&self, id: &str) -> Option<&MemberRow> {
        self.members.get(id).filter(|member| !member.leaving)
    }

    /// A member, also one that is being deleted.
    pub(super) fn anybody(&self, id: &str) -> Option<&MemberRow> {
        self.members.get(id)
    }

    /// All members but the owner, oldest first.
    pub(super) fn members(&self) -> impl Iterator<Item = &MemberRow> {
        self.members.values().filter(|member| member.id != OWNER && !member.leaving)
    }

    /// The codes of a member, oldest first.
    pub(super) fn codes(&self, member: &str) -> impl Iterator<Item = &CodeRow> {
        self.codes.values().filter(move |code| code.member == member)
    }

    /// One of a member's codes that can be used.
    pub(super) fn code(&self, member: &str, id: &str) -> Option<&CodeRow> {
        self.codes.get(id).filter(|code| code.member == member && code.revoked_at.is_none())
    }

    /// Writes a member down.
    pub(super) fn put_member(&mut self, member: MemberRow) {
        self.members.insert(member.id.clone(), member);
    }

    /// Writes a code down.
    pub(super) fn put_code(&mut self, code: CodeRow) {
        self.hashes.retain(|_, id| *id != code.id);
        self.hashes.insert(code.hash.clone(), code.id.clone());
        self.codes.insert(code.id.clone(), code);
    }

    /// Forgets a member and their codes.
    pub(super) fn remove(&mut self, member: &str) {
        self.members.remove(member);
        self.codes.retain(|_, code| code.member != member);
        let codes = &self.codes;
        self.hashes.retain(|_, id| codes.contains_key(id));
    }

    /// Forgets the revoked codes of a member beyond those that are remembered, oldest first: which those are.
    pub(super) fn forget_revoked(&mut self, member: &str) -> Vec<String> {
        let mut revoked: Vec<(Timestamp, String)> =
            self.codes(member).filter_map(|code| Some((code.revoked_at?, code.id.clone()))).collect();
        revoked.sort_unstable();
        let many = revoked.len().saturating_sub(REVOKED);
        let forgotten: Vec<String> = revoked.into_iter().take(many).map(|(_, id)| id).collect();
        self.codes.retain(|id, _| !forgotten.contains(id));
        let codes = &self.codes;
        self.hashes.retain(|_, id| codes.contains_key(id));
        forgotten
    }

    /// What the member's object has to know of who is let in.
    pub(super) fn door(&self, member: &str) -> Option<Door> {
        let row = self.members.get(member)?;
        let codes = self.codes(member).map(|code| CodeDoor {
            id: code.id.clone(),
            out: code.revoked_at.is_some(),
            since: code.since,
        });
        Some(Door {
            version: self.epoch,
            out: row.revoked || row.leaving,
            last_day: row.last_day,
            since: row.since,
            codes: codes.collect(),
        })
    }

    fn active(&self, member: &str, today: Day) -> Option<&MemberRow> {
        self.member(member).filter(|member| member.standing(today) == Standing::Active)
    }
}

fn guest(row: &MemberRow, code: Option<&CodeRow>, epoch: u64) -> Guest {
    Guest {
        member: row.id.clone(),
        name: row.name.clone(),
        last_day: row.last_day,
        pass: Pass { code: code.map(|code| code.id.clone()), epoch, rights: row.rights.clone() },
    }
}

#[cfg(test)]
mod tests;
