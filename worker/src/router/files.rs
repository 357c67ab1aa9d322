//! `/api/files`: recordings on their way in, as streams of the platform from the caller to the bucket, or, where none is
//! bound, to the vendor's own store.

mod ask;

use studio_shared::file::StoredFile;
use web_sys::ReadableStream;
use worker::{Response, Result as Platform};

use super::{Call, jobs};
use crate::access::Caller;
use crate::dashscope::{Client, NotStored, Recording, STORE_KEEPS_MS};
use crate::member::{FileMessage, FileRow, Message, There};
use crate::reply::Refusal;
use crate::stream::{self, Beginning};
use crate::{body, clock, media, output, sound, stub};
use ask::Ask;

/// Takes a recording in: name, length and first bytes are looked at, everything else passes by.
pub(super) async fn upload(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let ask = Ask::read(url.query_pairs(), &body::announced_length(&call.request))?;
    let body = call.request.inner().body().ok_or_else(Refusal::upload_cut)?;
    let beginning = stream::begin(&body, sound::HEAD).await.map_err(|_| Refusal::upload_cut())?;
    let Some(media_type) = sound::media_type(&beginning.head) else {
        return Err(Refusal::not_a_recording());
    };
    let file = StoredFile {
        id: uuid::Uuid::now_v7().to_string(),
        name: ask.name.clone(),
        bytes: ask.length,
        media_type: media_type.to_owned(),
        created_at: clock::now(),
        expires_at: None,
    };
    let row = if call.config.keeps_results {
        keep(call, caller, &file, beginning, body).await?;
        FileRow { file, there: None }
    } else {
        hand_on(call, &ask, file, beginning, body).await?
    };
    let id = row.file.id.clone();
    let told = jobs::tell(call, caller, Message::File(FileMessage::Add(Box::new(row)))).await;
    if told.is_err() && call.config.keeps_results {
        // Nobody knows of these bytes. Should this fail as well, they lie there unseen.
        let _ = media::delete(call.env, vec![key(call, caller, &id)?]).await;
    }
    told
}

/// Where a recording's bytes are: under the object's id, as its results.
fn key(call: &Call<'_>, caller: &Caller, id: &str) -> Platform<String> {
    Ok(media::file_key(&stub::object_id(call.env, &caller.member)?, id))
}

/// To the bucket.
async fn keep(
    call: &Call<'_>,
    caller: &Caller,
    file: &StoredFile,
    beginning: Beginning,
    body: ReadableStream,
) -> Result<(), Refusal> {
    let key = key(call, caller, &file.id)?;
    let (whole, carrier) = stream::join(beginning, body, Vec::new(), file.bytes)?;
    let put = media::put_stream(call.env, &key, whole, &file.media_type);
    stream::beside(put, carrier).await.map_err(|error| {
        crate::log::event("upload_broken_off", &error.to_string());
        Refusal::upload_cut()
    })
}

/// To the vendor's store, which keeps it for 48 hours and for one model.
async fn hand_on(
    call: &Call<'_>,
    ask: &Ask,
    file: StoredFile,
    beginning: Beginning,
    body: ReadableStream,
) -> Result<FileRow, Refusal> {
    let model = ask.live_model(call.config.region)?;
    let client = Client::new(call.env, &call.config)?;
    let policy = client.policy(model).await.map_err(|error| refused(&error))?;
    if file.bytes > policy.most_bytes {
        return Err(Refusal::file_too_large(policy.most_bytes));
    }
    let recording = Recording {
        beginning,
        body,
        length: file.bytes,
        name: crate::member::name_there(&file.id, &file.name),
        media_type: file.media_type.clone(),
    };
    let address = client.store(&policy, recording).await.map_err(|error| refused(&error))?;
    let expires_at = Some(clock::now().after(STORE_KEEPS_MS));
    let there = Some(There { address, model: model.to_owned() });
    Ok(FileRow { file: StoredFile { expires_at, ..file }, there })
}

fn refused(error: &NotStored) -> Refusal {
    let shown = error.fault.job_error(studio_shared::error::Charged::No);
    Refusal::not_stored(&shown.message, shown.advice)
}

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let message = Message::File(FileMessage::Read(call.name(0).to_owned()));
    let place = jobs::place(call, caller, message).await?;
    output::answer(call.env, &call.config, &call.request, &jobs::object(call, caller)?, place).await
}

pub(super) async fn delete(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    jobs::tell(call, caller, Message::File(FileMessage::Delete(call.name(0).to_owned()))).await
}
