//! Carries orders out, as a person with a page would who never gives up.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use studio_shared::error::code;
use studio_shared::job::{Job, State};
use studio_tests::{Answer, Client, recording};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::batches;
use crate::campaign::{Campaign, is_lost, once};
use crate::plan::{Deletion, Habits, Order, What};
use crate::story::now_ms;

/// Orders that are under way at once. More would only make the line longer.
const AT_ONCE: usize = 64;

/// How long an order is followed at most, in looks half a second apart.
const LOOKS: u32 = 400;

/// Carries all orders out, and comes back when nothing more is to be done about any.
pub(crate) async fn all(campaign: &Arc<Campaign>, orders: Vec<Order>) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut under_way = tokio::task::JoinSet::new();
    for order in orders {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let campaign = Arc::clone(campaign);
        under_way.spawn(async move {
            let entries = carry_out(&campaign, order).await;
            campaign.carried_out.fetch_add(entries, Ordering::Relaxed);
            drop(place);
        });
    }
    while let Some(ended) = under_way.join_next().await {
        ended.expect("an order's own task does not panic");
    }
}

/// Looks at the newest jobs again and again, so that nobody has to ask for a single one.
pub(crate) async fn watch(campaign: Arc<Campaign>) {
    while !campaign.over.load(Ordering::Relaxed) {
        let mut cursor = String::new();
        for _ in 0..4 {
            let page = campaign.page(&cursor).await;
            let all_ended = page.items.iter().all(|job| job.state.is_final());
            match page.next {
                Some(next) if !all_ended => cursor = format!("&cursor={next}"),
                _ => break,
            }
        }
        sleep(Duration::from_millis(700)).await;
    }
}

/// Does everything about one order. Answers how many jobs it was.
async fn carry_out(campaign: &Campaign, order: Order) -> u32 {
    let Order { n, what, habits } = order;
    let key = format!("campaign-{:x}-{n}", campaign.seed);
    let id = match what {
        What::Batch(entries, handling) => {
            return batches::carry_out(campaign, n, &key, entries, handling).await;
        }
        What::Job(request) => submit(campaign, n, &key, &request, &habits).await,
        What::Text(request, read) => listen(campaign, n, &key, "/api/text", &request, read).await,
        What::Speech(request, read) => listen(campaign, n, &key, "/api/speech", &request, read).await,
        What::Recording { ms, pitch } => {
            let file = upload(campaign, n, ms, pitch).await;
            let request = json!({"kind": "transcription", "model": "paraformer-v2", "file": file});
            submit(campaign, n, &key, &request, &habits).await
        }
    };
    match id {
        Some(id) => afterwards(campaign, n, &id, &habits).await,
        None => campaign.story(n, |story| story.refused = true),
    }
    1
}

async fn upload(campaign: &Campaign, n: u32, ms: u32, pitch: u32) -> String {
    let bytes = recording::wav(ms, pitch);
    let upload = |client: &Client| {
        let request = client.request("POST", format!("/api/files?name=k{n}.wav"));
        request.header("content-type", "audio/wav").body(bytes.clone())
    };
    let mut tries = 0;
    loop {
        campaign.running().await;
        tries += 1;
        let answer = once(upload(&campaign.studio.owner)).await;
        let Some(file) = answer.filter(|answer| answer.status == 201).map(|answer| answer.json()) else {
            assert!(tries < 100, "the recording of {n} was not taken");
            sleep(Duration::from_millis(500)).await;
            continue;
        };
        let id = file["id"].as_str().unwrap().to_owned();
        campaign.story(n, |story| {
            story.file = Some(id.clone());
            story.file_bytes = bytes.len() as u64;
            story.file_tries = tries;
        });
        return id;
    }
}

fn keyed(client: &Client, path: &str, key: &str, request: &Value) -> RequestBuilder {
    client.request("POST", path).header("idempotency-key", key).json(request)
}

/// Whether a budget stands in the way for now.
pub(crate) fn is_over_budget(answer: &Answer) -> bool {
    answer.status == 402 && answer.json()["error"]["code"] == code::BUDGET_EXCEEDED
}

