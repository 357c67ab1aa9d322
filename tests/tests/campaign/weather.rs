//! What goes wrong between worker and vendor, from the campaign's seed.

use serde_json::json;
use studio_tests::Vendor;

/// Everything that makes something: about one call in nine suffers, one in twenty loses its answer.
pub(crate) async fn rough(vendor: &Vendor, seed: u64) {
    vendor.weather(&json!({
        "seed": seed,
        "endpoints": ["image.create", "image.message.create", "text.generate", "video.create", "asr.create", "tts.http",
            "speech.socket"],
        "rates": {"cut_before": 0.012, "cut_after": 0.012, "cut_inside": 0.01, "half_body": 0.01, "html": 0.005,
            "html_after": 0.005, "not_json": 0.003, "not_json_after": 0.003, "status_429": 0.02, "status_500": 0.015,
            "late": 0.02},
    }))
    .await;
    // What asks and fetches may be lost more often: it is asked again.
    vendor.weather(&json!({
        "seed": seed ^ 1,
        "endpoints": ["task.get", "task.list", "task.cancel", "upload.policy", "upload.store"],
        "rates": {"cut_before": 0.03, "cut_after": 0.02, "cut_inside": 0.02, "half_body": 0.02, "html": 0.02,
            "not_json": 0.01, "status_429": 0.02, "status_500": 0.02, "late": 0.03},
    }))
    .await;
    vendor.weather(&json!({
        "seed": seed ^ 2,
        "endpoints": ["result.get"],
        "rates": {"cut_before": 0.04, "cut_after": 0.03, "cut_inside": 0.04, "half_body": 0.05, "html": 0.03,
            "status_500": 0.02, "late": 0.03, "expired": 0.006},
    }))
    .await;
}
