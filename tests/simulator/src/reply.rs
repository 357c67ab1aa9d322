//! What an endpoint answers, before it becomes bytes on a connection.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::Value;
use std::fmt::Display;

use crate::chat::nested;
use crate::refusal::Refusal;
use crate::stream::Plan;
use crate::stream::trouble::Trouble;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    /// Set when a task came to be.
    pub(crate) created: Option<Created>,
    /// It comes piece by piece; `body` is empty then.
    pub(crate) stream: Option<Box<Plan>>,
    /// Simulated milliseconds that it takes.
    pub(crate) wait_ms: u64,
    /// What a socket suffers from, once it is open.
    pub(crate) trouble: Trouble,
}

/// A task that came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Created {
    pub(crate) task_id: String,
    pub(crate) model: String,
}

impl Reply {
    /// 200 with JSON.
    pub(crate) fn json(body: &Value) -> Self {
        Self::new(200, "application/json", body.to_string())
    }

    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            body: body.into(),
            created: None,
            stream: None,
            wait_ms: 0,
            trouble: Trouble::default(),
        }
    }

    /// Server-sent events (§3.3).
    pub(crate) fn events(plan: Plan) -> Self {
        Self { stream: Some(Box::new(plan)), ..Self::new(200, "text/event-stream;charset=UTF-8", "") }
    }

    /// The same, so many simulated milliseconds later.
    pub(crate) fn after(self, wait_ms: u64) -> Self {
        Self { wait_ms, ..self }
    }

    /// The flat envelope.
    pub(crate) fn refused(refusal: &Refusal, request_id: &str) -> Self {
        let reply = Self::json(&refusal.body(request_id));
        let retry_after = refusal.retry_after_s.map(|seconds| ("retry-after", seconds.to_string()));
        Self { status: refusal.status, headers: retry_after.into_iter().collect(), ..reply }
    }

    /// The nested envelope of OpenAI-compatible paths.
    pub(crate) fn nested(refusal: &Refusal, request_id: &str) -> Self {
        let reply = Self::refused(refusal, request_id);
        Self { body: nested::body(refusal, request_id).to_string().into(), ..reply }
    }

    pub(crate) fn created(self, created: Created) -> Self {
        Self { created: Some(created), ..self }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.headers.push((name, format!("{value}")));
        self
    }

    /// The headers recorded on native calls (dashscope-api.md §0.3). Times are milliseconds.
    pub(crate) fn through_gateway(self, request_id: &str, arrived_ms: u64, now_ms: u64) -> Self {
        let cost_ms = now_ms.saturating_sub(arrived_ms);
        self.with("x-request-id", request_id)
            .with("x-dashscope-call-gateway", "true")
            .with("x-dashscope-timeout", "180")
            .with("x-dashscope-finished", "false")
            .with("req-cost-time", cost_ms)
            .with("req-arrive-time", arrived_ms)
            .with("resp-start-time", now_ms)
            .with("x-envoy-upstream-service-time", cost_ms)
            .with("set-cookie", "acw_tc=simulator;path=/;HttpOnly;Max-Age=1800")
            .with("server", "istio-envoy")
    }

    /// Whether it goes on after its head: a stream, or a socket.
    pub(crate) fn goes_on(&self) -> bool {
        self.stream.is_some() || self.status == 101
    }

    /// A stream with more trouble, for so many frames; a socket (of which some are expected); anything else as
    /// it is.
    pub(crate) fn suffering(mut self, trouble: impl FnOnce(usize) -> Trouble) -> Self {
        if self.status == 101 {
            self.trouble = trouble(4);
        } else if let Some(plan) = &mut self.stream {
            plan.trouble = std::mem::take(&mut plan.trouble).and(trouble(plan.script.len()));
        }
        self
    }

    /// As a response of unknown length.
    pub(crate) fn respond_streaming(self, body: Body) -> Response {
        let mut response = self.respond(body);
        response.headers_mut().remove("content-length");
        response
    }

    /// As a response whose body is `body`: its own, or one that breaks off.
    pub(crate) fn respond(self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        insert(headers, "content-type", self.content_type);
        insert(headers, "content-length", &self.body.len().to_string());
        for (name, value) in &self.headers {
            insert(headers, name, value);
        }
        response
    }
}

fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
