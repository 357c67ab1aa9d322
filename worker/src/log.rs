//! One JSON line an event, without prompts, codes, keys or signed addresses.

use serde::Serialize;
use serde_json::json;

/// Something that the operator should know of. `what` names the event, `detail` is our own words or a
/// platform error; neither may hold what a caller sent.
pub(crate) fn event(what: &str, detail: &str) {
    worker::console_log!("{}", json!({"event": what, "detail": detail}));
}

/// Something about who is let in, and what they may: who was, who was not, and who has changed that. Ids are the studio's
/// own; no code, no address of a caller, and of a share's id, which opens it, the beginning alone.
#[derive(Debug, Serialize)]
pub(crate) struct Security<'a> {
    /// What happened.
    pub(crate) event: &'a str,
    /// By which route. What is done to somebody else's is the owner's doing.
    pub(crate) detail: &'a str,
    /// The id of the answer.
    pub(crate) request: &'a str,
    /// How the caller says who they are: `session`, `bearer`, `nothing`.
    pub(crate) by: &'a str,
    /// The member it is about, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<&'a str>,
    /// The code it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'a str>,
    /// How the id of the share begins that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) share: Option<&'a str>,
}

impl Security<'_> {
    /// Writes its line.
    pub(crate) fn log(&self) {
        worker::console_log!("{}", json!(self));
    }
}
