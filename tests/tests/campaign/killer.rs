//! Ends the worker's process with SIGKILL, at random moments of the work.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::campaign::Campaign;
use crate::chance::Chance;

/// However slowly orders are carried out, the next kill comes after so long.
const LONGEST_LIFE: Duration = Duration::from_secs(8);

/// Kills so often, each after about as many orders as there are for it. Answers how often it did, and how long the
/// worker was away in all.
pub(crate) async fn kill(campaign: &Campaign, kills: u32, orders: u32) -> (u32, Duration) {
    let mut chance = Chance::new(campaign.seed, 2);
    let (mut done, mut away) = (0, Duration::ZERO);
    while done < kills && !campaign.over.load(Ordering::Relaxed) {
        let (begun, goal) = (Instant::now(), orders * (done + 1) / (kills + 1));
        let life = Duration::from_millis(300 + chance.below(2_500));
        while begun.elapsed() < LONGEST_LIFE
            && (begun.elapsed() < life || campaign.carried_out.load(Ordering::Relaxed) < goal)
        {
            sleep(Duration::from_millis(10)).await;
        }
        campaign.up.send_replace(false);
        let killed = Instant::now();
        campaign.studio.kill_worker().await;
        campaign.studio.start_worker().await;
        away += killed.elapsed();
        campaign.up.send_replace(true);
        done += 1;
    }
    (done, away)
}
