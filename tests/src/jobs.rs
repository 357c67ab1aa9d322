//! Jobs: submitted, read, waited for.

use serde_json::Value;
use studio_shared::job::{Job, JobError, State};

use crate::Studio;
use crate::client::{Answer, send};
use crate::wait::until;

impl Studio {
    /// Submits a request that is accepted.
    pub async fn submit(&self, request: &Value) -> Job {
        self.owner.post("/api/jobs", request).await.with(202).job()
    }

    /// Submits a request with an `Idempotency-Key`.
    pub async fn submit_once(&self, key: &str, request: &Value) -> Answer {
        send(self.owner.request("POST", "/api/jobs").header("idempotency-key", key).json(request)).await
    }

    /// A job as it stands.
    pub async fn job(&self, id: &str) -> Job {
        self.owner.get(format!("/api/jobs/{id}")).await.with(200).job()
    }

    /// A job once it is as wanted. It is an error where it ends before that.
    pub async fn once(&self, id: &str, wanted: impl Fn(&Job) -> bool) -> Job {
        until(&format!("job {id}"), async || {
            let job = self.job(id).await;
            let found = wanted(&job);
            assert!(found || !job.state.is_final(), "it ended otherwise: {job:?}");
            found.then_some(job)
        })
        .await
    }

    /// A job once it has ended, in whatever way.
    pub async fn ended(&self, id: &str) -> Job {
        self.once(id, |job| job.state.is_final()).await
    }

    /// A job once it is in a state.
    pub async fn in_state(&self, id: &str, state: State) -> Job {
        self.once(id, |job| job.state == state).await
    }

    /// Submits a request and waits for the end of its job.
    pub async fn run(&self, request: &Value) -> Job {
        let job = self.submit(request).await;
        self.ended(&job.id).await
    }

    /// The bytes of a result.
    pub async fn output(&self, id: &str, n: u32) -> Answer {
        self.owner.get(format!("/api/jobs/{id}/outputs/{n}")).await
    }
}

/// The error of a job that has one.
#[must_use]
pub fn error(job: &Job) -> &JobError {
    job.error.as_ref().unwrap_or_else(|| panic!("no error: {job:?}"))
}
