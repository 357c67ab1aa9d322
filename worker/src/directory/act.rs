//! What the owner and the members change.

use studio_shared::day::Day;
use studio_shared::member::{MOST_CODES, MOST_MEMBERS, Standing};
use studio_shared::time::Timestamp;
use worker::Result;

use super::ended::Left;
use super::message::{Change, Kept, Message, NewCode, Proof};
use super::register::{CodeRow, MemberRow, Register};
use super::{Directory, Done};
use crate::access::OWNER;
use crate::clock;
use crate::reply::Refusal;

/// What is answered, and whose object has to be told.
type Acted = Result<(Done<Kept>, Option<String>)>;

/// A member with their codes.
pub(super) fn kept(register: &Register, member: &MemberRow) -> Kept {
    Kept { member: member.clone(), codes: register.codes(&member.id).cloned().collect() }
}

fn refused(refusal: Refusal) -> Acted {
    Ok((Err(refusal), None))
}

impl Directory {
    /// Answers everything but who comes in.
    pub(super) fn act(&self, message: Message) -> Acted {
        match message {
            Message::Read(member) => self.with(|register, _| Ok((self.shown(register, &member), None))),
            Message::Add { member, code } => self.add(member, code),
            Message::Change { member, change } => self.change(&member, change),
            Message::Remove(member) => {
                self.change_row(&member, |row| row.leaving = true) // and revoked: see `Register::door`
            }
            Message::AddCode { member, code } => self.add_code(&member, code),
            Message::RenameCode { member, code, name } => {
                self.change_code(&member, &code, false, |row, _| row.name = name)
            }
            Message::RotateCode { member, code, hash } => {
                self.change_code(&member, &code, true, |row, since| {
                    row.hash = hash;
                    row.created_at = clock::now();
                    row.since = since;
                })
            }
            Message::RevokeCode { member, code } => self.change_code(&member, &code, true, |row, since| {
                row.revoked_at = Some(clock::now());
                row.since = since;
            }),
            Message::LogOut(member) => self.log_out(&member),
            Message::Leave { proof: Proof::Session { member, code, epoch, id }, until } => {
                let now = clock::now();
                let holds = self.with(|register, _| {
                    Ok(register.by_session(&member, code.as_deref(), epoch, &id, Day::of(now)).is_some())
                })?;
                if holds {
                    self.leave(&Left { id, member, until }, now)
                } else {
                    refused(Refusal::not_found())
                }
            }
            Message::Leave { .. } => refused(Refusal::internal()), // only sessions can be left
            Message::Enter(_) | Message::List | Message::IsShutOut(_) => refused(Refusal::internal()), // see `Directory::fetch`
        }
    }

    fn shown(&self, register: &Register, member: &str) -> Done<Kept> {
        register.member(member).map(|row| kept(register, row)).ok_or_else(Refusal::not_found)
    }

    fn add(&self, member: MemberRow, code: NewCode) -> Acted {
        self.with(|register, _| {
            if register.members().count() >= MOST_MEMBERS {
                return refused(Refusal::too_many(
                    MOST_MEMBERS,
                    ("位成员", "members"),
                    ("先删除不再需要的成员。", "Delete members that are not needed any more."),
                ));
            }
            let id = member.id.clone();
            let has_end = member.last_day.is_some();
            self.rows.put_member(&member)?;
            register.put_member(member);
            self.put_new_code(register, &id, code)?;
            if has_end {
                self.rows.put_epoch(register.next_epoch())?;
                self.rows.to_tell(&id)?;
            }
            Ok((self.shown(register, &id), has_end.then_some(id)))
        })
    }

    fn change(&self, member: &str, change: Change) -> Acted {
        if member == OWNER {
            return refused(Refusal::not_found()); // the owner's own budget is set at `/api/budget`
        }
        self.change_row(member, |row| {
            let Change { name, note, kinds, models, last_day, revoked } = change;
            row.name = name.unwrap_or_else(|| row.name.clone());
            row.note = note.unwrap_or_else(|| row.note.clone());
            row.rights.kinds = kinds.unwrap_or_else(|| row.rights.kinds.clone());
            row.rights.models = models.unwrap_or_else(|| row.rights.models.clone());
            row.last_day = last_day.unwrap_or(row.last_day);
            row.revoked = revoked.unwrap_or(row.revoked);
        })
    }

