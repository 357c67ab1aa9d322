//! A member's shares: which there are, and what of the member's goes into a new one.
//!
//! The member's object knows the ids alone. How a share stands its own object knows, which is asked for each page of the
//! list: a view is written down once, where it is counted, and a share that many open wakes nobody else.

mod item;

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use studio_shared::error::code;
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::share::{CONTENT_CAP, MOST_SHARES, NewShare, Share, ShareList, Shared};
use studio_shared::words::Words;
use worker::{Delay, Error, Result};

use super::answer::Shown;
use super::book::ShareRow;
use super::entry::Entry;
use super::message::Outcome;
use super::{Member, thread};
use crate::clock;
use crate::reply::Refusal;
use crate::share::{self, Change, Source};
use item::How;

/// How often a repeat looks whether the share that it repeats is made.
const LOOK: Duration = Duration::from_millis(50);

/// What is asked about shares.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ShareMessage {
    /// Make one.
    Make(Box<Order>),
    /// List them.
    List {
        /// After the share of this number.
        cursor: Option<u32>,
        /// So many; 1 to 50.
        limit: u32,
    },
    /// Change one.
    Change {
        /// The share.
        id: String,
        /// What changes.
        change: Box<Change>,
    },
    /// Take one back.
    Revoke(String),
}

/// A share that is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The id that it gets.
    pub(crate) id: String,
    /// Who makes it.
    pub(crate) maker: String,
    /// What is asked for, without the password.
    pub(crate) new: NewShare,
    /// The hash of the password.
    pub(crate) password: Option<String>,
    /// The caller's `Idempotency-Key`.
    pub(crate) key: Option<String>,
    /// Of the body: a repeat with the same key must have the same.
    pub(crate) digest: String,
}

/// Answers one message.
pub(super) async fn answer(member: &Member, message: ShareMessage) -> Result<Outcome> {
    match message {
        ShareMessage::Make(order) => make(member, *order).await,
        ShareMessage::List { cursor, limit } => list(member, cursor, limit).await,
        ShareMessage::Change { id, change } => {
            if !member.book().is_share(&id)? {
                return refused(Refusal::not_found());
            }
            match share::ask(&member.env, &id, &share::Message::Change(change)).await? {
                share::Outcome::Share(share) => Ok(Outcome::Share(share)),
                other => no_share(other),
            }
        }
        ShareMessage::Revoke(id) => {
            if !member.book().is_share(&id)? {
                return refused(Refusal::not_found());
            }
            match share::ask(&member.env, &id, &share::Message::Revoke).await? {
                share::Outcome::Done => {
                    member.book().share_is_revoked(&id)?;
                    Ok(Outcome::Done)
                }
                other => no_share(other),
            }
        }
    }
}

/// Takes all of them back.
pub(super) async fn revoke_all(member: &Member) -> Result<()> {
    loop {
        let rows = member.book().list_shares(None, 50)?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            match share::ask(&member.env, &row.id, &share::Message::Revoke).await? {
                share::Outcome::Done => {}
                share::Outcome::Refused(refusal) if refusal.status == 404 => {} // it was never finished
                _ => return Err(Error::RustError("a share is not taken back".to_owned())),
            }
            member.book().share_is_revoked(&row.id)?;
        }
    }
}

fn refused(refusal: Refusal) -> Result<Outcome> {
    Ok(Outcome::Refused(Box::new(refusal)))
}

fn no_share(outcome: share::Outcome) -> Result<Outcome> {
    match outcome {
        share::Outcome::Refused(refusal) => Ok(Outcome::Refused(refusal)),
        _ => refused(Refusal::internal()),
    }
}

/// A share that is being made by this life of the object.
struct Making<'a> {
    member: &'a Member,
    id: String,
}

impl<'a> Making<'a> {
    fn begin(member: &'a Member, id: &str) -> Self {
        member.sharing.borrow_mut().insert(id.to_owned());
        Self { member, id: id.to_owned() }
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.member.sharing.borrow_mut().remove(&self.id);
    }
}

/// Makes a share, or finds the one that the same key asked for. It is written down before its own object hears of it, so that
/// none is ever there that its maker cannot see; between looking for the key and writing nothing awaits.
async fn make(member: &Member, order: Order) -> Result<Outcome> {
    let book = member.book();
    while let Some(row) = order.key.as_deref().map(|key| book.share_by_key(key)).transpose()?.flatten() {
        if row.digest != order.digest {
            return refused(Refusal::idempotency_conflict());
        }
        if member.sharing.borrow().contains(&row.id) {
            Delay::from(LOOK).await;
            continue;
        }
        if row.is_revoked {
            return refused(Refusal::not_found());
        }
        match look(member, &row).await? {
            Looked::There(share) => return Ok(Outcome::Share(share)),
            Looked::Copying => Delay::from(LOOK).await,
            Looked::Gone => {} // its object was killed before it was made: as if it had never been asked for
        }
    }
    if book.count_shares()? >= MOST_SHARES {
        return refused(too_many());
    }
    let (content, sources) = match gather(member, &order.new)? {
        Ok(gathered) => gathered,
        Err(refusal) => return refused(refusal),
    };
    let share = seen(&order, &content, &sources);
    let new = share::New { maker: order.maker, share, content, password: order.password, sources };
    let making = Making::begin(member, &order.id);
    book.add_share(&order.id, order.key.as_deref(), &order.digest)?;
    let made = share::ask(&member.env, &order.id, &share::Message::Make(Box::new(new))).await;
    drop(making);
    match made {
        Ok(share::Outcome::Share(share)) => Ok(Outcome::CreatedShare(share)),
        Ok(other) => {
            book.drop_share(&order.id)?;
            no_share(other)
        }
        // Nobody knows: its object does, and is asked when the shares are listed or the key comes again.
        Err(error) => Err(error),
    }
}

