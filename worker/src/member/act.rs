//! What a member asks for.

use studio_shared::error::code;
use studio_shared::event::LiveEvent;
use studio_shared::job::{Job, JobList, State};
use studio_shared::kind::Kind;
use studio_shared::live as wire;
use studio_shared::request::Request;
use studio_shared::words::Words;
use worker::Result;

use super::answer::{self, Shown};
use super::book::Keyed;
use super::entry::Entry;
use super::known::Asked;
use super::message::{JobQuery, Message, Outcome, OutputPlace};
use super::shares::ShareMessage;
use super::transfer::TransferMessage;
use super::{Member, batches, door, files, kept, live, purse, retry, shares, thread, transfer, view, wipe};
use crate::access::Pass;
use crate::clock;
use crate::config::Config;
use crate::dashscope::{Cancel, Client};
use crate::media;
use crate::pacer::{self, Lane, News};
use crate::reply::Refusal;

/// Answers one message.
pub(super) async fn answer(member: &Member, message: Message) -> Result<Outcome> {
    match message {
        Message::Submit { request, key, pass } => submit(member, *request, key.as_deref(), pass).await,
        Message::List(query) => list(member, &query),
        Message::Read(id) => with(member, &id, |entry| whole(member, &entry)),
        Message::Output { id, n } => output(member, &id, n),
        Message::File(message) => files::answer(member, message).await,
        Message::Share(ShareMessage::Make(_)) | Message::Transfer(TransferMessage::Import(_))
            if member.book().wiping()?.is_some() =>
        {
            Ok(refused(Refusal::wiping()))
        }
        Message::Share(message) => shares::answer(member, message).await,
        Message::Transfer(message) => transfer::answer(member, message).await,
        Message::Batch(message) => batches::answer(member, message).await,
        Message::Delete(id) => kept::delete(member, &id).await,
        Message::Restore(id) => kept::restore(member, &id),
        Message::Storage => kept::read(member),
        Message::ChangeStorage(change) => kept::change(member, change).await,
        Message::Cancel(id) => cancel(member, &id).await,
        Message::Retry { id, edited, key, pass } => {
            retry::retry(member, &id, edited.map(|edited| *edited), key.as_deref(), pass).await
        }
        Message::Spent { from, to } => Ok(Outcome::Spent(member.book().spent(from, to)?)),
        Message::Look(id) => look(member, &id).await,
        Message::Known(asked) => known(member, &asked),
        Message::Conversations(query) => thread::list(member, &query),
        Message::Conversation(id) => thread::read(member, &id),
        Message::Rename { id, title } => thread::rename(member, &id, title),
        Message::Forget(id) => thread::delete(member, &id),
        Message::Door(told) => door::told(member, told).await.map(|()| Outcome::Done),
        Message::Wipe { all } => wipe::begin(member, all).await.map(|()| Outcome::Done),
        // Answered with a stream: see `Member::fetch`.
        Message::Say(_) | Message::Events { .. } | Message::Speak { .. } | Message::Bytes { .. } => {
            Ok(refused(Refusal::internal()))
        }
    }
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused(Box::new(refusal))
}

fn whole(member: &Member, entry: &Entry) -> Result<Outcome> {
    Ok(Outcome::Job(Box::new(member.job(entry, Shown::Whole)?)))
}

fn with(member: &Member, id: &str, act: impl FnOnce(Entry) -> Result<Outcome>) -> Result<Outcome> {
    match member.book().read(id)? {
        Some(entry) => act(entry),
        None => Ok(refused(Refusal::not_found())),
    }
}