    /// Changes a member; the object is told where that changes who is let in.
    fn change_row(&self, member: &str, change: impl FnOnce(&mut MemberRow)) -> Acted {
        self.with(|register, _| {
            let Some(before) = register.member(member).filter(|row| row.id != OWNER).cloned() else {
                return refused(Refusal::not_found());
            };
            let mut row = before.clone();
            change(&mut row);
            let door = |row: &MemberRow| (row.revoked, row.leaving, row.last_day);
            let is_to_tell = door(&before) != door(&row);
            let answer = kept(register, &row);
            self.rows.put_member(&row)?;
            register.put_member(row);
            if is_to_tell {
                self.rows.put_epoch(register.next_epoch())?;
                self.rows.to_tell(member)?;
            }
            Ok((Ok(answer), is_to_tell.then(|| member.to_owned())))
        })
    }

    fn add_code(&self, member: &str, code: NewCode) -> Acted {
        self.with(|register, _| {
            if register.member(member).is_none() {
                return refused(Refusal::not_found());
            }
            if register.codes(member).filter(|code| code.revoked_at.is_none()).count() >= MOST_CODES {
                return refused(Refusal::too_many(
                    MOST_CODES,
                    ("个登录码", "codes"),
                    ("先撤销不再需要的登录码。", "Revoke codes that are not needed any more."),
                ));
            }
            self.put_new_code(register, member, code)?;
            Ok((self.shown(register, member), None))
        })
    }

    fn put_new_code(&self, register: &mut Register, member: &str, new: NewCode) -> Result<()> {
        let NewCode { id, name, hash } = new;
        let member = member.to_owned();
        let created_at = clock::now();
        let row = CodeRow { id, member, name, hash, created_at, used_at: None, revoked_at: None, since: 0 };
        self.rows.put_code(&row)?;
        register.put_code(row);
        Ok(())
    }

    /// Changes a code that can be used; `ends` says whether its sessions end with that.
    fn change_code(
        &self,
        member: &str,
        code: &str,
        ends: bool,
        change: impl FnOnce(&mut CodeRow, u64),
    ) -> Acted {
        self.with(|register, _| {
            let row = register.member(member).and_then(|_| register.code(member, code)).cloned();
            let Some(mut row) = row else { return refused(Refusal::not_found()) };
            let since = if ends { register.next_epoch() } else { row.since };
            change(&mut row, since);
            self.rows.put_code(&row)?;
            register.put_code(row);
            for forgotten in register.forget_revoked(member) {
                self.rows.remove_code(&forgotten)?;
            }
            if ends {
                self.rows.put_epoch(since)?;
                self.rows.to_tell(member)?;
            }
            Ok((self.shown(register, member), ends.then(|| member.to_owned())))
        })
    }

    /// Ends one session. What is forgotten is forgotten last: should a row not be written, it still counts.
    fn leave(&self, left: &Left, now: Timestamp) -> Acted {
        let (leaving, acted) = self.with(|register, _| {
            let leaving = register.ended.put(left.clone(), now);
            if !leaving.all {
                self.rows.put_ended(left)?;
            }
            Ok((leaving, (self.shown(register, &left.member), None)))
        })?;
        let acted = if leaving.all { self.log_out(&left.member)? } else { acted };
        for forgotten in &leaving.forgotten {
            self.rows.remove_ended(forgotten)?;
        }
        Ok(acted)
    }

    fn log_out(&self, member: &str) -> Acted {
        self.with(|register, _| {
            let Some(mut row) = register.member(member).cloned() else {
                return refused(Refusal::not_found());
            };
            row.since = register.next_epoch();
            self.rows.put_epoch(row.since)?;
            self.rows.put_member(&row)?;
            self.rows.to_tell(member)?;
            register.put_member(row);
            Ok((self.shown(register, member), Some(member.to_owned())))
        })
    }
}

impl Kept {
    /// Whether the member is let in today.
    pub(crate) fn standing(&self, today: Day) -> Standing {
        self.member.standing(today)
    }
}
