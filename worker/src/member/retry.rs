//! Once more, by the person's own decision: as it was, or with another request of the same kind.

use serde_json::Value;
use studio_shared::job::State;
use studio_shared::live as wire;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::words::Words;
use worker::Result;

use super::answer::Shown;
use super::book::Keyed;
use super::entry::Entry;
use super::message::Outcome;
use super::{Member, batches, door, files, purse};
use crate::access::Pass;
use crate::config::Config;
use crate::reply::Refusal;
use crate::{clock, digest};

fn refused(refusal: Refusal) -> Result<Outcome> {
    Ok(Outcome::Refused(Box::new(refusal)))
}

/// Queues a job once more. A repeat with the same key does nothing more.
pub(super) async fn retry(
    member: &Member,
    id: &str,
    edited: Option<Request>,
    key: Option<&str>,
    pass: Pass,
) -> Result<Outcome> {
    if let Err(refusal) = door::check(member, &pass)? {
        return refused(refusal);
    }
    let book = member.book();
    let asked = asked(edited.as_ref())?;
    while let Some(keyed) = key.map(|key| book.keyed(key)).transpose()?.flatten() {
        if keyed != (Keyed { job: id.to_owned(), asked: Some(asked.clone()) }) {
            return refused(Refusal::idempotency_conflict());
        }
        match purse::decided(member, id).await? {
            Some(_) if book.keyed(key.unwrap_or_default())?.is_none() => {} // there was no money for it
            Some(entry) => return Ok(Outcome::Job(Box::new(member.job(&entry, Shown::Whole)?))),
            None => return refused(Refusal::not_found()),
        }
    }
    let Some(before) = book.read(id)? else { return refused(Refusal::not_found()) };
    if !matches!(before.state, State::Failed | State::Canceled | State::Unsure) {
        return refused(Refusal::wrong_state(
            Words::new("任务没有失败，不能重试。", "The job has not failed and cannot be retried."),
            Words::new(
                "需要更多结果时，用相同的设置新建任务。",
                "For more results, submit the same settings anew.",
            ),
        ));
    }
    let mut entry = before.clone();
    if let Some(request) = edited
        && let Err(refusal) = edit(member, &mut entry, request)?
    {
        return refused(refusal);
    }
    if let Some(problem) = pass.rights.problem(entry.kind(), entry.request.model()) {
        return refused(Refusal::not_allowed(vec![problem]));
    }
    entry.retry(clock::now());
    entry.code = pass.code;
    key.map_or(Ok(()), |key| book.add_key(key, id, Some(&asked)))?;
    book.rewrite(&entry)?;
    if let Some(place) = &entry.batch {
        batches::runs_again(member, &place.id)?;
        let job = member.save(&entry)?;
        member.wake().await?; // the driver gets its money
        return Ok(Outcome::Job(Box::new(job)));
    }
    book.save(&entry)?;
    match purse::admit(member, &entry, key, Some(&before)).await? {
        Ok(job) => Ok(Outcome::Job(Box::new(job))),
        Err(refusal) => {
            book.rewrite(&before)?;
            refused(refusal)
        }
    }
}

/// What the key of a retry stands for.
fn asked(edited: Option<&Request>) -> Result<String> {
    Ok(match edited {
        None => "retry".to_owned(),
        Some(request) => format!("retry {}", digest::of(&[&serde_json::to_vec(request)?])),
    })
}

/// Gives an entry another request, which is checked as a new one would be.
fn edit(member: &Member, entry: &mut Entry, request: Request) -> Result<std::result::Result<(), Refusal>> {
    if entry.turn.is_some() {
        return Ok(Err(Refusal::wrong_state(
            Words::new(
                "对话中的一轮不能修改后重试。",
                "A turn of a conversation cannot be changed and retried.",
            ),
            Words::new(
                "在对话中改写这句话，另起一个分支。",
                "Say it otherwise in the conversation, as another branch.",
            ),
        )));
    }
    if entry.kind() != request.kind() {
        return Ok(Err(Refusal::problems(vec![other_kind(entry, &request)])));
    }
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return Ok(Err(Refusal::misconfigured(&what))),
    };
    if let Some(refusal) = files::refuse(member, &request, &config)? {
        return Ok(Err(refusal));
    }
    match wire::call(&request, config.live()) {
        Ok((_, notes)) => entry.notes = notes,
        Err(problems) => return Ok(Err(Refusal::problems(problems))),
    }
    entry.request = request;
    Ok(Ok(()))
}

fn other_kind(entry: &Entry, request: &Request) -> Problem {
    let (is, given) = (entry.kind().as_str(), request.kind().as_str());
    let message = Words::of(
        format!("这是 {is} 任务，不能改成 {given}。请新建任务。"),
        format!("The job is of kind {is} and cannot become {given}; submit a new one."),
    );
    Problem::new("kind", &Value::from(given), Words::of(is.to_owned(), is.to_owned()), message)
}
