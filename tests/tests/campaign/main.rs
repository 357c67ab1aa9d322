//! The campaign: hundreds of jobs of all kinds and batches, while the worker is killed again and again, its calls are
//! cut, refused and answered with nonsense, links expire and the budget runs out. In the end the product's jobs are
//! judged by the vendor's own ledger (`issue 4`, "The campaign").
//!
//! `STUDIO_CAMPAIGN_SEED`, `STUDIO_CAMPAIGN_JOBS` and `STUDIO_CAMPAIGN_KILLS` make another one of it.

// All of this is a test, also the helpers, which clippy does not take for one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod act;
mod batches;
mod campaign;
mod chance;
mod judge;
mod killer;
mod plan;
mod pulse;
mod story;
mod tally;
mod treasurer;
mod weather;

use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::json;
use studio_tests::{Setup, Studio};

use campaign::Campaign;
use tally::Verdict;

/// The short form.
const JOBS: u32 = 160;
const KILLS: u32 = 6;

fn setting<T: FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn main() -> ExitCode {
    let seed = setting("STUDIO_CAMPAIGN_SEED").unwrap_or_else(story::now_ms);
    let jobs = setting("STUDIO_CAMPAIGN_JOBS").unwrap_or(JOBS);
    let kills = setting("STUDIO_CAMPAIGN_KILLS").unwrap_or(KILLS);
    println!(
        "campaign: STUDIO_CAMPAIGN_SEED={seed} STUDIO_CAMPAIGN_JOBS={jobs} STUDIO_CAMPAIGN_KILLS={kills}"
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if runtime.block_on(run(seed, jobs, kills)) { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

async fn run(seed: u64, jobs: u32, kills: u32) -> bool {
    let begun = Instant::now();
    // The vendor's clock is the real one, as in the list of its tasks; tasks are short by their markers.
    let studio = Studio::start(Setup { clock_scale: 1.0, ..Setup::default() }).await;
    studio.vendor.settings(&json!({"think_ms": 100, "queue_ms": 300})).await;
    weather::rough(&studio.vendor, seed).await;
    let campaign = Arc::new(Campaign::new(studio, seed));
    let orders = plan::orders(seed, jobs);

    let watching = tokio::spawn(act::watch(Arc::clone(&campaign)));
    let other = Arc::clone(&campaign);
    let killing = tokio::spawn(async move { killer::kill(&other, kills, jobs).await });
    let other = Arc::clone(&campaign);
    let keeping = tokio::spawn(async move { treasurer::keep(&other, jobs).await });
    let other = Arc::clone(&campaign);
    let feeling = tokio::spawn(async move { pulse::feel(&other).await });
    act::all(&campaign, orders).await;
    let ordered = begun.elapsed();
    campaign.over.store(true, Ordering::Relaxed);
    let (killed, away) = killing.await.unwrap();
    let watched = keeping.await.unwrap();
    watching.await.unwrap();
    let beats = feeling.await.unwrap();
    let struck = campaign.studio.vendor.calm().await;
    let mut tally = judge::judge(&campaign, &watched, &beats).await;

    let missing =
        (killed < kills).then(|| format!("{killed} of {kills}: the orders were carried out before"));
    tally
        .verdicts
        .insert(0, Verdict::new("kills of the worker", killed as usize, missing.into_iter().collect()));
    let count = |count: &std::sync::atomic::AtomicU32| count.load(Ordering::Relaxed).to_string();
    let strikes =
        struck.as_object().into_iter().flatten().flat_map(|(_, ills)| ills.as_object().into_iter().flatten());
    let strikes: u64 = strikes.filter_map(|(_, times)| times.as_u64()).sum();
    let seconds = |took: Duration| format!("{:.0} s", took.as_secs_f64());
    let facts = [
        ("seed", seed.to_string()),
        ("took", format!("{}, of which ordering {}", seconds(begun.elapsed()), seconds(ordered))),
        ("the worker was away for", seconds(away)),
        ("faults between worker and vendor", format!("{strikes} {struck}")),
        ("answers lost on the way to the person", count(&campaign.lost)),
        ("submissions repeated under their key", count(&campaign.repeated)),
        ("submissions refused over the budget", count(&campaign.refused)),
        ("tries again by the person", count(&campaign.retried)),
    ];
    tally.facts.splice(0..0, facts.map(|(name, fact)| (name.to_owned(), fact)));
    println!("{tally}");
    let holds = tally.holds();
    if !holds {
        println!(
            "campaign failed: STUDIO_CAMPAIGN_SEED={seed} STUDIO_CAMPAIGN_JOBS={jobs} STUDIO_CAMPAIGN_KILLS={kills}"
        );
    }
    holds
}
