//! Text: what is sent, and the answer as it comes (`dashscope-api.md` §3).

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use serde_json::{Value, json};
use studio_shared::live::TextCall;
use worker::{
    AbortController, ByteStream, Delay, Fetch, Method, Request, RequestInit, RequestRedirect, Response,
};

use super::client::{Answer, Client, Create, classify, no_answer};
use super::fault::Fault;
use super::sse::{Event, Events, Piece};

/// Below `/api/v1`.
const PATH: &str = "services/aigc/text-generation/generation";

/// How long until the first byte, and between two.
const SILENCE: Duration = Duration::from_secs(60);

/// The body of the call. Every parameter is always sent: the live defaults are other ones, and a stream whose form is
/// left open repeats itself (§3.3, §10 rows 22 to 25).
pub(super) fn body(call: &TextCall) -> Value {
    json!({
        "model": call.model,
        "input": { "messages": call.messages },
        "parameters": {
            "result_format": "message",
            "incremental_output": true,
            "max_tokens": call.max_tokens,
            "temperature": call.temperature,
            "top_p": call.top_p,
        },
    })
}

/// What comes next of an answer.
#[derive(Debug)]
pub(crate) enum Step {
    /// A piece.
    Piece(Piece),
    /// The vendor broke it off, and says why.
    Fault(Fault),
    /// It broke off: the connection, or a silence, or what is no answer.
    Lost(String),
    /// The stream is over.
    Closed,
}

impl Step {
    /// What a creation has come to that has no piece before this step; only what is explicitly "not now" may be sent
    /// again (§8.1).
    pub(crate) fn instead_of_an_answer(self) -> Create {
        match self {
            Self::Fault(fault) if fault.is_throttling() || fault.status == 503 => {
                Create::Later { fault, retry_after_ms: None }
            }
            Self::Fault(fault) => Create::Refused(fault),
            Self::Lost(why) => Create::Lost(why),
            Self::Piece(_) | Self::Closed => Create::Lost("the answer ended before it began".to_owned()),
        }
    }
}

/// Hangs a call up when it is dropped, whatever the reason.
#[derive(Debug)]
pub(crate) struct Hangup(Option<AbortController>);

impl Hangup {
    /// For one call.
    pub(crate) fn new() -> Self {
        Self(Some(AbortController::default()))
    }
}

impl Drop for Hangup {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

/// An answer on its way.
pub(crate) struct TextStream {
    /// Absent where the whole answer came at once.
    body: Option<ByteStream>,
    events: Events,
    waiting: VecDeque<Event>,
}

impl TextStream {
    /// What comes next.
    pub(crate) async fn next(&mut self) -> Step {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return step(event);
            }
            let Some(body) = self.body.as_mut() else { return Step::Closed };
            match select(body.next(), Delay::from(SILENCE)).await {
                Either::Left((Some(Ok(bytes)), _)) => self.waiting.extend(self.events.take(&bytes)),
                Either::Left((Some(Err(error)), _)) => return Step::Lost(error.to_string()),
                Either::Left((None, _)) => {
                    self.body = None;
                    self.waiting.extend(self.events.end());
                }
                Either::Right(_) => return Step::Lost(format!("silence for {} s", SILENCE.as_secs())),
            }
        }
    }
}

fn step(event: Event) -> Step {
    match event {
        Event::Piece(piece) => Step::Piece(piece),
        Event::Error { status, body } => match Fault::read(status, &body) {
            Some(fault) => Step::Fault(fault),
            None => Step::Lost("an event that is neither text nor an error".to_owned()),
        },
        Event::Unreadable => Step::Lost("an event that cannot be read".to_owned()),
    }
}

