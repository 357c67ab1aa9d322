//! Budgets, and what was spent.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use studio_shared::budget::Budgets;
use studio_shared::job::{Job, JobList};
use studio_shared::money::Money;
use studio_shared::spend::Spend;

use crate::client::{Answer, send};
use crate::wait::until;
use crate::{Client, Setup, Studio};

/// Calls that a test makes at once at most.
const AT_ONCE: usize = 64;

impl Client {
    /// The budgets.
    pub async fn budgets(&self) -> Budgets {
        let answer = self.get("/api/budget").await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
    }

    /// Sets budgets.
    pub async fn budget(&self, change: &Value) -> Budgets {
        let answer = self.patch("/api/budget", change).await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
    }

    /// What was spent in the running month.
    pub async fn spend(&self) -> Spend {
        let answer = self.get("/api/usage").await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
    }

    /// All jobs.
    pub async fn jobs(&self) -> Vec<Job> {
        let mut jobs = Vec::new();
        let mut cursor = String::new();
        loop {
            let answer = self.get(format!("/api/jobs?limit=100&cursor={cursor}")).await.with(200);
            let list: JobList = serde_json::from_slice(&answer.bytes).unwrap();
            jobs.extend(list.items);
            match list.next {
                Some(next) => cursor = next,
                None => return jobs,
            }
        }
    }

    /// Submits with a key.
    pub async fn submit_once(&self, key: &str, request: &Value) -> Answer {
        send(self.request("POST", "/api/jobs").header("idempotency-key", key).json(request)).await
    }

    /// Submits all of them at once, each with a key of its own that begins with `key`: as many at once as a client
    /// has connections.
    pub async fn submit_all(&self, key: &str, requests: &[Value]) -> Vec<Answer> {
        let calls = requests
            .iter()
            .enumerate()
            .map(|(n, request)| async move { self.submit_once(&format!("{key}-{n}"), request).await });
        stream::iter(calls.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await
    }
}

impl Studio {
    /// A studio for one test alone, whose vendor has no limits.
    pub async fn unlimited() -> Self {
        let studio = Self::start(Setup::default()).await;
        let endpoints = [
            "image.create",
            "text.generate",
            "video.create",
            "asr.create",
            "speech.socket",
            "task.get",
            "task.cancel",
        ];
        let mut rates = json!({});
        endpoints.into_iter().for_each(|endpoint| rates[endpoint] = json!(9999));
        studio.vendor.settings(&json!({"rates": rates, "running_cap": 1000, "idle_ms": 2_300_000})).await;
        studio
    }

    /// All jobs of a caller, once every one of them has ended and the budgets know.
    pub async fn all_ended(&self, caller: &Client) -> Vec<Job> {
        let all = until("all jobs to end", async || {
            let jobs = caller.jobs().await;
            jobs.iter().all(|job| job.state.is_final()).then_some(jobs)
        })
        .await;
        until("nothing to be held any more", async || {
            (caller.budgets().await.member.day.reserved == Money::ZERO).then_some(())
        })
        .await;
        tokio::time::sleep(Duration::from_millis(200)).await; // and that it stays so
        all
    }
}

/// What jobs say they were billed: surely, and at most beyond that.
#[must_use]
pub fn billed(jobs: &[Job]) -> (Money, Money) {
    let sum =
        |amount: fn(&Job) -> Option<Money>| jobs.iter().filter_map(amount).fold(Money::ZERO, Money::plus);
    (sum(|job| job.cost.actual), sum(|job| job.cost.at_most))
}

/// Budgets, usage and jobs of a caller must say the same, to the billionth of a yuan; this is what.
pub async fn adds_up(caller: &Client, jobs: &[Job]) -> (Money, Money) {
    let (spent, at_most) = billed(jobs);
    let budgets = caller.budgets().await;
    for spending in [budgets.member.day, budgets.member.month] {
        let told = (spending.spent, spending.at_most, spending.reserved);
        assert_eq!(told, (spent, at_most, Money::ZERO), "the budget against the jobs: {jobs:#?}");
    }
    let rows = caller.spend().await.rows;
    let sum = |amount: fn(&studio_shared::spend::SpendRow) -> Money| {
        rows.iter().map(amount).fold(Money::ZERO, Money::plus)
    };
    assert_eq!((sum(|row| row.spent), sum(|row| row.at_most)), (spent, at_most), "usage: {rows:?}");
    (spent, at_most)
}
