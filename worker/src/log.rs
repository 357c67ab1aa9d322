//! One JSON line an event, without prompts, codes, keys or signed addresses.

use serde_json::json;

/// Something that the operator should know of. `what` names the event, `detail` is our own words or a
/// platform error; neither may hold what a caller sent.
pub(crate) fn event(what: &str, detail: &str) {
    worker::console_log!("{}", json!({"event": what, "detail": detail}));
}
