//! The Share object: one for each share link, named by its id. It holds a copy of what was chosen and nothing else of the
//! member, the jobs, or the vendor.
//!
//! A thin shell: [`row`] decides who may see it, [`guesses`] how long a wrong password waits, [`keyed`] signs views; [`store`]
//! keeps it, [`copy`] has its bytes. Between reading the row and writing it nothing awaits, so that two views are two views,
//! however many ask at once.
//!
//! What is being copied when the object is killed is deleted by the next one, before anybody sees any of it.

mod copy;
mod guesses;
pub(crate) mod keyed;
mod row;
mod store;

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use studio_shared::error::code;
use studio_shared::share::{Door, Share as Seen, Shared};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;
use worker::durable::ScheduledTime;
use worker::{DurableObject, Env, Request, Response, Result, State, Stub, durable_object};

pub(crate) use row::{Change, Copied};
use row::{Opened, Row, Stage};
use store::Store;

use crate::access::OWNER;
use crate::config::Config;
use crate::reply::Refusal;
use crate::{clock, directory, media, reply, stub};

/// What the object is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Message {
    /// Make it.
    Make(Box<New>),
    /// How does it stand? For its maker.
    Tell,
    /// Change it.
    Change(Box<Change>),
    /// Take it back.
    Revoke,
    /// What is anybody told of it?
    Door {
        /// The token of a view, where somebody has one: is it still good?
        #[serde(default)]
        view: Option<String>,
    },
    /// Open it: one view.
    Open {
        /// The hash of the password that was given.
        password: Option<String>,
    },
    /// Where the bytes of a result are.
    Output {
        /// Which.
        n: u32,
        /// The token of a view.
        view: String,
    },
    /// What a preview of its link shows.
    Preview,
}

impl Message {
    /// Whether a stranger asks, who has nothing but the link.
    const fn is_strangers(&self) -> bool {
        matches!(self, Self::Door { .. } | Self::Open { .. } | Self::Output { .. } | Self::Preview)
    }
}

/// A share to be made.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct New {
    /// The member who makes it.
    pub(crate) maker: String,
    /// As its maker sees it.
    pub(crate) share: Seen,
    /// What it shows.
    pub(crate) content: Shared,
    /// The hash of its password.
    pub(crate) password: Option<String>,
    /// The results, in the order of their numbers.
    pub(crate) sources: Vec<Source>,
}

/// A result that is copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// Where it is in the bucket.
    pub(crate) key: String,
    /// What it is.
    pub(crate) copied: Copied,
}

/// What the object answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The share, for its maker.
    Share(Box<Seen>),
    /// Its results are being copied.
    Copying,
    /// It is gone.
    Done,
    /// What anybody is told.
    Door(Door),
    /// It is open.
    Shared(Box<Shared>),
    /// Where bytes are.
    Output(Place),
    /// What a preview shows.
    Preview(Preview),
    /// No.
    Refused(Box<Refusal>),
}

/// Where the bytes of a copy are.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Its key in the bucket.
    pub(crate) key: String,
    /// What it is.
    pub(crate) copied: Copied,
    /// Whether it may be downloaded.
    pub(crate) download: bool,
}

/// What a preview of a share's link shows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Preview {
    /// Its title, where anybody may know it.
    pub(crate) title: Option<String>,
    /// Its first picture, likewise.
    pub(crate) picture: Option<Place>,
}

/// Asks the object of a share.
pub(crate) async fn ask(env: &Env, id: &str, message: &Message) -> Result<Outcome> {
    stub::ask(&object(env, id)?, message).await
}

fn object(env: &Env, id: &str) -> Result<Stub> {
    stub::object(env, "SHARE", id)
}

/// The Share object.
#[durable_object]
pub struct Share {
    state: State,
    env: Env,
    /// Whether this life of the object is copying.
    copying: Cell<bool>,
}

impl DurableObject for Share {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, copying: Cell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let message: Message = serde_json::from_str(&request.text().await?)?;
        self.clean_up().await?;
        if message.is_strangers() && self.is_its_maker_shut_out().await? {
            return reply::json(200, &refused(Refusal::not_found()));
        }
        reply::json(200, &self.answer(message).await?)
    }

    async fn alarm(&self) -> Result<Response> {
        self.clean_up().await?;
        if let Some(row) = self.store().row()? {
            self.set_alarm(&row).await?;
        }
        Response::empty()
    }
}

/// Marks the time of copying, also where it ends early.
struct Copying<'a>(&'a Cell<bool>);

impl<'a> Copying<'a> {
    fn begin(copying: &'a Cell<bool>) -> Self {
        copying.set(true);
        Self(copying)
    }
}

