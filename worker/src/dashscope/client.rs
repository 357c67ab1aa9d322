//! The calls to the vendor.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use serde_json::Value;
use studio_shared::live::Call;
use studio_shared::problem::Problem;
use worker::{
    AbortController, Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response,
    Result,
};

use super::creation::{ANSWER, Creation, Header};
use super::endpoint::Endpoint;
use super::fault::{Fault, unreadable};
use super::key::ApiKey;
use super::task::Task;
use crate::config::Config;

/// How long until the first byte of a result.
const FIRST_BYTE: Duration = Duration::from_secs(60);

/// Longest JSON answer that is read, in bytes.
const ANSWER_CAP: usize = 1024 * 1024;

/// What came of a creation. Only what is surely not created may be sent again (`dashscope-api.md` §8.1).
#[derive(Debug)]
pub(crate) enum Create {
    /// A task exists.
    Accepted {
        /// Its id. Never leaves the worker.
        task_id: String,
        /// The vendor's id of the call.
        request_id: Option<String>,
    },
    /// The answer carries the results; there never was a task.
    Finished {
        /// What came out.
        task: Task,
        /// The vendor's id of the call.
        request_id: Option<String>,
    },
    /// Refused: no task exists, and sending again would not help.
    Refused(Fault),
    /// Not now: no task exists; send again after a pause.
    Later {
        /// What the vendor said.
        fault: Fault,
        /// The pause it asked for.
        retry_after_ms: Option<u64>,
    },
    /// The answer was lost; a task may exist and be billed.
    Lost(String),
}

impl Create {
    /// The region is set to another one since the job was accepted, and does not offer its model.
    pub(crate) fn not_offered(problems: &[Problem]) -> Self {
        let message = problems.first().map(|problem| problem.message.en.clone().into_owned());
        Self::Refused(Fault {
            status: 0,
            code: studio_shared::error::code::INVALID_PARAMETER.to_owned(),
            message: message.unwrap_or_default(),
            request_id: None,
        })
    }
}

/// What came of a poll.
#[derive(Debug)]
pub(crate) enum Poll {
    /// The task.
    Task(Task),
    /// No answer this time; ask again.
    Later,
}

/// What came of a cancel.
#[derive(Debug)]
pub(crate) enum Cancel {
    /// The vendor took the task out of its queue.
    Canceled,
    /// Too late, or no such task.
    Refused(Fault),
}

/// What came of fetching a result.
pub(crate) enum Fetched {
    /// Its bytes, not read yet.
    File {
        /// The answer; its body is handed on as a stream.
        response: Response,
        /// The length it announces.
        length: u64,
        /// The media type it announces.
        media_type: String,
    },
    /// The link is dead, or not the vendor's.
    Gone,
    /// Not this time; ask again.
    Later,
}

/// The vendor, as one deployment reaches it.
pub(crate) struct Client {
    pub(super) endpoint: Endpoint,
    /// The workspace that calls are made in (`dashscope-api.md` §0.2).
    workspace: Option<String>,
    key: ApiKey,
}

impl Client {
    /// The client of this deployment.
    pub(crate) fn new(env: &Env, config: &Config) -> Result<Self> {
        let workspace = config.workspace.clone();
        let endpoint = Endpoint::new(config.region, workspace.as_deref(), config.base_url.as_deref());
        Ok(Self { endpoint, workspace, key: ApiKey::read(env)? })
    }

    /// The headers that every call has (`dashscope-api.md` §0.2).
    pub(super) fn headers(&self) -> Result<Headers> {
        let headers = Headers::new();
        headers.set("authorization", &self.key.authorization())?;
        if let Some(workspace) = &self.workspace {
            headers.set("x-dashscope-workspace", workspace)?;
        }
        Ok(headers)
    }

    /// Creates a task, or makes pictures or speech at once.
    pub(crate) async fn create(&self, call: &Call) -> Create {
        let Some(creation) = Creation::of(call) else { return Create::Refused(unreadable(0)) };
        let address = self.endpoint.native(creation.path);
        let ask = Ask {
            headers: &creation.headers,
            limit: creation.limit,
            ..Ask::post(&address, Some(&creation.body))
        };
        let answer = match self.ask(ask).await {
            Ok(answer) => answer,
            Err(why) => return Create::Lost(why),
        };
        classify(&answer)
    }

