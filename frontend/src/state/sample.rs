//! Jobs for tests.

use serde_json::json;
use studio_shared::job::{Cost, Job, State};
use studio_shared::kind::Kind;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;

/// A job of one picture.
pub(crate) fn job(id: &str, state: State) -> Job {
    let request = Request::from_value(json!({"model": "wan2.2-t2i-flash", "prompt": "可爱猫咪"})).unwrap();
    Job {
        id: id.to_owned(),
        kind: Kind::Image,
        state,
        cost: Cost { currency: "CNY".to_owned(), estimate: request.price(), actual: None, at_most: None },
        request,
        notes: Vec::new(),
        created_at: Timestamp::from_ms(0),
        started_at: None,
        finished_at: None,
        place: None,
        eta_ms: None,
        finish_ms: None,
        cancelable: false,
        batch: None,
        outputs: Vec::new(),
        text: None,
        conversation: None,
        after: None,
        usage: None,
        error: None,
        request_id: None,
    }
}