impl Drop for Copying<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Share {
    fn store(&self) -> Store {
        Store::of(&self.state)
    }

    /// Who is shut out is so everywhere: strangers do not see what they have shared, until they are let in again.
    async fn is_its_maker_shut_out(&self) -> Result<bool> {
        match self.store().row()? {
            Some(row) if row.maker != OWNER => directory::is_shut_out(&self.env, &row.maker).await,
            _ => Ok(false),
        }
    }

    async fn answer(&self, message: Message) -> Result<Outcome> {
        let store = self.store();
        let Some(mut row) = store.row()?.filter(|row| row.stage != Stage::Revoked) else {
            return match message {
                Message::Make(new) => self.make(*new).await,
                Message::Revoke => Ok(Outcome::Done),
                _ => Ok(refused(Refusal::not_found())),
            };
        };
        let now = clock::now();
        match message {
            Message::Make(_) | Message::Tell if row.stage == Stage::Copying => Ok(Outcome::Copying),
            Message::Make(_) | Message::Tell => Ok(Outcome::Share(Box::new(row.share))),
            Message::Change(change) => {
                if !row.change(*change, now) {
                    return Ok(refused(Refusal::not_found()));
                }
                store.save(&row)?;
                self.set_alarm(&row).await?;
                Ok(Outcome::Share(Box::new(row.share)))
            }
            Message::Revoke => {
                self.revoke(row).await?;
                Ok(Outcome::Done)
            }
            // Whoever has opened it reads on, also where it was opened as often as it may be.
            Message::Door { view: Some(view) } if row.is_view(&view, now) => {
                Ok(Outcome::Door(Door { password: false, title: Some(row.share.title) }))
            }
            Message::Door { view: Some(_) } => Ok(refused(Refusal::not_found())),
            Message::Door { view: None } => {
                Ok(row.door(now).map_or_else(|| refused(Refusal::not_found()), Outcome::Door))
            }
            Message::Open { password } => self.open(row, password.as_deref(), now),
            Message::Output { n, view } => {
                let place = row.is_view(&view, now).then(|| place(&row, n)).flatten();
                Ok(place.map_or_else(|| refused(Refusal::not_found()), Outcome::Output))
            }
            Message::Preview => Ok(match row.door(now) {
                None => refused(Refusal::not_found()),
                Some(_) if row.is_shown_in_previews(now) => {
                    Outcome::Preview(Preview { title: Some(row.share.title.clone()), picture: picture(&row) })
                }
                Some(_) => Outcome::Preview(Preview::default()),
            }),
        }
    }

    /// Copies what was chosen. Where that fails in the middle nothing is made.
    async fn make(&self, new: New) -> Result<Outcome> {
        let New { maker, share, content, password, sources } = new;
        let copies = sources.iter().map(|source| source.copied.clone()).collect();
        let (secret, guesses) = (keyed::random()?, guesses::Guesses::default());
        let mut row = Row { stage: Stage::Copying, maker, share, password, secret, copies, guesses };
        let copying = Copying::begin(&self.copying);
        self.store().add(&row, &content)?;
        self.set_alarm(&row).await?;
        let copied = copy::all(&self.env, &row.share.id, &sources).await;
        drop(copying);
        if let Err(error) = copied {
            crate::log::event("share_not_copied", &error.to_string());
            self.revoke(row).await?;
            return Ok(refused(not_copied()));
        }
        if !self.store().row()?.is_some_and(|row| row.stage == Stage::Copying) {
            self.revoke(row).await?; // taken back before it was there
            return Ok(refused(Refusal::not_found()));
        }
        row.stage = Stage::Open;
        self.store().save(&row)?;
        self.set_alarm(&row).await?;
        Ok(Outcome::Share(Box::new(row.share)))
    }

    fn open(&self, mut row: Row, password: Option<&str>, now: Timestamp) -> Result<Outcome> {
        let opened = row.open(password, now);
        if opened != Opened::Gone {
            self.store().save(&row)?;
        }
        Ok(match opened {
            Opened::Gone => refused(Refusal::not_found()),
            Opened::WrongPassword => refused(wrong_password()),
            Opened::Later(ms) => refused(too_many_attempts(ms)),
            Opened::Yes => {
                let content = self.store().content()?;
                content.map_or_else(
                    || refused(Refusal::not_found()),
                    |content| {
                        let (title, download) = (row.share.title.clone(), row.share.download);
                        Outcome::Shared(Box::new(Shared { title, download, view: row.view(now), ..content }))
                    },
                )
            }
        })
    }