/// Submits until it is taken; answers the job.
async fn submit(campaign: &Campaign, n: u32, key: &str, request: &Value, habits: &Habits) -> Option<String> {
    campaign.story(n, |story| story.decides(now_ms()));
    let send = || campaign.ask(|client| keyed(client, "/api/jobs", key, request));
    loop {
        let (first, second) = if habits.twice {
            let (first, second) = tokio::join!(send(), send());
            (first, Some(second))
        } else {
            (send().await, None)
        };
        if is_over_budget(&first) || second.as_ref().is_some_and(is_over_budget) {
            campaign.refused.fetch_add(1, Ordering::Relaxed);
            campaign.story(n, |story| story.tell("over budget"));
            sleep(Duration::from_secs(1)).await;
            continue;
        }
        let Some(id) = taken(campaign, n, &first) else {
            campaign.surprise(format!("{n} was not taken: {} {}", first.status, first.text()));
            return None;
        };
        let again = match (second, habits.again_ms) {
            (Some(second), _) => Some(second),
            (None, Some(ms)) => {
                sleep(Duration::from_millis(ms)).await;
                Some(send().await)
            }
            (None, None) => None,
        };
        if let Some(again) = again {
            campaign.repeated.fetch_add(1, Ordering::Relaxed);
            if taken(campaign, n, &again).as_ref() != Some(&id) {
                campaign.surprise(format!("{n} is {id}, sent again: {} {}", again.status, again.text()));
            }
        }
        if habits.confuses {
            confuse(campaign, n, key, request).await;
        }
        return Some(id);
    }
}

/// Another request under the same key.
async fn confuse(campaign: &Campaign, n: u32, key: &str, request: &Value) {
    let mut other = request.clone();
    match request["kind"].as_str() {
        Some("speech") => other["text"] = json!(format!("别的〔{n}〕")),
        Some("transcription") => other["model"] = json!("paraformer-v1"),
        _ => other["prompt"] = json!(format!("别的〔{n}〕")),
    }
    if other == *request {
        return;
    }
    let answer = campaign.ask(|client| keyed(client, "/api/jobs", key, &other)).await;
    if answer.status != 409 || answer.json()["error"]["code"] != code::IDEMPOTENCY_CONFLICT {
        campaign.surprise(format!("{n}, another body under its key: {} {}", answer.status, answer.text()));
    }
}

/// The job that an answer tells of.
fn taken(campaign: &Campaign, n: u32, answer: &Answer) -> Option<String> {
    let job: Option<Job> = serde_json::from_slice(&answer.bytes).ok();
    let id = job.filter(|_| matches!(answer.status, 200 | 202)).map(|job| job.id);
    campaign.story(n, |story| story.tell(format!("submitted: {} {id:?}", answer.status)));
    id
}

/// Has an answer told or spoken as it comes, and listens to its end or leaves after so many bytes. Whoever was cut off
/// asks again under the same key.
async fn listen(
    campaign: &Campaign,
    n: u32,
    key: &str,
    path: &str,
    request: &Value,
    read: Option<usize>,
) -> Option<String> {
    campaign.story(n, |story| story.decides(now_ms()));
    for _ in 0..200 {
        campaign.running().await;
        let Ok(mut response) = keyed(&campaign.studio.owner, path, key, request).send().await else {
            campaign.lost.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(200)).await;
            continue;
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut answer = Answer { status, headers, bytes: Vec::new() };
        let limit = read.filter(|_| status == 200).unwrap_or(usize::MAX);
        let whole = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => answer.bytes.extend_from_slice(&chunk),
                end => break end.is_ok(),
            }
            if answer.bytes.len() >= limit {
                break true;
            }
        };
        let id = Some(answer.header("x-job-id").to_owned()).filter(|id| !id.is_empty());
        let kind = answer.header("content-type").to_owned();
        campaign.story(n, |story| {
            story.tell(format!(
                "{path}: {status} {kind} {id:?}, {} bytes, whole: {whole}",
                answer.bytes.len()
            ));
        });
        if !whole || is_lost(&answer) {
            campaign.lost.fetch_add(1, Ordering::Relaxed);
        } else if is_over_budget(&answer) {
            campaign.refused.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_secs(1)).await;
        } else if id.is_some() {
            return id;
        } else {
            // What failed before anything came of it is answered by its error; the job is told by the list.
            return look_up(campaign, n, &answer).await;
        }
        sleep(Duration::from_millis(200)).await;
    }
    campaign.surprise(format!("{n} never answered"));
    None
}

async fn look_up(campaign: &Campaign, n: u32, answer: &Answer) -> Option<String> {
    for _ in 0..60 {
        if let Some((id, _)) = campaign.job_of(n) {
            return Some(id);
        }
        sleep(Duration::from_millis(500)).await;
    }
    campaign.surprise(format!("{n} has no job: {} {}", answer.status, answer.text()));
    None
}

