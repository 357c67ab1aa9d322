//! The Directory object: one for the whole deployment. It knows who is let in, and counts wrong codes, so that both are
//! exact wherever in the world the calls come from: whoever calls is asked after here, once.
//!
//! A thin shell. [`register`] decides who is let in and [`gate`] which codes are looked at at all; [`rows`] keeps both.
//! Between reading and writing nothing awaits. Where a change shuts somebody out, the member's own object is told before
//! the change is answered, and, should that fail, again by the alarm.

mod act;
mod ended;
mod gate;
mod message;
mod register;
mod rows;

use std::cell::RefCell;
use std::time::Duration;

use studio_shared::day::Day;
use studio_shared::time::Timestamp;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

pub(crate) use gate::Source;
use gate::{Changed, Gate};
use message::Message;
pub(crate) use message::{Change, Enter, Entered, Kept, NewCode, Proof};
pub(crate) use register::{CodeRow, Guest, MemberRow};
use register::{Led, Register};
use rows::Rows;

use crate::member::{Message as MembersMessage, Outcome};
use crate::reply::Refusal;
use crate::{clock, reply, stub};

/// The name of the one Directory.
const NAME: &str = "directory";

/// After so long a member's object that could not be told is told again.
const AGAIN: Duration = Duration::from_secs(5);

/// What comes of a change.
type Done<T> = std::result::Result<T, Refusal>;

/// Asks whether somebody may come in.
pub(crate) async fn enter(env: &Env, enter: Enter) -> Result<Entered> {
    ask(env, &Message::Enter(enter)).await
}

/// All members but the owner, oldest first, with their codes.
pub(crate) async fn list(env: &Env) -> Result<Vec<Kept>> {
    ask(env, &Message::List).await
}

/// One member with their codes.
pub(crate) async fn read(env: &Env, member: &str) -> Result<Done<Kept>> {
    ask(env, &Message::Read(member.to_owned())).await
}

/// Writes a new member down, with a first code.
pub(crate) async fn add(env: &Env, member: MemberRow, code: NewCode) -> Result<Done<Kept>> {
    ask(env, &Message::Add { member, code }).await
}

/// Changes a member.
pub(crate) async fn change(env: &Env, member: &str, change: Change) -> Result<Done<Kept>> {
    ask(env, &Message::Change { member: member.to_owned(), change }).await
}

/// Deletes a member with everything of theirs; answers what they were.
pub(crate) async fn remove(env: &Env, member: &str) -> Result<Done<Kept>> {
    ask(env, &Message::Remove(member.to_owned())).await
}

/// Makes a code for a member.
pub(crate) async fn add_code(env: &Env, member: &str, code: NewCode) -> Result<Done<Kept>> {
    ask(env, &Message::AddCode { member: member.to_owned(), code }).await
}

/// Calls a code something else.
pub(crate) async fn rename_code(env: &Env, member: &str, code: &str, name: String) -> Result<Done<Kept>> {
    ask(env, &Message::RenameCode { member: member.to_owned(), code: code.to_owned(), name }).await
}

/// Makes a code say something else; what it said before lets nobody in any more.
pub(crate) async fn rotate_code(env: &Env, member: &str, code: &str, hash: String) -> Result<Done<Kept>> {
    ask(env, &Message::RotateCode { member: member.to_owned(), code: code.to_owned(), hash }).await
}

/// Revokes a code.
pub(crate) async fn revoke_code(env: &Env, member: &str, code: &str) -> Result<Done<Kept>> {
    ask(env, &Message::RevokeCode { member: member.to_owned(), code: code.to_owned() }).await
}

/// Ends all sessions of a member.
pub(crate) async fn log_out(env: &Env, member: &str) -> Result<Done<Kept>> {
    ask(env, &Message::LogOut(member.to_owned())).await
}

/// Whether the owner has shut a member out, or deleted them; a last day that is over is neither.
pub(crate) async fn is_shut_out(env: &Env, member: &str) -> Result<bool> {
    ask(env, &Message::IsShutOut(member.to_owned())).await
}

/// Ends one session, where it still holds; by `until` it would have ended by itself.
pub(crate) async fn leave(env: &Env, proof: Proof, until: Timestamp) -> Result<()> {
    ask::<Done<Kept>>(env, &Message::Leave { proof, until }).await.map(drop)
}

async fn ask<A: serde::de::DeserializeOwned>(env: &Env, message: &Message) -> Result<A> {
    stub::ask(&stub::object(env, "DIRECTORY", NAME)?, message).await
}

/// The Directory object.
#[durable_object]
pub struct Directory {
    state: State,
    env: Env,
    rows: Rows,
    /// As the rows have it; not there before the first message, and after a row could not be written.
    known: RefCell<Option<(Register, Gate)>>,
}