    /// Ends what is over, and goes on with what a killed object, or a bucket that refused, left behind.
    async fn clean_up(&self) -> Result<()> {
        let Some(mut row) = self.store().row()? else { return Ok(()) };
        match row.stage {
            Stage::Copying if !self.copying.get() => self.revoke(row).await,
            Stage::Revoked => self.revoke(row).await,
            Stage::Open if row.is_over(clock::now()) => {
                row.stage = Stage::Ended;
                self.end(row).await
            }
            Stage::Ended if !row.copies.is_empty() => self.end(row).await,
            Stage::Copying | Stage::Open | Stage::Ended => Ok(()),
        }
    }

    /// Takes it back: from the first line on nobody sees it, and once its bytes are gone nothing of it is left.
    async fn revoke(&self, mut row: Row) -> Result<()> {
        row.stage = Stage::Revoked;
        self.store().save(&row)?;
        self.store().drop_content()?;
        if self.delete_copies(&row).await? {
            self.state.storage().delete_all().await?;
        }
        Ok(())
    }

    /// Keeps of a share whose time is over only what its maker is told.
    async fn end(&self, mut row: Row) -> Result<()> {
        self.store().save(&row)?;
        self.store().drop_content()?;
        if self.delete_copies(&row).await? {
            row.copies.clear();
            row.share.bytes = 0;
            self.store().save(&row)?;
        }
        Ok(())
    }

    /// Deletes its bytes; where the bucket refuses, the alarm tries again.
    async fn delete_copies(&self, row: &Row) -> Result<bool> {
        if row.copies.is_empty() {
            return Ok(true);
        }
        let deleted = copy::delete(&self.env, &row.share.id, row.copies.len()).await;
        if let Err(error) = &deleted {
            crate::log::event("share_not_deleted", &error.to_string());
            self.set_alarm(row).await?;
        }
        Ok(deleted.is_ok())
    }

    /// While results are copied the alarm is a guard: should the object be killed, the next one cleans up. Bytes that
    /// could not be deleted are tried again by it.
    async fn set_alarm(&self, row: &Row) -> Result<()> {
        let waits = Config::read(&self.env).map(|config| config.waits).unwrap_or_default();
        let again = clock::now().after(waits.again_ms());
        let due = match row.stage {
            Stage::Open => row.share.ends_at,
            Stage::Ended if row.copies.is_empty() => None,
            Stage::Copying | Stage::Ended | Stage::Revoked => Some(again),
        };
        match due {
            Some(due) => self.state.storage().set_alarm(ScheduledTime::new(clock::date(due))).await,
            None => self.state.storage().delete_alarm().await,
        }
    }
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused(Box::new(refusal))
}

fn place(row: &Row, n: u32) -> Option<Place> {
    let copied = row.copies.get(usize::try_from(n).ok()?)?.clone();
    Some(Place { key: media::share_key(&row.share.id, n), copied, download: row.share.download })
}

fn picture(row: &Row) -> Option<Place> {
    let mut copies = (0..).zip(&row.copies);
    let (n, _) = copies.find(|(_, copied)| copied.media_type.starts_with("image/"))?;
    place(row, n)
}

fn wrong_password() -> Refusal {
    Refusal {
        status: 401,
        code: code::WRONG_PASSWORD.to_owned(),
        message: Words::new("密码不对。", "The password is wrong."),
        advice: Words::new("向分享的人核对密码。", "Check the password with who shared this."),
        ..Refusal::not_found()
    }
}

fn too_many_attempts(retry_after_ms: u64) -> Refusal {
    let seconds = retry_after_ms.div_ceil(1000);
    Refusal {
        status: 429,
        code: code::TOO_MANY_ATTEMPTS.to_owned(),
        message: Words::new(
            "错误的密码太多，这一次没有核对。",
            "Too many wrong passwords: this one was not looked at.",
        ),
        advice: Words::of(format!("请在 {seconds} 秒后再试。"), format!("Try again in {seconds} s.")),
        retry_after_ms: Some(retry_after_ms),
        ..Refusal::not_found()
    }
}

fn not_copied() -> Refusal {
    Refusal {
        status: 503,
        code: code::STORAGE_REFUSED.to_owned(),
        message: Words::new(
            "存储桶没有收下副本，分享没有建立，什么也没有留下。",
            "The bucket did not take the copies; the share was not made, and nothing of it is left.",
        ),
        advice: Words::new(
            "稍后重试；反复出现请所有者检查存储桶。",
            "Try again later; if it keeps happening, the owner should look at the bucket.",
        ),
        ..Refusal::not_found()
    }
}
