//! One exchange with the worker: sent, waited for, given up when nobody waits any more.

use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use studio_shared::words::Language;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

use super::Failure;

/// The worker answers at once, whatever the vendor does; later than this nothing comes any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is sent.
pub(super) struct Call<'a> {
    /// How.
    pub(super) method: Method,
    /// Where to.
    pub(super) path: String,
    /// The body, where there is one and it is JSON.
    pub(super) json: Option<String>,
    /// Another body, with its media type.
    pub(super) file: Option<(JsValue, String)>,
    /// The key that makes a repeat harmless, where the call spends money.
    pub(super) key: Option<&'a str>,
    /// How long the beginning of the answer is waited for.
    pub(super) patience: Duration,
}

impl Call<'_> {
    /// A call without body and key.
    pub(super) fn new(method: Method, path: &impl ToString) -> Self {
        Self { method, path: path.to_string(), json: None, file: None, key: None, patience: PATIENCE }
    }
}

/// Sends a call; the status and text of whatever answers. The exchange is aborted when its future is dropped,
/// so that a page that has gone leaves nothing behind.
pub(super) async fn send(call: Call<'_>, language: Language) -> Result<(u16, String), Failure> {
    let (_line, response) = begin(call, language, "application/json").await?;
    let status = response.status();
    let body = response.text().await.map_err(|_| Failure::Unreachable)?;
    Ok((status, body))
}

/// Sends a call, and has the head of its answer; the body comes as long as the line is held.
pub(super) async fn begin(
    call: Call<'_>,
    language: Language,
    accept: &str,
) -> Result<(Line, Response), Failure> {
    let mut line = Line::open();
    line.wait(call.patience);
    let mut request = RequestBuilder::new(&call.path)
        .method(call.method)
        .header("accept", accept)
        .header("accept-language", language.tag())
        .abort_signal(line.controller.as_ref().map(AbortController::signal).as_ref());
    if let Some(key) = call.key {
        request = request.header("idempotency-key", key);
    }
    let request = match (call.json, call.file) {
        (Some(json), _) => request.header("content-type", "application/json").body(json),
        (None, Some((file, media_type))) => request.header("content-type", &media_type).body(file),
        (None, None) => request.build(),
    };
    let response =
        request.map_err(|_| Failure::Unreachable)?.send().await.map_err(|_| Failure::Unreachable)?;
    Ok((line, response))
}

/// An exchange under way: ends it when dropped, or when it takes too long.
pub(super) struct Line {
    controller: Option<AbortController>,
    timeout: Option<TimeoutHandle>,
}

impl Line {
    fn open() -> Self {
        Self { controller: AbortController::new().ok(), timeout: None }
    }

    /// Waits so long from now, and no longer than that.
    pub(super) fn wait(&mut self, patience: Duration) {
        if let Some(timeout) = self.timeout.take() {
            timeout.clear();
        }
        let controller = self.controller.clone();
        let give_up = move || {
            if let Some(controller) = controller {
                controller.abort();
            }
        };
        self.timeout = set_timeout_with_handle(give_up, patience).ok();
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(timeout) = &self.timeout {
            timeout.clear();
        }
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
