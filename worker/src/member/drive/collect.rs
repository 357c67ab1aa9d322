//! Copying results to the bucket, as streams that the platform carries.

use futures_util::future::LocalBoxFuture;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use worker::Result;

use super::{Driver, Flight, landed};
use crate::dashscope::Fetched;
use crate::media;
use crate::member::entry::{Collected, Entry};

impl Driver<'_> {
    pub(super) fn collect(&self, entry: Entry) -> LocalBoxFuture<'_, Flight> {
        Box::pin(async move {
            let result = self.collect_once(&entry).await;
            landed(entry.id, result).await
        })
    }

    /// Copies the next result of a job.
    async fn collect_once(&self, entry: &Entry) -> Result<()> {
        let Some((n, url)) = entry.next_to_collect() else { return Ok(()) };
        let collected = match entry.kind() {
            Kind::Transcription => self.keep_transcript(&entry.id, n, &url).await,
            _ => self.keep_file(&entry.id, n, &url).await,
        };
        let risk_ms = self.config.waits.risk_ms();
        self.change(&entry.id, State::Collecting, |entry, now| {
            entry.collected(n, collected, now);
            entry.weigh_risk(risk_ms, now);
        })
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
