//! Says what came of a campaign: the product's jobs against the vendor's ledger. Every verdict can fail.

mod bytes;
mod case;
mod charges;
mod creations;
mod money;
mod pace;

use std::time::{Duration, Instant};

use studio_shared::job::{Job, State};
use tokio::time::sleep;

use crate::campaign::Campaign;
use crate::pulse::Beat;
use crate::tally::{Tally, Verdict};
use crate::treasurer::Watched;
use case::Case;

/// How long the last jobs may take once nothing goes wrong any more.
const LAST_JOBS: Duration = Duration::from_secs(240);

/// Moves the vendor's clock past the end of all links: what opens then is kept here.
const A_DAY_AND_MORE_S: u64 = 25 * 3600;

/// Waits for the end of all jobs, and judges.
pub(crate) async fn judge(campaign: &Campaign, watched: &Watched, beats: &[Beat]) -> Tally {
    let waited = last_jobs(campaign).await;
    let budgets = money::settled(campaign).await;
    let case = Case::read(campaign).await;
    campaign.studio.vendor.advance(A_DAY_AND_MORE_S).await;
    let mut verdicts = vec![waited];
    verdicts.extend(creations::judge(&case));
    verdicts.extend(charges::judge(&case));
    verdicts.extend(bytes::judge(campaign, &case).await);
    verdicts.extend(money::judge(campaign, &case, budgets.as_ref(), watched).await);
    verdicts.extend(pace::judge(&case, beats));
    let surprises = std::mem::take(&mut *campaign.surprises.lock().unwrap());
    verdicts.push(Verdict::new(
        "answers to the person that are as they should be",
        case.stories.len(),
        surprises,
    ));
    Tally { verdicts, facts: case.facts() }
}

/// All jobs of the product, over all pages.
pub(crate) async fn all_jobs(campaign: &Campaign) -> Vec<Job> {
    let (mut jobs, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = campaign.page(&cursor).await;
        jobs.extend(page.items);
        match page.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return jobs,
        }
    }
}

async fn last_jobs(campaign: &Campaign) -> Verdict {
    let begun = Instant::now();
    loop {
        let mut open = Vec::new();
        let states = State::ALL.into_iter().filter(|state| !state.is_final());
        for state in states {
            open.extend(campaign.page(&format!("&state={}", state.as_str())).await.items);
        }
        if open.is_empty() || begun.elapsed() > LAST_JOBS {
            let wrong = open.iter().map(|job| format!("still {}: {}", job.state.as_str(), case::shown(job)));
            return Verdict::new("jobs in a final state", all_jobs(campaign).await.len(), wrong.collect());
        }
        sleep(Duration::from_secs(1)).await;
    }
}
