//! A member's uploaded recordings.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use studio_shared::file::StoredFile;
use studio_shared::live::{self as wire, Call};
use studio_shared::problem::Problem;
use studio_shared::request::{Recording, Request};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;
use worker::Result;

use super::Member;
use super::message::{Outcome, OutputPlace};
use crate::config::Config;
use crate::reply::Refusal;
use crate::{clock, media};

/// What is asked about uploaded recordings.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FileMessage {
    /// Write down one whose bytes have arrived.
    Add(Box<FileRow>),
    /// Where its bytes are.
    Read(String),
    /// Delete it.
    Delete(String),
}

/// An uploaded recording as the book keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileRow {
    /// What its owner sees of it.
    pub(crate) file: StoredFile,
    /// Where it is at the vendor, where it is nowhere else because no bucket is bound. Never leaves the worker.
    pub(crate) there: Option<There>,
}

/// Where a recording is in the vendor's store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct There {
    /// Its `oss://` address.
    pub(crate) address: String,
    /// The live name of the only model that may use it (`dashscope-api.md` §7).
    pub(crate) model: String,
}

impl FileRow {
    /// Whether it can still be used.
    pub(super) fn is_there(&self, now: Timestamp) -> bool {
        self.file.expires_at.is_none_or(|end| now < end)
    }
}

/// Answers one message.
pub(super) async fn answer(member: &Member, message: FileMessage) -> Result<Outcome> {
    let book = member.book();
    let refused = |refusal| Ok(Outcome::Refused(Box::new(refusal)));
    match message {
        FileMessage::Add(_) if book.wiping()?.is_some() => refused(Refusal::wiping()),
        FileMessage::Add(row) => {
            book.add_file(&row)?;
            Ok(Outcome::File(row.file))
        }
        FileMessage::Read(id) => match book.file(&id)? {
            Some(FileRow { file, there: None }) => Ok(Outcome::Output(OutputPlace::Kept {
                key: media::file_key(&member.id(), &id),
                bytes: file.bytes,
                media_type: file.media_type,
            })),
            Some(_) => refused(Refusal::wrong_state(
                Words::new(
                    "没有绑定存储桶，录音只在百炼的临时存储里，无法取回。",
                    "No bucket is bound: the recording is in the vendor's temporary store only, which hands nothing out.",
                ),
                Words::new("请在本地打开原文件。", "Open the file where it came from."),
            )),
            None => refused(Refusal::not_found()),
        },
        FileMessage::Delete(id) => {
            let Some(row) = book.file(&id)? else { return refused(Refusal::not_found()) };
            if book.needs_file(&id)? {
                return refused(Refusal::wrong_state(
                    Words::new("还有任务要用这个录音。", "A job still needs this recording."),
                    Words::new("等它提交，或先取消。", "Wait until it is sent, or cancel it first."),
                ));
            }
            if row.there.is_none() {
                // Its bytes first: a row without bytes can be deleted again, bytes without a row could not.
                media::delete(&member.env, vec![media::file_key(&member.id(), &id)]).await?;
            }
            book.remove_file(&id)?;
            Ok(Outcome::Done)
        }
    }
}

/// Why a request cannot have the recording that it names: it is not there, or another member's, which is the same.
pub(super) fn refuse(member: &Member, request: &Request, config: &Config) -> Result<Option<Refusal>> {
    let Request::Transcription(transcription) = request else { return Ok(None) };
    let Recording::File { file: id } = &transcription.recording else { return Ok(None) };
    let row = member.book().file(id)?.filter(|row| row.is_there(clock::now()));
    let Some(row) = row else {
        return Ok(Some(problem(
            id,
            Words::new("已上传的录音的编号", "the handle of a recording that was uploaded"),
            Words::new(
                "没有这个录音，它可能已被删除或过期。请重新上传。",
                "There is no such recording; it may have been deleted, or have expired. Upload it again.",
            ),
        )));
    };
    let Some(there) = row.there else { return Ok(None) };
    match wire::call(request, config.live()) {
        Ok((Call::Transcription(call), _)) if call.model != there.model => Ok(Some(problem(
            id,
            Words::of(
                format!("为 {} 上传的录音", call.model),
                format!("a recording uploaded for {}", call.model),
            ),
            Words::of(
                format!("这个录音是为 {} 上传的，不能用于 {}。请重新上传。", there.model, call.model),
                format!(
                    "This recording was uploaded for {} and is of no use to {}; upload it again.",
                    there.model, call.model
                ),
            ),
        ))),
        _ => Ok(None),
    }
}

fn problem(id: &str, allowed: Words, message: Words) -> Refusal {
    Refusal::problems(vec![Problem::new("file", &Value::from(id), allowed, message)])
}
