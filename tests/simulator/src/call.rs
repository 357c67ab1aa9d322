//! One request, read: everything that the endpoints look at.

mod said;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use bytes::Bytes;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

use crate::clock::Now;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::fault::Seen;
use crate::gate::Asked;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::result;
use crate::speech::voices;

pub(crate) use said::prompt;

/// The most that is read of a body; the service's own limit is of this order.
pub const BODY_LIMIT: usize = 6 * 1024 * 1024;

/// A request.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) endpoint: Endpoint,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    headers: BTreeMap<String, String>,
    /// `None` when it was longer than [`BODY_LIMIT`] or did not arrive whole.
    pub(crate) body: Option<Bytes>,
    json: Value,
    /// A request whose body is not read here: an upload may be large, and a socket has none.
    unread: Mutex<Option<Request>>,
    /// From the path; of a result file, from its name.
    pub(crate) task_id: Option<String>,
    /// In the body and in `x-request-id`: a lower-case UUID (dashscope-api.md §0.3).
    pub(crate) request_id: String,
    /// Where the caller found this service, e.g. `http://127.0.0.1:4010`.
    pub(crate) origin: String,
    pub(crate) now: Now,
}

impl Call {
    pub(crate) async fn read(
        config: &Config,
        endpoint: Endpoint,
        task_id: Option<String>,
        request: Request,
        now: impl FnOnce() -> Now,
    ) -> Self {
        let (parts, body) = request.into_parts();
        let (body, unread) = match endpoint {
            Endpoint::UploadStore | Endpoint::SpeechSocket => {
                (Body::empty(), Some(Request::from_parts(parts.clone(), body)))
            }
            _ => (body, None),
        };
        let headers: BTreeMap<String, String> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = read_body(body).await;
        let json: Value =
            body.as_deref().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
        let path = parts.uri.path().to_owned();
        // One path serves two families; the model tells which is meant.
        let model = json.get("model").and_then(Value::as_str).unwrap_or_default();
        let endpoint = match endpoint {
            Endpoint::ImageMessageCreate if voices::is_qwen(model) => Endpoint::TtsHttp,
            endpoint => endpoint,
        };
        let task_id = task_id.or_else(|| result::path::parse(&path).map(|(task_id, ..)| task_id.to_owned()));
        let host = headers.get("host").filter(|host| is_host(host)).unwrap_or(&config.own_host);
        Self {
            endpoint,
            method: parts.method.to_string(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            body,
            json,
            unread: Mutex::new(unread),
            task_id,
            request_id: Uuid::new_v4().to_string(),
            origin: format!("http://{host}"),
            now: now(),
            path,
            headers,
        }
    }

    /// A header, by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// All headers that may be shown.
    pub(crate) fn shown_headers(&self) -> BTreeMap<String, String> {
        let shown = self.headers.iter().filter(|(name, _)| name.as_str() != "authorization");
        shown.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The body as JSON, `Null` when it is none.
    pub(crate) fn json(&self) -> &Value {
        &self.json
    }

    /// `model`, whether or not there is such a model.
    pub(crate) fn model(&self) -> Option<&str> {
        self.json.get("model")?.as_str()
    }

    /// What a planted fault may look at.
    pub(crate) fn seen(&self) -> Seen<'_> {
        Seen { endpoint: self.endpoint, prompt: prompt(&self.json), task_id: self.task_id.as_deref() }
    }

    /// What the common checks look at.
    pub(crate) fn asked(&self) -> Asked<'_> {
        Asked {
            authorization: self.header("authorization"),
            asynchronous: self.header("x-dashscope-async"),
            body: self.body.as_deref(),
        }
    }

    /// Whether the caller asked for a native stream: by the header, or by what it accepts (§0.2).
    pub(crate) fn wants_events(&self) -> bool {
        let asked =
            self.header("x-dashscope-sse").is_some_and(|value| value.trim().eq_ignore_ascii_case("enable"));
        asked || self.header("accept").is_some_and(|value| value.contains("text/event-stream"))
    }

    /// The request with its body, once.
    pub(crate) fn unread(&self) -> Option<Request> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A refusal in this path's own form.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Reply {
        match self.endpoint {
            Endpoint::ChatCompletions => Reply::nested(refusal, &self.request_id),
            _ => Reply::refused(refusal, &self.request_id),
        }
    }

    /// A new task's id.
    pub(crate) fn new_id(&self) -> String {
        Uuid::new_v4().to_string()
    }

    /// A seed for a request that names none: 0 to 2147483647 (§1.1).
    pub(crate) fn random_seed(&self) -> u32 {
        (Uuid::new_v4().as_u128() as u32) & 0x7fff_ffff
    }
}

async fn read_body(body: Body) -> Option<Bytes> {
    to_bytes(body, BODY_LIMIT).await.ok()
}

/// A host name or address with an optional port, and nothing that could break out of an address.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_is_taken_for_one() {
        for (host, good) in [
            ("127.0.0.1:4010", true),
            ("localhost", true),
            ("[::1]:80", true),
            ("", false),
            ("a/b", false),
            ("a\"b", false),
            ("a b", false),
        ] {
            assert_eq!(is_host(host), good, "{host}");
        }
    }
}