    /// Reads a task.
    pub(crate) async fn poll(&self, task_id: &str) -> Poll {
        match self.ask(Ask::get(&self.endpoint.task(task_id))).await {
            Ok(answer) => match answer.body.as_ref().and_then(Task::read) {
                Some(task) if answer.status == 200 => Poll::Task(task),
                _ => Poll::Later,
            },
            Err(_) => Poll::Later,
        }
    }

    /// Takes a task out of the vendor's queue.
    pub(crate) async fn cancel(&self, task_id: &str) -> Cancel {
        match self.ask(Ask::post(&self.endpoint.cancel(task_id), None)).await {
            Ok(answer) if answer.status == 200 => Cancel::Canceled,
            Ok(answer) => Cancel::Refused(answer.fault()),
            Err(_) => Cancel::Refused(unreadable(0)),
        }
    }

    /// Opens a result. Redirects are not followed.
    pub(crate) async fn fetch(&self, address: &str) -> Fetched {
        let Some(address) = self.endpoint.result(address) else {
            crate::log::event("result_host_refused", "a result's address is not the vendor's");
            return Fetched::Gone;
        };
        let mut init = RequestInit::new();
        init.with_redirect(RequestRedirect::Manual);
        let Ok(request) = Request::new_with_init(&address, &init) else { return Fetched::Gone };
        let Ok(response) = send(request, FIRST_BYTE).await else { return Fetched::Later };
        match response.status_code() {
            200 => {
                let header = |name| response.headers().get(name).ok().flatten();
                let length = header("content-length").and_then(|length| length.parse().ok());
                let media_type = header("content-type").unwrap_or_default();
                match length {
                    Some(length) => Fetched::File { response, length, media_type },
                    None => Fetched::Later,
                }
            }
            403 | 404 | 410 => Fetched::Gone,
            _ => Fetched::Later,
        }
    }

    pub(super) async fn ask(&self, ask: Ask<'_>) -> Result<Answer, String> {
        let Ask { method, address, body, headers: more, limit } = ask;
        let text = |error: worker::Error| error.to_string();
        let headers = self.headers().map_err(text)?;
        let mut init = RequestInit::new();
        for (name, value) in more {
            headers.set(name, value).map_err(text)?;
        }
        if let Some(body) = body {
            headers.set("content-type", "application/json").map_err(text)?;
            init.with_body(Some(body.to_string().into()));
        }
        init.with_method(method).with_headers(headers).with_redirect(RequestRedirect::Manual);
        let request = Request::new_with_init(address, &init).map_err(text)?;
        let answer = async {
            let response = send(request, limit).await?;
            Answer::read(response).await
        };
        match select(std::pin::pin!(answer), Delay::from(limit)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(no_answer(limit)),
        }
    }
}

/// A call with the key.
pub(super) struct Ask<'a> {
    method: Method,
    address: &'a str,
    body: Option<&'a Value>,
    headers: &'a [Header],
    /// How long the whole answer may take.
    limit: Duration,
}

impl<'a> Ask<'a> {
    pub(super) const fn get(address: &'a str) -> Self {
        Self { method: Method::Get, address, body: None, headers: &[], limit: ANSWER }
    }

    const fn post(address: &'a str, body: Option<&'a Value>) -> Self {
        Self { method: Method::Post, body, ..Self::get(address) }
    }
}

pub(super) fn no_answer(limit: Duration) -> String {
    format!("no answer within {} s", limit.as_secs())
}

/// Sends a request; it is given up where no answer begins within `limit`.
pub(super) async fn send(request: Request, limit: Duration) -> Result<Response, String> {
    let controller = AbortController::default();
    let signal = controller.signal();
    let fetch = Fetch::Request(request);
    let sent = fetch.send_with_signal(&signal);
    match select(std::pin::pin!(sent), Delay::from(limit)).await {
        Either::Left((response, _)) => response.map_err(|error| error.to_string()),
        Either::Right(_) => {
            controller.abort();
            Err(no_answer(limit))
        }
    }
}

