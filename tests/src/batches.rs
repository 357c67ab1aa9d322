//! Batches: submitted, read, waited for.

use serde_json::{Value, json};
use studio_shared::batch::{Batch, BatchList, BatchState};
use studio_shared::job::{Job, JobList};

use crate::client::{Answer, Client, send};
use crate::wait::until;

impl Client {
    /// Sends a file to `/api/batches`.
    pub async fn send_batch(&self, query: &str, media_type: &str, file: impl Into<Vec<u8>>) -> Answer {
        let request = self.request("POST", format!("/api/batches?{query}"));
        send(request.header("content-type", media_type).body(file.into())).await
    }

    /// Sends the reference page's form, which is accepted.
    pub async fn submit_batch(&self, file: &Value) -> Batch {
        self.send_batch("", "application/json", file.to_string()).await.with(202).batch()
    }

    /// A batch as it stands.
    pub async fn batch(&self, id: &str) -> Batch {
        self.get(format!("/api/batches/{id}")).await.with(200).batch()
    }

    /// A batch once it is as wanted.
    pub async fn batch_once(&self, id: &str, wanted: impl Fn(&Batch) -> bool) -> Batch {
        until(&format!("batch {id}"), async || Some(self.batch(id).await).filter(&wanted)).await
    }

    /// A batch once nothing of it goes on any more.
    pub async fn batch_ended(&self, id: &str) -> Batch {
        let has_ended = |batch: &Batch| batch.counts.ended() == batch.counts.total;
        let is_over = |batch: &Batch| matches!(batch.state, BatchState::Done | BatchState::Canceled);
        self.batch_once(id, |batch| has_ended(batch) && is_over(batch)).await
    }

    /// Pauses, resumes, cancels or retries a batch.
    pub async fn act(&self, id: &str, what: &str) -> Answer {
        self.post(format!("/api/batches/{id}/{what}"), &json!({})).await
    }

    /// A page of batches.
    pub async fn batches(&self, query: &str) -> BatchList {
        let answer = self.get(format!("/api/batches?{query}")).await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// A page of jobs.
    pub async fn page_of_jobs(&self, query: &str) -> JobList {
        let answer = self.get(format!("/api/jobs?{query}")).await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// All entries of a batch, page by page.
    pub async fn entries(&self, id: &str, query: &str) -> Vec<Job> {
        let (mut jobs, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.page_of_jobs(&format!("batch={id}&limit=100&cursor={cursor}&{query}")).await;
            jobs.extend(page.items);
            match page.next {
                Some(next) => cursor = next,
                None => return jobs,
            }
        }
    }
}

impl Answer {
    /// The batch it tells of.
    #[must_use]
    pub fn batch(&self) -> Batch {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
