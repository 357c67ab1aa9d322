//! `/api/batches`: read and checked here, then handed to the member's own object.

mod file;
mod query;
mod quote;

use studio_shared::batch;
use worker::Response;

pub(super) use quote::quote;

use super::{Call, jobs, rights};
use crate::access::Caller;
use crate::digest;
use crate::member::{BatchMessage, Message, NewBatch, NewEntry};
use crate::reply::Refusal;
use file::Given;

/// Characters of the first entry that a batch without a name is called by.
const NAME: usize = 40;

pub(super) async fn submit(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let key = jobs::idempotency_key(&call)?;
    let given = Given::read(&mut call.request).await?;
    let looked = batch::look(&given.bytes, given.format, &given.settings, call.config.live());
    if !looked.quote.problems.is_empty() {
        let problems = looked.quote.problems.into_iter().map(batch::BatchProblem::flat);
        return Err(Refusal::problems(problems.collect()));
    }
    let not_allowed = rights::of_batch(caller, &looked.entries);
    if !not_allowed.is_empty() {
        let problems = not_allowed.into_iter().take(batch::MOST_PROBLEMS).map(batch::BatchProblem::flat);
        return Err(Refusal::not_allowed(problems.collect()));
    }
    let entries: Vec<NewEntry> = looked.entries.into_iter().map(NewEntry::of).collect();
    let digest = given.digest();
    let new = NewBatch {
        name: given.name.unwrap_or_else(|| name(&entries)),
        key,
        digest,
        kinds: looked.quote.kinds,
        price: looked.quote.price,
        entries,
        pass: caller.pass.clone(),
    };
    tell(&call, caller, BatchMessage::Submit(Box::new(new))).await
}

/// The beginning of what is asked for first, in one line.
fn name(entries: &[NewEntry]) -> String {
    let prompt = entries.first().map(|entry| entry.request.prompt()).unwrap_or_default();
    prompt.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME).collect()
}

impl Given {
    /// Of everything that was given: a repeat with the same key must have given the same.
    fn digest(&self) -> String {
        let settings = serde_json::Value::Object(self.settings.clone()).to_string();
        let name = self.name.as_deref().unwrap_or_default();
        digest::of(&[self.format.media_type().as_bytes(), name.as_bytes(), settings.as_bytes(), &self.bytes])
    }
}

pub(super) async fn list(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let (cursor, limit) = query::read(url.query_pairs()).map_err(Refusal::problems)?;
    tell(call, caller, BatchMessage::List { cursor, limit }).await
}

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Read(call.name(0).to_owned())).await
}

pub(super) async fn delete(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Delete(call.name(0).to_owned())).await
}

pub(super) async fn pause(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Pause(call.name(0).to_owned())).await
}

pub(super) async fn resume(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Resume { id: call.name(0).to_owned(), pass: caller.pass.clone() }).await
}

pub(super) async fn cancel(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Cancel(call.name(0).to_owned())).await
}

pub(super) async fn retry(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    tell(call, caller, BatchMessage::Retry { id: call.name(0).to_owned(), pass: caller.pass.clone() }).await
}

async fn tell(call: &Call<'_>, caller: &Caller, message: BatchMessage) -> Result<Response, Refusal> {
    jobs::tell(call, caller, Message::Batch(message)).await
}