/// A JSON answer of the vendor, or what stood in its place.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Option<Value>,
    pub(super) retry_after_ms: Option<u64>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Result<Self, String> {
        let status = response.status_code();
        let retry_after_ms = retry_after(&response);
        let mut bytes = Vec::new();
        let mut stream = response.stream().map_err(|error| error.to_string())?;
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk.map_err(|error| error.to_string())?);
            if bytes.len() > ANSWER_CAP {
                return Err("the answer is too long".to_owned());
            }
        }
        Ok(Self { status, body: serde_json::from_slice(&bytes).ok(), retry_after_ms })
    }

    pub(super) fn fault(&self) -> Fault {
        let read = self.body.as_ref().and_then(|body| Fault::read(self.status, body));
        read.unwrap_or_else(|| unreadable(self.status))
    }
}

/// The pause an answer asks for (`dashscope-api.md` §0.3); dates are not read, no answer was seen with one.
fn retry_after(response: &Response) -> Option<u64> {
    let header = |name| response.headers().get(name).ok().flatten();
    let number = |text: String| text.trim().parse::<u64>().ok();
    header("retry-after-ms")
        .and_then(number)
        .or_else(|| header("retry-after").and_then(number).map(|seconds| seconds.saturating_mul(1000)))
}

/// Sorts the answer to a creation: accepted, refused, not now, or lost.
pub(super) fn classify(answer: &Answer) -> Create {
    let fault = answer.fault();
    let explained = fault.code != studio_shared::error::code::UPSTREAM_UNREACHABLE;
    match answer.status {
        200 => {
            let body = answer.body.as_ref();
            let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
            let task_id = body.and_then(|body| body.get("output")).and_then(|output| text(output, "task_id"));
            let request_id = body.and_then(|body| text(body, "request_id"));
            match (task_id, body.and_then(Task::at_once)) {
                (Some(task_id), _) => Create::Accepted { task_id, request_id },
                (None, Some(task)) => Create::Finished { task, request_id },
                (None, None) => Create::Lost("HTTP 200 without a task or a result".to_owned()),
            }
        }
        429 if !fault.is_throttling() => Create::Refused(fault),
        429 | 503 => Create::Later { fault, retry_after_ms: answer.retry_after_ms },
        400..=499 => Create::Refused(fault),
        _ if explained => Create::Refused(fault),
        status => Create::Lost(format!("HTTP {status} without an answer of the service")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sorted(status: u16, body: Option<Value>) -> &'static str {
        match classify(&Answer { status, body, retry_after_ms: None }) {
            Create::Accepted { .. } => "accepted",
            Create::Finished { .. } => "finished",
            Create::Refused(_) => "refused",
            Create::Later { .. } => "later",
            Create::Lost(_) => "lost",
        }
    }

    #[test]
    fn only_what_is_surely_not_created_may_be_sent_again() {
        let error = |code: &str| Some(json!({"code":code,"message":"m","request_id":"r"}));
        for (status, body, expected) in [
            (
                200,
                Some(json!({"output":{"task_status":"PENDING","task_id":"t"},"request_id":"r"})),
                "accepted",
            ),
            (
                200,
                Some(
                    json!({"output":{"choices":[{"message":{"content":[{"image":"u"}]}}]},"request_id":"r"}),
                ),
                "finished",
            ),
            (200, Some(json!({"output":{}})), "lost"),
            (200, None, "lost"),
            (400, error("InvalidParameter"), "refused"),
            (401, error("InvalidApiKey"), "refused"),
            (403, None, "refused"),
            (429, error("Throttling.RateQuota"), "later"),
            (429, error("PrepaidBillOverdue"), "refused"),
            (429, None, "later"),
            (500, error("InternalError"), "refused"),
            (500, None, "lost"),
            (502, None, "lost"),
            (503, error("ModelUnavailable"), "later"),
            (503, None, "later"),
            (504, None, "lost"),
            (302, None, "lost"),
        ] {
            assert_eq!(sorted(status, body.clone()), expected, "{status} {body:?}");
        }
    }
}