/// How a share stands that was written down here.
enum Looked {
    There(Box<Share>),
    Copying,
    Gone,
}

/// Asks its object. One that was never made is forgotten here as well.
async fn look(member: &Member, row: &ShareRow) -> Result<Looked> {
    match share::ask(&member.env, &row.id, &share::Message::Tell).await? {
        share::Outcome::Share(share) => Ok(Looked::There(share)),
        share::Outcome::Refused(_) if !member.sharing.borrow().contains(&row.id) => {
            member.book().drop_share(&row.id)?;
            Ok(Looked::Gone)
        }
        _ => Ok(Looked::Copying),
    }
}

async fn list(member: &Member, cursor: Option<u32>, limit: u32) -> Result<Outcome> {
    let mut rows = member.book().list_shares(cursor, limit.saturating_add(1))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.n.to_string());
    let looked = join_all(rows.iter().map(|row| look(member, row))).await;
    let mut items = Vec::new();
    for looked in looked {
        if let Looked::There(share) = looked? {
            items.push(*share);
        }
    }
    Ok(Outcome::Shares(ShareList { items, next }))
}

/// A new share as its maker sees it.
fn seen(order: &Order, content: &Shared, sources: &[Source]) -> Share {
    let new = &order.new;
    Share {
        id: order.id.clone(),
        title: new.title.clone(),
        created_at: clock::now(),
        items: u32::try_from(content.items.len()).unwrap_or(u32::MAX),
        kind: content.items.first().map_or(Kind::Text, |item| item.kind),
        shown: new.shown,
        password: order.password.is_some(),
        ends_at: new.ends_at,
        views: new.views,
        viewed: 0,
        download: new.download,
        bytes: sources.iter().fold(0, |sum: u64, source| sum.saturating_add(source.copied.bytes)),
    }
}

type Gathered = std::result::Result<(Shared, Vec<Source>), Refusal>;

/// Everything that is shared, as it stands now.
fn gather(member: &Member, new: &NewShare) -> Result<Gathered> {
    let (entries, is_turn) = match chosen(member, new)? {
        Ok(entries) => (entries, new.conversation.is_some()),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (mut items, mut sources) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        let field = if is_turn { "conversation".to_owned() } else { format!("items[{at}]") };
        let outputs = new.items.get(at).and_then(|chosen| chosen.outputs.as_deref());
        let first = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        let how = How { shown: new.shown, outputs, is_turn, first, field: &field };
        match item::item(&member.id(), entry, member.answer(entry, Shown::Whole)?, how) {
            Ok((item, more)) => {
                items.push(item);
                sources.extend(more);
            }
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let content = Shared {
        title: String::new(),
        shown: new.shown,
        conversation: is_turn,
        items,
        download: false,
        view: String::new(),
    };
    if serde_json::to_vec(&content)?.len() > CONTENT_CAP {
        return Ok(Err(too_long(if is_turn { "conversation" } else { "items" })));
    }
    Ok(Ok((content, sources)))
}

type Entries = std::result::Result<Vec<Entry>, Refusal>;

/// The jobs that are shared, in their order.
fn chosen(member: &Member, new: &NewShare) -> Result<Entries> {
    let book = member.book();
    let mut entries = Vec::new();
    let Some(branch) = &new.conversation else {
        for (at, chosen) in new.items.iter().enumerate() {
            match book.read(&chosen.job)? {
                Some(entry) => entries.push(entry),
                None => return Ok(Err(thread::unknown(&format!("items[{at}].job"), &chosen.job))),
            }
        }
        return Ok(Ok(entries));
    };
    if book.conversation(&branch.id)?.is_none() {
        return Ok(Err(thread::unknown("conversation.id", &branch.id)));
    }
    let (mut before, mut seen) = (Some(branch.last.clone()), HashSet::new());
    while let Some(id) = before.take().filter(|id| seen.insert(id.clone())) {
        let in_it = |entry: &Entry| entry.turn.as_ref().is_some_and(|turn| turn.conversation == branch.id);
        match book.read(&id)?.filter(in_it) {
            Some(entry) => {
                before = entry.turn.as_ref().and_then(|turn| turn.after.clone());
                entries.push(entry);
            }
            None if entries.is_empty() => {
                return Ok(Err(thread::unknown("conversation.last", &branch.last)));
            }
            None => break,
        }
    }
    entries.reverse();
    Ok(Ok(entries))
}

fn too_many() -> Refusal {
    Refusal {
        status: 409,
        code: code::TOO_MANY.to_owned(),
        message: Words::of(
            format!("已有 {MOST_SHARES} 个分享。"),
            format!("There are {MOST_SHARES} shares already."),
        ),
        advice: Words::new("先撤回不再需要的。", "Take some back that are no longer needed."),
        ..Refusal::not_found()
    }
}

fn too_long(field: &str) -> Refusal {
    let kilobytes = CONTENT_CAP / 1024;
    let message = Words::of(
        format!("要分享的文字超过 {kilobytes} KiB，请少选一些。"),
        format!("The text to be shared is longer than {kilobytes} KiB; choose less."),
    );
    let allowed = Words::of(format!("最多 {kilobytes} KiB 文字"), format!("at most {kilobytes} KiB of text"));
    Refusal::problems(vec![Problem::new(field, &Value::Null, allowed, message)])
}