/// What the person does besides waiting.
async fn afterwards(campaign: &Campaign, n: u32, id: &str, habits: &Habits) {
    if let Some(ms) = habits.cancel_ms {
        sleep(Duration::from_millis(ms)).await;
        let answer = campaign.post(&format!("/api/jobs/{id}/cancel"), &json!({})).await;
        campaign.story(n, |story| story.tell(format!("cancel: {}", answer.status)));
    }
    let mut state = end(campaign, id).await;
    if habits.persists {
        if state == Some(State::Unsure) {
            let answer = campaign.post(&format!("/api/jobs/{id}/look"), &json!({})).await;
            campaign.story(n, |story| story.tell(format!("look: {}", answer.status)));
            sleep(Duration::from_secs(1)).await;
            state = end(campaign, id).await;
        }
        if matches!(state, Some(State::Failed | State::Unsure | State::Canceled)) {
            retry(campaign, n, id).await;
            state = end(campaign, id).await;
        }
    }
    if let Some(deletion) = habits.deletes.filter(|_| state.is_some()) {
        delete(campaign, n, id, deletion).await;
    }
}

/// How a job has ended; `None` where that takes too long, which the judge will find out.
pub(crate) async fn end(campaign: &Campaign, id: &str) -> Option<State> {
    for looks in 0..LOOKS {
        // The list shows only the newest.
        if looks % 20 == 19 {
            let answer = campaign.get(&format!("/api/jobs/{id}")).await;
            if answer.status == 200 {
                campaign.saw(&answer.job());
            }
        }
        if let Some(state) = campaign.state_of(id).filter(|state| state.is_final()) {
            return Some(state);
        }
        sleep(Duration::from_millis(500)).await;
    }
    None
}

/// Has a job made again, by the person's own decision.
async fn retry(campaign: &Campaign, n: u32, id: &str) {
    let before = campaign.get(&format!("/api/jobs/{id}")).await;
    if before.status != 200 {
        return;
    }
    let before = before.job();
    if !matches!(before.state, State::Failed | State::Unsure | State::Canceled) {
        return; // it was found meanwhile
    }
    let key = format!("{id}-{}", campaign.retried.fetch_add(1, Ordering::Relaxed));
    let decided = now_ms();
    loop {
        let lost = campaign.lost.load(Ordering::Relaxed);
        let path = format!("/api/jobs/{id}/retry");
        let answer =
            campaign.ask(|client| client.request("POST", &path).header("idempotency-key", &key)).await;
        campaign.story(n, |story| story.tell(format!("retry of {:?}: {}", before.state, answer.status)));
        if is_over_budget(&answer) {
            campaign.refused.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_secs(1)).await;
            continue;
        }
        // Refused where a first call, whose answer was lost, has been heard.
        let may_have_been_heard = campaign.lost.load(Ordering::Relaxed) > lost;
        if answer.status == 200 || answer.status == 202 || may_have_been_heard {
            campaign.story(n, |story| {
                story.decides(decided);
                story.earlier.push(before.clone());
            });
            if answer.status < 300 {
                campaign.saw(&answer.job());
            } else {
                let now = campaign.get(&format!("/api/jobs/{id}")).await;
                campaign.saw(&now.job());
            }
        } else {
            campaign.surprise(format!("{n} ({:?}) was not retried: {}", before.state, answer.text()));
        }
        return;
    }
}

async fn delete(campaign: &Campaign, n: u32, id: &str, deletion: Deletion) {
    let read = campaign.get(&format!("/api/jobs/{id}")).await;
    if read.status != 200 {
        return;
    }
    let path = format!("/api/jobs/{id}");
    let answer = campaign.ask(|client| client.request("DELETE", &path)).await;
    // 404 where a first call, whose answer was lost, has been heard.
    let is_gone = matches!(answer.status, 200 | 204 | 404);
    campaign.story(n, |story| story.tell(format!("deleted: {}", answer.status)));
    if !is_gone {
        campaign.surprise(format!("{n} was not deleted: {} {}", answer.status, answer.text()));
        return;
    }
    campaign.story(n, |story| story.deleted = Some((now_ms(), Box::new(read.job()))));
    if deletion == Deletion::Undone {
        sleep(Duration::from_millis(500)).await;
        let answer = campaign.post(&format!("/api/jobs/{id}/restore"), &json!({})).await;
        campaign.story(n, |story| story.tell(format!("restored: {}", answer.status)));
        if matches!(answer.status, 200 | 204) {
            campaign.story(n, |story| story.deleted = None);
        } else {
            campaign.surprise(format!("{n} was not restored: {} {}", answer.status, answer.text()));
        }
    }
}
