//! Bringing a recording from the bucket to the vendor before its creation is sent. The person's upload to us is never
//! needed again.

use studio_shared::error::code;
use studio_shared::file;
use studio_shared::job::State;
use studio_shared::live::{Call, Note};
use studio_shared::problem::Problem;
use studio_shared::request::Recording as Place;
use worker::{ResponseBody, Result};

use super::Driver;
use crate::dashscope::{Fault, NotStored, Recording, too_large};
use crate::member::entry::Entry;
use crate::member::files::FileRow;
use crate::stream::Beginning;
use crate::{clock, media};

/// The call that serves a request, or why the region offers none.
type Called = std::result::Result<(Call, Vec<Note>), Vec<Problem>>;

impl Driver<'_> {
    /// The call with the recording's address in the vendor's store, where the recording was uploaded here. `Err` where
    /// it did not get there: then the job has been told, and nothing is to be sent.
    pub(super) async fn with_recording(
        &self,
        entry: &Entry,
        called: Called,
    ) -> std::result::Result<Called, Result<()>> {
        let (Some(id), Ok((Call::Transcription(_), _))) = (entry.file(), &called) else { return Ok(called) };
        let Ok((Call::Transcription(mut call), notes)) = called else { return Ok(called) };
        let address = match entry.stored_at(clock::now()) {
            Some(address) => address.to_owned(),
            None => {
                self.slow.set(self.slow.get().saturating_add(1));
                let uploaded = self.upload(id, call.model).await;
                self.slow.set(self.slow.get().saturating_sub(1));
                match uploaded.map_err(|error| self.not_uploaded(entry, &error))? {
                    (address, true) => {
                        let keep = |entry: &mut Entry, now| entry.uploaded(address.clone(), now);
                        self.change(&entry.id, State::Submitting, keep).map_err(Err)?;
                        address
                    }
                    (address, false) => address,
                }
            }
        };
        call.recording = Place::Url { url: address };
        Ok(Ok((Call::Transcription(call), notes)))
    }

    fn not_uploaded(&self, entry: &Entry, error: &NotStored) -> Result<()> {
        let NotStored { fault, again, retry_after_ms } = error;
        self.change(&entry.id, State::Submitting, |entry, now| {
            entry.not_uploaded(fault, *again, *retry_after_ms, now);
        })
    }

    /// The address of a recording in the vendor's store, and whether it was brought there just now.
    async fn upload(&self, id: &str, model: &str) -> std::result::Result<(String, bool), NotStored> {
        let row = self.member.book().file(id).ok().flatten().ok_or_else(gone)?;
        if let Some(there) = &row.there {
            let usable = there.model == model && row.is_there(clock::now());
            return if usable { Ok((there.address.clone(), false)) } else { Err(gone()) };
        }
        let policy = self.client.policy(model).await?;
        if row.file.bytes > policy.most_bytes {
            let fault = too_large(policy.most_bytes);
            return Err(NotStored { fault, again: false, retry_after_ms: None });
        }
        let recording = self.open(&row).await?;
        Ok((self.client.store(&policy, recording).await?, true))
    }

    /// The recording's bytes in the bucket.
    async fn open(&self, row: &FileRow) -> std::result::Result<Recording, NotStored> {
        let key = media::file_key(&self.id, &row.file.id);
        let object = media::get(&self.member.env, &key, None).await;
        let object = object.map_err(|error| {
            crate::log::event("recording_not_opened", &error.to_string());
            NotStored { again: true, ..gone() }
        })?;
        let body = object.as_ref().and_then(worker::Object::body).ok_or_else(gone)?.response_body();
        let Ok(ResponseBody::Stream(body)) = body else { return Err(gone()) };
        Ok(Recording {
            beginning: Beginning::of(&[]),
            body,
            length: row.file.bytes,
            name: name_there(&row.file.id, &row.file.name),
            media_type: row.file.media_type.clone(),
        })
    }
}

/// What a recording is called in the vendor's store: our handle, so that no person's words go there, and the ending,
/// by which the vendor tells the format.
pub(crate) fn name_there(id: &str, name: &str) -> String {
    format!("{id}.{}", file::ending(name).unwrap_or("mp3"))
}

fn gone() -> NotStored {
    let fault = Fault {
        status: 0,
        code: code::NOT_FOUND.to_owned(),
        message: "the uploaded recording is no longer there".to_owned(),
        request_id: None,
    };
    NotStored { fault, again: false, retry_after_ms: None }
}