/// Writes a job down, or finds the one that the same key asked for. No `await` stands between looking and
/// writing, so two calls with one key cannot both write. A repeat waits until the first call has its money; where
/// there was none for it, the key is free and the repeat asks anew.
pub(super) async fn submit(
    member: &Member,
    request: Request,
    key: Option<&str>,
    pass: Pass,
) -> Result<Outcome> {
    if let Err(refusal) = door::check(member, &pass)? {
        return Ok(refused(refusal));
    }
    let book = member.book();
    while let Some(Keyed { job: id, asked }) = key.map(|key| book.keyed(key)).transpose()?.flatten() {
        match book.read(&id)? {
            Some(first) if asked.is_some() || first.request != request || first.turn.is_some() => {
                return Ok(refused(Refusal::idempotency_conflict()));
            }
            None if book.batch(&id)?.is_some() => return Ok(refused(Refusal::idempotency_conflict())),
            None => return Ok(refused(Refusal::not_found())),
            Some(_) => {}
        }
        if let Some(first) = purse::decided(member, &id).await? {
            return whole(member, &first);
        }
    }
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return Ok(refused(Refusal::misconfigured(&what))),
    };
    if let Some(refusal) = files::refuse(member, &request, &config)? {
        return Ok(refused(refusal));
    }
    let notes = match wire::call(&request, config.live()) {
        Ok((_, notes)) => notes,
        Err(problems) => return Ok(refused(Refusal::problems(problems))),
    };
    let mut entry = Entry::held(uuid::Uuid::now_v7().to_string(), request, notes, clock::now());
    entry.code = pass.code;
    book.add(&entry, key)?;
    Ok(match purse::admit(member, &entry, key, None).await? {
        Ok(job) => Outcome::Created(Box::new(job)),
        Err(refusal) => refused(refusal),
    })
}

fn list(member: &Member, query: &JobQuery) -> Result<Outcome> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let entries = member.book().list(query)?;
    let items = entries
        .iter()
        .take(limit)
        .map(|entry| member.job(entry, Shown::Begin))
        .collect::<Result<Vec<Job>>>()?;
    let next = items.last().filter(|_| entries.len() > limit).map(|job| match &job.batch {
        Some(place) if query.batch.is_some() => place.n.to_string(),
        _ => job.id.clone(),
    });
    Ok(Outcome::List(JobList { items, next }))
}

pub(super) fn output(member: &Member, id: &str, n: u32) -> Result<Outcome> {
    with(member, id, |entry| {
        let is_transcript = entry.kind() == Kind::Transcription;
        let stored = usize::try_from(n).ok().and_then(|n| entry.outputs.into_iter().nth(n));
        Ok(match stored {
            Some(stored) if stored.kept => Outcome::Output(OutputPlace::Kept {
                key: media::key(&member.id(), id, n),
                bytes: stored.bytes.unwrap_or(0),
                media_type: stored.media_type.unwrap_or_default(),
            }),
            Some(stored) if stored.here && stored.expires_at.is_none_or(|end| clock::now() < end) => {
                Outcome::Output(OutputPlace::Here {
                    id: id.to_owned(),
                    n,
                    bytes: stored.bytes.unwrap_or(0),
                    media_type: stored.media_type.unwrap_or_default(),
                })
            }
            Some(stored) => match (stored.url, stored.error) {
                (Some(url), None) if is_transcript => Outcome::Output(OutputPlace::Transcript { url }),
                (Some(url), None) => Outcome::Output(OutputPlace::Remote { url }),
                (None, Some(ended)) if ended.code == code::RETENTION_ENDED => refused(Refusal::gone(&ended)),
                // Lost at the vendor: there never was anything in this place.
                (None, Some(lost)) if lost.code != code::RESULT_EXPIRED => refused(Refusal::not_found()),
                _ => refused(Refusal::result_expired()),
            },
            None => refused(Refusal::not_found()),
        })
    })
}

/// Cancels a job that waits here, or in the vendor's queue (`dashscope-api.md` §2.3).
async fn cancel(member: &Member, id: &str) -> Result<Outcome> {
    let Some(mut entry) = member.book().read(id)? else {
        return Ok(refused(Refusal::not_found()));
    };
    let task_id = match (entry.state, &entry.task_id) {
        (State::Queued, _) => {
            entry.cancel(clock::now());
            let job = member.save(&entry)?;
            member.wake().await?; // its money is given back
            return Ok(Outcome::Job(Box::new(job)));
        }
        (State::Submitting | State::Running, _) if entry.kind() == Kind::Text => {
            let stopped = answer::stop(member, entry)?;
            member.wake().await?;
            return Ok(stopped);
        }
        (State::Submitting, _) if entry.is_looked_for() => return Ok(refused(looked_for())),
        (State::Running, _) if entry.is_unconfirmed() => return Ok(refused(looked_for())),
        (State::Running, Some(task_id)) => task_id.clone(),
        _ => return Ok(refused(too_late())),
    };
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return Ok(refused(Refusal::misconfigured(&what))),
    };
    pacer::wait(&member.env, Lane::Cancel, &member.id()).await?;
    let answer = Client::new(&member.env, &config)?.cancel(&task_id).await;
    let Some(mut entry) = member.book().read(id)? else {
        return Ok(refused(Refusal::not_found()));
    };
    match answer {
        Cancel::Canceled => {
            if entry.state == State::Running {
                entry.cancel(clock::now());
            }
            let job = member.save(&entry)?;
            member.wake().await?;
            member.tell_pacer(entry.kind(), News::default()).await?; // there is room for the next one
            Ok(Outcome::Job(Box::new(job)))
        }
        Cancel::Refused(fault) if fault.status == 0 => Ok(refused(Refusal::upstream_unreachable())),
        Cancel::Refused(_) => Ok(refused(too_late())),
    }
}

