//! How late the machine makes things: the worker is asked for its health all the time, which needs no work of it.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::campaign::Campaign;
use crate::story::now_ms;

/// One look: when it began, and for how long the answer was waited for, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beat {
    pub(crate) at_ms: u64,
    pub(crate) late_ms: u64,
}

/// Feels the pulse until the campaign is over.
pub(crate) async fn feel(campaign: &Campaign) -> Vec<Beat> {
    let mut beats = Vec::new();
    while !campaign.over.load(Ordering::Relaxed) {
        campaign.running().await;
        let (at_ms, begun) = (now_ms(), Instant::now());
        let answered = campaign.studio.nobody.request("GET", "/api/health").send().await.is_ok();
        if answered {
            beats.push(Beat { at_ms, late_ms: u64::try_from(begun.elapsed().as_millis()).unwrap() });
        }
        sleep(Duration::from_millis(100)).await;
    }
    beats
}
