//! Copying results to the bucket, as streams that the platform carries.

use futures_util::future::LocalBoxFuture;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use worker::Result;

use super::{Driver, Flight, landed};
use crate::dashscope::Fetched;
use crate::media;
use crate::member::entry::{Collected, Entry, Stored};
use crate::member::keep::to_bucket;

impl Driver<'_> {
    pub(super) fn collect(&self, entry: Entry) -> LocalBoxFuture<'_, Flight> {
        Box::pin(async move {
            let result = self.collect_once(&entry).await;
            landed(entry.id, result).await
        })
    }

    /// Copies the next result of a job.
    async fn collect_once(&self, entry: &Entry) -> Result<()> {
        let (n, collected) = match (entry.next_here(), entry.next_to_collect()) {
            (Some((n, stored)), _) => (n, self.move_there(&entry.id, n, stored).await),
            (None, Some((n, url))) if entry.kind() == Kind::Transcription => {
                (n, self.keep_transcript(&entry.id, n, &url).await)
            }
            (None, Some((n, url))) => (n, self.keep_file(&entry.id, n, &url).await),
            (None, None) => return Ok(()),
        };
        let is_moved = entry.next_here().is_some() && matches!(collected, Collected::Kept { .. });
        let risk_ms = self.config.waits.risk_ms();
        self.change(&entry.id, State::Collecting, |entry, now| {
            entry.collected(n, collected, now);
            entry.weigh_risk(risk_ms, now);
        })?;
        if is_moved { self.member.book().drop_rows_of(&entry.id, n) } else { Ok(()) }
    }

    /// Moves a result from the object's own storage to the bucket.
    async fn move_there(&self, job: &str, n: u32, stored: &Stored) -> Collected {
        let media_type = stored.media_type.clone().unwrap_or_default();
        let bytes = stored.bytes.unwrap_or(0);
        match to_bucket(self.member, job, n, bytes, &media_type).await {
            Ok(true) => Collected::Kept { bytes, media_type },
            Ok(false) => Collected::Gone,
            Err(error) => {
                crate::log::event("result_not_kept", &error.to_string());
                Collected::Refused
            }
        }
    }

    async fn keep_file(&self, job: &str, n: u32, url: &str) -> Collected {
        let (response, length, media_type) = match self.client.fetch(url).await {
            Fetched::File { response, length, media_type } => (response, length, media_type),
            Fetched::Gone => return Collected::Gone,
            Fetched::Later => return Collected::Later,
        };
        let key = media::key(&self.id, job, n);
        match media::put(&self.member.env, &key, response, &media_type, length).await {
            Ok(()) => Collected::Kept { bytes: length, media_type },
            Err(error) => {
                crate::log::event("result_not_kept", &error.to_string());
                if media::takes(&self.member.env, &self.id).await {
                    Collected::Later
                } else {
                    Collected::Refused
                }
            }
        }
    }
}