fn too_late() -> Refusal {
    Refusal::wrong_state(
        Words::new(
            "已经开始，取消不了，任务会继续。",
            "It has begun; it is too late to cancel, and the job goes on.",
        ),
        Words::new("只有排队中的任务可取消。", "Only a queued job can be cancelled."),
    )
}

fn looked_for() -> Refusal {
    Refusal::wrong_state(
        Words::new(
            "正在百炼查找这个任务，现在不能取消。",
            "It is being looked for at the vendor and cannot be cancelled now.",
        ),
        Words::new("等查找有了结果再操作。", "Wait until it is known what became of it."),
    )
}

/// Looks for a job once more, by the person's own decision.
async fn look(member: &Member, id: &str) -> Result<Outcome> {
    let Some(mut entry) = member.book().read(id)? else {
        return Ok(refused(Refusal::not_found()));
    };
    let now = clock::now();
    if !entry.can_be_looked_for(now) {
        return Ok(refused(Refusal::wrong_state(
            Words::new(
                "没有可以查找的任务：它不是失去答复的任务，或已超过百炼保留的 24 小时。",
                "There is nothing to look for: its answer was not lost, or the 24 hours are over that the vendor \
                 remembers.",
            ),
            Words::new("需要结果时请重试。", "Retry it where you need the result."),
        )));
    }
    entry.look_again(now);
    let job = member.save(&entry)?;
    member.wake().await?;
    Ok(Outcome::Job(Box::new(job)))
}

fn known(member: &Member, asked: &Asked) -> Result<Outcome> {
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return Ok(refused(Refusal::misconfigured(&what))),
    };
    Ok(Outcome::Known(member.known(asked, config.live(), clock::now())?))
}

impl Member {
    /// Keeps what became of a job and what it was billed, and tells all open pages.
    pub(super) fn save(&self, entry: &Entry) -> Result<Job> {
        self.store(entry)?;
        self.show(entry)
    }

    /// Keeps what became of one of many entries of a batch. Pages are told of the batch, not of each entry; who reads
    /// an answer is told all the same.
    pub(super) fn save_among_many(&self, entry: &Entry) -> Result<()> {
        self.store(entry)?;
        self.tell_readers(entry)
    }

    /// The same for one that has ended without the Studio having been asked for its money.
    pub(super) fn save_unasked(&self, entry: &Entry) -> Result<()> {
        let book = self.book();
        book.spend(entry, None, entry.charge())?;
        book.save(entry)?;
        self.tell_readers(entry)
    }

    fn tell_readers(&self, entry: &Entry) -> Result<()> {
        if self.answers.borrow().contains_key(&entry.id) {
            self.show(entry)?;
        }
        Ok(())
    }

    fn store(&self, entry: &Entry) -> Result<()> {
        purse::settle(&self.book(), entry)?;
        self.book().save(entry)?;
        if entry.state.is_final() || entry.state == State::Collecting {
            self.stage.end(&entry.id);
        }
        if let Some(place) = &entry.batch {
            self.news.borrow_mut().changed(&place.id);
        }
        Ok(())
    }

    /// Tells all open pages of a job.
    pub(super) fn show(&self, entry: &Entry) -> Result<Job> {
        let job = self.job(entry, Shown::Begin)?;
        live::push(&self.state, &LiveEvent::Job { job: Box::new(job.clone()) })?;
        self.tell(entry, &job)?;
        Ok(job)
    }

    /// A job as others see it.
    pub(super) fn job(&self, entry: &Entry, shown: Shown) -> Result<Job> {
        Ok(Job { text: self.answer(entry, shown)?, ..view::job(entry, self.expected(entry)?) })
    }
}
