//! `POST /api/speech`, the object's side: a speech is submitted like any job, and its sound handed on as it comes.
//!
//! The answer is JSON where there is no sound to stream: a refusal, or where the kept file is; else the sound itself.

use std::future::ready;
use std::rc::Rc;

use futures_util::stream::LocalBoxStream;
use futures_util::{Stream, StreamExt, stream};
use studio_shared::job::State;
use studio_shared::request::Request;
use worker::{Env, Error, Headers, Response, ResponseBuilder, Result};

use super::book::{Book, ROW};
use super::entry::{Entry, media_type};
use super::message::Outcome;
use super::stage::{Line, Sound};
use super::{Member, act};
use crate::access::Pass;
use crate::media;
use crate::reply::{self, Refusal};

/// The header that names the job.
pub(crate) const JOB_ID: &str = "x-job-id";

/// The header that names the samples a second, without which raw PCM cannot be played.
pub(crate) const SAMPLE_RATE: &str = "x-sample-rate";

/// Submits a speech, and answers once there is something to hear, or nothing will come.
pub(super) async fn answer(
    member: &Member,
    request: Request,
    key: Option<&str>,
    pass: Pass,
) -> Result<Response> {
    let id = match act::submit(member, request, key, pass).await? {
        Outcome::Created(job) | Outcome::Job(job) => job.id,
        other => return reply::json(200, &other),
    };
    // No `await` from here until it is listened to: nothing is missed.
    let Some(entry) = member.book().read(&id)? else {
        return reply::json(200, &refused(Refusal::not_found()));
    };
    if !entry.state.is_final() {
        let line = member.stage.listen(&id);
        if let Sound::Bytes(first) = line.next().await {
            return streamed(member, &entry, line, first);
        }
    }
    let Some(entry) = member.book().read(&id)? else {
        return reply::json(200, &refused(Refusal::not_found()));
    };
    let outcome = match (&entry.error, entry.state) {
        _ if is_whole(&entry) => act::output(member, &id, 0)?,
        (Some(error), _) => refused(Refusal::job(error)),
        (None, _) => refused(Refusal::canceled()),
    };
    let mut response = reply::json(200, &outcome)?;
    describe(response.headers_mut(), &entry)?;
    Ok(response)
}

/// Whether all of a speech has come, also where the bucket has not taken it yet.
const fn is_whole(entry: &Entry) -> bool {
    matches!(entry.state, State::Done | State::Collecting)
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused(Box::new(refusal))
}

fn describe(headers: &Headers, entry: &Entry) -> Result<()> {
    headers.set(JOB_ID, &entry.id)?;
    if let Request::Speech(speech) = &entry.request
        && let Some(rate) = speech.sample_rate
    {
        headers.set(SAMPLE_RATE, &rate.to_string())?;
    }
    Ok(())
}

/// The sound as it comes, `first` first. It ends with an error where the speech breaks off; since not everybody on
/// the way to the listener passes that on, the job is who says whether the sound is whole.
fn streamed(member: &Member, entry: &Entry, line: Rc<Line>, first: Vec<u8>) -> Result<Response> {
    let headers = Headers::new();
    describe(&headers, entry)?;
    if let Request::Speech(speech) = &entry.request {
        headers.set("content-type", media_type(speech))?;
    }
    let heard = u64::try_from(first.len()).unwrap_or(u64::MAX);
    let source =
        Source { book: member.book(), env: member.env.clone(), object: member.id(), id: entry.id.clone() };
    let rest = stream::unfold(Some(Listening::Live { line, heard, source }), go_on);
    ResponseBuilder::new().with_headers(headers).from_stream(stream::iter([Ok(first)]).chain(rest))
}

/// From where the rest of a speech is read once it has ended.
struct Source {
    book: Book,
    env: Env,
    object: String,
    id: String,
}

/// Bytes, as they are read.
type Bytes = LocalBoxStream<'static, Result<Vec<u8>>>;

/// A listener on the way through the sound.
enum Listening {
    /// Hears it as it is made; has heard so many bytes.
    Live { line: Rc<Line>, heard: u64, source: Source },
    /// Was too slow for that, and reads the rest from where it is kept.
    Reading(Bytes),
}

async fn go_on(listening: Option<Listening>) -> Option<(Result<Vec<u8>>, Option<Listening>)> {
    let mut rest = match listening? {
        Listening::Live { line, heard, source } => match line.next().await {
            Sound::Bytes(bytes) => {
                let heard = heard.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                return Some((Ok(bytes), Some(Listening::Live { line, heard, source })));
            }
            Sound::End => match source.rest(heard).await {
                Ok(rest) => rest,
                Err(error) => return Some((Err(error), None)),
            },
        },
        Listening::Reading(rest) => rest,
    };
    rest.next().await.map(|bytes| (bytes, Some(Listening::Reading(rest))))
}

impl Source {
    /// What comes after so many bytes.
    async fn rest(self, heard: u64) -> Result<Bytes> {
        let broken = || Error::RustError("the speech broke off".to_owned());
        let entry = self.book.read(&self.id)?.filter(is_whole).ok_or_else(broken)?;
        let sound = entry.outputs.first().ok_or_else(broken)?;
        let left = sound.bytes.unwrap_or(0).saturating_sub(heard);
        if left == 0 {
            return Ok(stream::empty().boxed_local());
        }
        if sound.here {
            return Ok(rows(self.book, self.id, 0, heard, left).boxed_local());
        }
        let key = media::key(&self.object, &self.id, 0);
        let object = media::get(&self.env, &key, Some((heard, left))).await?.ok_or_else(broken)?;
        Ok(object.body().ok_or_else(broken)?.stream()?.boxed_local())
    }
}

/// So many bytes of a result that lies in the object's own storage, as an answer's body.
pub(super) fn read(member: &Member, id: String, n: u32, first: u64, length: u64) -> Result<Response> {
    ResponseBuilder::new().from_stream(rows(member.book(), id, n, first, length))
}

fn rows(book: Book, id: String, n: u32, first: u64, length: u64) -> impl Stream<Item = Result<Vec<u8>>> {
    let row = u64::try_from(ROW).unwrap_or(u64::MAX);
    stream::unfold((first, length), move |(first, left)| {
        let bytes = (left > 0).then(|| {
            let (at, skip) = (first.checked_div(row).unwrap_or(0), first.checked_rem(row).unwrap_or(0));
            let bytes = book.row(&id, n, at)?.unwrap_or_default();
            let take = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
            let part: Vec<u8> = bytes.into_iter().skip(take(skip)).take(take(left)).collect();
            if part.is_empty() { Err(Error::RustError("a row is lost".to_owned())) } else { Ok(part) }
        });
        ready(bytes.map(|bytes| match bytes {
            Ok(part) => {
                let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
                (Ok(part), (first.saturating_add(length), left.saturating_sub(length)))
            }
            Err(error) => (Err(error), (first, 0)),
        }))
    })
}