impl DurableObject for Directory {
    fn new(state: State, env: Env) -> Self {
        Self { rows: Rows::of(&state), state, env, known: RefCell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match serde_json::from_str(&request.text().await?)? {
            Message::Enter(enter) => reply::json(200, &self.enter(&enter)?),
            Message::List => reply::json(200, &self.list()?),
            Message::IsShutOut(member) => reply::json(200, &self.is_shut_out(&member)?),
            message => {
                let (answer, to_tell) = self.act(message)?;
                if let Some(member) = to_tell {
                    self.state.storage().set_alarm(AGAIN).await?;
                    self.tell(&member).await?;
                }
                reply::json(200, &answer)
            }
        }
    }

    /// Tells the objects that have not been told yet.
    async fn alarm(&self) -> Result<Response> {
        for member in self.rows.untold()? {
            if let Err(error) = self.tell(&member).await {
                crate::log::event("member_not_told", &error.to_string());
                self.state.storage().set_alarm(AGAIN).await?;
            }
        }
        Response::empty()
    }
}

impl Directory {
    /// Reads and changes what is known. Where a row cannot be written, what is known is read again from the rows.
    fn with<T>(&self, act: impl FnOnce(&mut Register, &mut Gate) -> Result<T>) -> Result<T> {
        let mut known = self.known.borrow_mut();
        let (mut register, mut gate) = match known.take() {
            Some(known) => known,
            None => self.rows.read()?,
        };
        let done = act(&mut register, &mut gate)?;
        *known = Some((register, gate));
        Ok(done)
    }

    fn enter(&self, Enter { proof, source }: &Enter) -> Result<Entered> {
        let now = clock::now();
        let today = Day::of(now);
        self.with(|register, gate| {
            let guest = match proof {
                Proof::Session { member, code, epoch, id } => {
                    match register.by_session(member, code.as_deref(), *epoch, id, today) {
                        Some(guest) => guest,
                        None => return Ok(Entered::Wrong),
                    }
                }
                Proof::Code { hash } => match register.by_code(hash, today) {
                    Led::In(guest) => guest,
                    Led::Shut(member) => return Ok(Entered::Shut(member)),
                    Led::Nowhere => {
                        return Ok(match gate.wait(source, now) {
                            Some(wait) => Entered::Wait(wait),
                            None => self.wrong(&gate.wrong(source, false, now))?,
                        });
                    }
                },
                Proof::Owners { given, right } => {
                    let (wait, changed) = gate.may_compare(source, now);
                    self.rows.count(&changed)?;
                    if let Some(wait) = wait {
                        return Ok(Entered::Wait(wait));
                    }
                    if given != right {
                        return self.wrong(&gate.wrong(source, true, now));
                    }
                    self.rows.count(&gate.right(source, now))?;
                    register.owner()
                }
            };
            if let Some(code) = guest.pass.code.as_deref().and_then(|code| register.used(code, now)) {
                self.rows.put_code(&code)?;
            }
            Ok(Entered::In(Box::new(guest)))
        })
    }

    fn wrong(&self, changed: &Changed) -> Result<Entered> {
        self.rows.count(changed)?;
        Ok(Entered::Wrong)
    }

    fn list(&self) -> Result<Vec<Kept>> {
        self.with(|register, _| Ok(register.members().map(|member| act::kept(register, member)).collect()))
    }

    fn is_shut_out(&self, member: &str) -> Result<bool> {
        self.with(|register, _| Ok(register.member(member).is_none_or(|row| row.revoked)))
    }

    /// Tells a member's object who is let in, and, where the member is being deleted, to delete everything. Only then is
    /// the member forgotten here.
    async fn tell(&self, member: &str) -> Result<()> {
        let told = self.with(|register, _| {
            let leaving = register.anybody(member).is_some_and(|row| row.leaving);
            Ok(register.door(member).map(|door| (door, leaving)))
        })?;
        let Some((door, leaving)) = told else { return self.rows.told(member) };
        let object = stub::object(&self.env, "MEMBER", member)?;
        let version = door.version;
        stub::ask::<_, Outcome>(&object, &MembersMessage::Door(door)).await?;
        if leaving {
            stub::ask::<_, Outcome>(&object, &MembersMessage::Wipe { all: true }).await?;
        }
        self.with(|register, _| {
            if register.door(member).is_some_and(|door| door.version != version) {
                return Ok(()); // somebody was let in or shut out meanwhile, and the member will be told again
            }
            if leaving {
                for code in register.codes(member) {
                    self.rows.remove_code(&code.id)?;
                }
                register.remove(member);
                return self.rows.remove_member(member);
            }
            self.rows.told(member)
        })
    }
}