impl Client {
    /// Asks for text, as a stream. Never with the async header, which this path refuses (§0.2).
    ///
    /// # Errors
    /// What became of the call where no stream began.
    pub(crate) async fn converse(&self, call: &TextCall, hangup: &Hangup) -> Result<TextStream, Create> {
        let request = self.text_request(call).map_err(|error| Create::Lost(error.to_string()))?;
        let Some(signal) = hangup.0.as_ref().map(AbortController::signal) else {
            return Err(Create::Lost("the call was hung up".to_owned()));
        };
        let fetch = Fetch::Request(request);
        let sent = std::pin::pin!(fetch.send_with_signal(&signal));
        let response = match select(sent, Delay::from(SILENCE)).await {
            Either::Left((response, _)) => response.map_err(|error| Create::Lost(error.to_string()))?,
            Either::Right(_) => return Err(Create::Lost(no_answer(SILENCE))),
        };
        opened(response).await
    }

    fn text_request(&self, call: &TextCall) -> worker::Result<Request> {
        let headers = self.headers()?;
        headers.set("content-type", "application/json")?;
        headers.set("accept", "text/event-stream")?;
        headers.set("x-dashscope-sse", "enable")?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
        init.with_body(Some(body(call).to_string().into()));
        Request::new_with_init(&self.endpoint.native(PATH), &init)
    }
}

/// A stream; or an answer in one piece, should a gateway have ignored that events were asked for.
async fn opened(mut response: Response) -> Result<TextStream, Create> {
    let media_type = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    if response.status_code() == 200 && media_type.trim_start().starts_with("text/event-stream") {
        let body = response.stream().map_err(|error| Create::Lost(error.to_string()))?;
        return Ok(TextStream { body: Some(body), events: Events::default(), waiting: VecDeque::new() });
    }
    let read = std::pin::pin!(Answer::read(response));
    let answer = match select(read, Delay::from(SILENCE)).await {
        Either::Left((answer, _)) => answer.map_err(Create::Lost)?,
        Either::Right(_) => return Err(Create::Lost(no_answer(SILENCE))),
    };
    match answer.body.as_ref().filter(|_| answer.status == 200).and_then(Piece::read) {
        Some(piece) => {
            Ok(TextStream { body: None, events: Events::default(), waiting: [Event::Piece(piece)].into() })
        }
        None if answer.status == 200 => {
            Err(Create::Lost("HTTP 200 without an answer of the service".to_owned()))
        }
        None => Err(classify(&answer)),
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::live::{Call, Settings, call};
    use studio_shared::request::Request;

    use super::*;

    #[test]
    fn the_references_request_is_sent_with_all_its_defaults() {
        let reference =
            json!({"model":"qwen-turbo","prompt":"写一篇科技文章","system":"简短","temperature":2});
        let request = Request::from_value(reference).unwrap();
        let Ok((Call::Text(call), _)) = call(&request, Settings::default()) else { panic!("{request:?}") };
        let expected = json!({
            "model": "qwen-turbo",
            "input": {"messages": [
                {"role": "system", "content": "简短"}, {"role": "user", "content": "写一篇科技文章"}]},
            "parameters": {"result_format": "message", "incremental_output": true, "max_tokens": 1500,
                "temperature": 1.999, "top_p": 0.8},
        });
        assert_eq!(body(&call), expected);
    }

    #[test]
    fn only_an_explicit_not_now_is_sent_again() {
        let event = |status: u16, code: &str| {
            step(Event::Error { status, body: json!({"code": code, "message": "m"}) }).instead_of_an_answer()
        };
        for (status, code) in [(429, "Throttling.RateQuota"), (429, "New"), (503, "ModelUnavailable")] {
            assert!(matches!(event(status, code), Create::Later { .. }), "{status} {code}");
        }
        for (status, code) in [
            (400, "InvalidParameter"),
            (429, "PrepaidBillOverdue"),
            (500, "InternalError"),
            (0, "Throttling"),
        ] {
            assert!(matches!(event(status, code), Create::Refused(_)), "{status} {code}");
        }
        for step in [Step::Closed, Step::Lost("cut".to_owned()), step(Event::Unreadable)] {
            assert!(matches!(step.instead_of_an_answer(), Create::Lost(_)));
        }
        let neither = step(Event::Error { status: 200, body: json!({"x": 1}) });
        assert!(matches!(neither.instead_of_an_answer(), Create::Lost(_)));
    }
}
