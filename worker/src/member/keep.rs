//! Keeping audio that comes in pieces of unknown number: in the bucket by a multipart upload, with no more than one
//! part in memory; where no bucket is bound, or as long as it takes nothing, in rows of the object's own storage.

mod later;
mod parts;

use std::time::Duration;

use worker::{Delay, Error, MultipartUpload, Result, UploadedPart};

pub(super) use self::later::to_bucket;
use self::parts::{PART, Parts, rows};
use super::Member;
use super::book::ROW;
use crate::{clock, media, wav};

/// Tries to store a part.
const TRIES: u32 = 3;

/// A result that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its length.
    pub(super) bytes: u64,
    /// Whether it lies in the object's own storage, and not in the bucket.
    pub(super) here: bool,
}

/// One result on its way to where it is kept.
pub(super) struct Keeper<'a> {
    member: &'a Member,
    job: &'a str,
    /// A WAV's header gets its true length before it is stored.
    is_wav: bool,
    media_type: &'static str,
    here: bool,
    parts: Parts,
    upload: Option<MultipartUpload>,
    stored: Vec<UploadedPart>,
    /// What went wrong first: after that nothing more is stored.
    broken: Option<Error>,
}

impl<'a> Keeper<'a> {
    /// For output 0 of a job.
    pub(super) fn new(member: &'a Member, job: &'a str, media_type: &'static str, bucket: bool) -> Self {
        Self {
            member,
            job,
            is_wav: media_type == "audio/wav",
            media_type,
            here: !bucket,
            parts: Parts::new(if bucket { PART } else { ROW }),
            upload: None,
            stored: Vec::new(),
            broken: None,
        }
    }

    /// More bytes.
    pub(super) async fn add(&mut self, bytes: &[u8]) {
        for (number, part) in self.parts.add(bytes) {
            if self.broken.is_none()
                && let Err(error) = self.store(number, part).await
            {
                self.broken = Some(error);
            }
        }
    }

    /// That was all of it.
    pub(super) async fn finish(mut self) -> Result<Kept> {
        let finished = self.complete().await;
        if finished.is_err() {
            self.abandon().await;
        }
        finished
    }

    /// It will not be whole: nothing of it is kept.
    pub(super) async fn abandon(self) {
        if let Some(upload) = self.upload
            && let Err(error) = upload.abort().await
        {
            crate::log::event("upload_not_aborted", &error.to_string());
        }
        if let Err(error) = self.member.book().drop_rows(self.job) {
            crate::log::event("rows_not_dropped", &error.to_string());
        }
    }

    async fn complete(&mut self) -> Result<Kept> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let (number, mut rest, total) = self.parts.finish();
        if number == 1 {
            if self.is_wav {
                wav::set_length(&mut rest, total);
            }
            if !self.here {
                let key = self.key();
                let put =
                    async || media::put_bytes(&self.member.env, &key, rest.clone(), self.media_type).await;
                if let Err(error) = tried(put).await {
                    self.fall_back(&error).await;
                }
            }
            if self.here {
                self.lay(1, &rest)?;
            }
            return Ok(Kept { bytes: total, here: self.here });
        }
        if !rest.is_empty() {
            self.store(number, rest).await?;
        }
        if self.is_wav {
            self.set_length(total).await?;
        }
        if let Some(upload) = self.upload.take() {
            let mut stored = std::mem::take(&mut self.stored);
            stored.sort_by_key(UploadedPart::part_number);
            upload.complete(stored).await?;
            self.member.book().drop_rows(self.job)?;
        }
        Ok(Kept { bytes: total, here: self.here })
    }

    fn key(&self) -> String {
        media::key(&self.member.id(), self.job, 0)
    }

    async fn store(&mut self, number: u16, part: Vec<u8>) -> Result<()> {
        if self.here || number == 1 && self.is_wav {
            return self.lay(number, &part);
        }
        match self.send(number, &part).await {
            // Nothing is in the bucket yet: what was billed is kept here until the bucket takes it.
            Err(error) if self.stored.is_empty() => {
                self.fall_back(&error).await;
                self.lay(number, &part)
            }
            sent => sent,
        }
    }

    /// From now on all goes to the object's own storage: the bucket takes nothing.
    async fn fall_back(&mut self, error: &Error) {
        crate::log::event("bucket_refuses", &error.to_string());
        self.here = true;
        if let Some(upload) = self.upload.take()
            && let Err(error) = upload.abort().await
        {
            crate::log::event("upload_not_aborted", &error.to_string());
        }
    }

    /// Lays a part into rows.
    fn lay(&self, number: u16, part: &[u8]) -> Result<()> {
        let rows_of_part = u64::try_from(self.parts.size().div_ceil(ROW)).unwrap_or(1);
        let first = u64::from(number).saturating_sub(1).saturating_mul(rows_of_part);
        (first..).zip(rows(part)).try_for_each(|(at, row)| {
            self.member.book().keep_row(self.job, 0, at, row.to_vec(), clock::now())
        })
    }

    async fn send(&mut self, number: u16, part: &[u8]) -> Result<()> {
        if self.upload.is_none() {
            let upload = media::begin(&self.member.env, &self.key(), self.media_type).await?;
            self.member.uploading(self.job, upload.upload_id().await)?;
            self.upload = Some(upload);
        }
        let Some(upload) = &self.upload else { return Ok(()) };
        let stored = tried(async || upload.upload_part(number, part.to_vec()).await).await?;
        self.stored.push(stored);
        Ok(())
    }

    /// Writes the length into the beginning, which has waited in the object's storage.
    async fn set_length(&mut self, total: u64) -> Result<()> {
        let book = self.member.book();
        let row =
            |at| book.row(self.job, 0, at)?.ok_or_else(|| Error::RustError(format!("row {at} is lost")));
        let mut head = row(0)?;
        wav::set_length(&mut head, total);
        if self.here {
            return book.keep_row(self.job, 0, 0, head, clock::now());
        }
        for at in 1..u64::try_from(PART.div_ceil(ROW)).unwrap_or(0) {
            head.extend(row(at)?);
        }
        self.send(1, &head).await
    }
}

/// Keeps a result that is there as a whole; whether that is in the object's own storage.
pub(super) async fn keep_small(
    member: &Member,
    job: &str,
    n: u32,
    bytes: Vec<u8>,
    media_type: &str,
    bucket: bool,
) -> Result<bool> {
    if bucket {
        let key = media::key(&member.id(), job, n);
        let put = async || media::put_bytes(&member.env, &key, bytes.clone(), media_type).await;
        match tried(put).await {
            Ok(()) => return Ok(false),
            Err(error) => crate::log::event("bucket_refuses", &error.to_string()),
        }
    }
    (0..)
        .zip(rows(&bytes))
        .try_for_each(|(at, row)| member.book().keep_row(job, n, at, row.to_vec(), clock::now()))?;
    Ok(true)
}

/// Tries again where the bucket does not answer.
async fn tried<T>(act: impl AsyncFn() -> Result<T>) -> Result<T> {
    let mut tries = 1;
    loop {
        match act().await {
            Err(error) if tries < TRIES => crate::log::event("bucket_again", &error.to_string()),
            answer => return answer,
        }
        tries = tries.saturating_add(1);
        Delay::from(Duration::from_secs(1)).await;
    }
}
