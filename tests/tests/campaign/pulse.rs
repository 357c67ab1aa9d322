//! How late the machine makes things: all the time the worker is asked to write something down, as it does before it sends
//! anything to the vendor.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::json;
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
        let keep =
            campaign.studio.owner.request("PATCH", "/api/storage").json(&json!({"retention_days": null}));
        if keep.send().await.is_ok_and(|answer| answer.status() == 200) {
            beats.push(Beat { at_ms, late_ms: u64::try_from(begun.elapsed().as_millis()).unwrap() });
        }
        sleep(Duration::from_millis(200)).await;
    }
    beats
}
