//! Batches: submitted, paused, called back, their failed entries sent again.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use studio_shared::batch::{Batch, BatchState};
use studio_shared::job::State;
use studio_tests::Client;
use tokio::time::sleep;

use crate::act::is_over_budget;
use crate::campaign::Campaign;
use crate::plan::Handling;
use crate::story::now_ms;

/// Looks at a batch, a second apart.
const LOOKS: u32 = 240;

/// Does everything about one batch, whose entries are numbered from `n` on. Answers how many they are.
pub(crate) async fn carry_out(
    campaign: &Campaign,
    n: u32,
    key: &str,
    entries: Vec<(&'static str, Value)>,
    handling: Handling,
) -> u32 {
    let size = u32::try_from(entries.len()).unwrap();
    let mut file: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (list, entry) in entries {
        file.entry(list).or_default().push(entry);
    }
    let numbers = n..n + size;
    numbers.clone().for_each(|n| campaign.story(n, |story| story.decides(now_ms())));
    let send = |client: &Client| {
        let request = client.request("POST", format!("/api/batches?name=campaign-{n}"));
        request.header("idempotency-key", key).json(&file)
    };
    let answer = campaign.ask(send).await;
    let note = format!("batch of {n}: {} {:?}", answer.status, handling);
    numbers.clone().for_each(|n| campaign.story(n, |story| story.tell(note.clone())));
    if !matches!(answer.status, 200 | 202) {
        numbers.for_each(|n| campaign.story(n, |story| story.refused = true));
        campaign.surprise(format!("the batch of {n} was not taken: {} {}", answer.status, answer.text()));
        return size;
    }
    let batch: Batch = serde_json::from_slice(&answer.bytes).unwrap();
    let again = campaign.ask(send).await;
    campaign.repeated.fetch_add(1, Ordering::Relaxed);
    if again.json()["id"] != json!(batch.id) {
        campaign.surprise(format!("the batch of {n}, sent again: {} {}", again.status, again.text()));
    }
    handle(campaign, &batch.id, handling).await;
    if handling == Handling::Retries {
        retry(campaign, &batch.id).await;
        handle(campaign, &batch.id, Handling::Waits).await;
    }
    size
}

async fn act(campaign: &Campaign, id: &str, what: &str) {
    let answer = campaign.post(&format!("/api/batches/{id}/{what}"), &json!({})).await;
    // Refused where it has ended before, or was done by a call whose answer was lost.
    if !matches!(answer.status, 200 | 202 | 402 | 409) {
        campaign.surprise(format!("{what} of a batch: {} {}", answer.status, answer.text()));
    }
}

/// Waits until it has ended; a batch that paused itself over a budget is resumed.
async fn handle(campaign: &Campaign, id: &str, handling: Handling) {
    for look in 0..LOOKS {
        let answer = campaign.get(&format!("/api/batches/{id}")).await;
        if answer.status != 200 {
            campaign.surprise(format!("a batch: {} {}", answer.status, answer.text()));
            return;
        }
        let batch: Batch = serde_json::from_slice(&answer.bytes).unwrap();
        match batch.state {
            BatchState::Done | BatchState::Canceled => return,
            BatchState::Paused => act(campaign, id, "resume").await,
            BatchState::Running if look == 2 && handling == Handling::Pauses => {
                act(campaign, id, "pause").await;
            }
            BatchState::Running if look == 5 && handling == Handling::Cancels => {
                act(campaign, id, "cancel").await;
            }
            BatchState::Running => {}
        }
        sleep(Duration::from_secs(1)).await;
    }
}

/// Has every failed entry made again: each is a decision of the person's.
async fn retry(campaign: &Campaign, id: &str) {
    let jobs = campaign.page(&format!("&batch={id}")).await.items;
    let failed: Vec<_> = jobs.iter().filter(|job| job.state == State::Failed).collect();
    if failed.is_empty() {
        return;
    }
    let decided = now_ms();
    loop {
        let answer = campaign.post(&format!("/api/batches/{id}/retry"), &json!({})).await;
        if is_over_budget(&answer) {
            sleep(Duration::from_secs(1)).await;
            continue;
        }
        if !matches!(answer.status, 200 | 202 | 409) {
            campaign.surprise(format!("retry of a batch: {} {}", answer.status, answer.text()));
            return;
        }
        break;
    }
    for job in failed {
        let Some(n) = campaign.number_of(job) else { continue };
        campaign.retried.fetch_add(1, Ordering::Relaxed);
        campaign.story(n, |story| {
            story.tell("retried with its batch");
            story.decides(decided);
            story.earlier.push(job.clone());
        });
    }
}
