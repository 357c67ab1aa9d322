//! Sending a recording to the vendor's temporary store.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use web_sys::ReadableStream;
use worker::{
    AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response,
};

use super::client::{Ask, Client};
use super::fault::{Fault, unreadable};
use super::upload::{Policy, store_fault};
use crate::stream::{self, Beginning};

/// How long one upload may take: a gigabyte at a little over 2 MB/s, and with the five minutes in which a driver begins
/// things well under the platform's fifteen.
const WHOLE: Duration = Duration::from_secs(8 * 60);

/// Longest error of the store that is read, in bytes.
const ERROR_CAP: usize = 64 * 1024;

/// Why an upload did not work. Nothing has been created and nothing is billed.
#[derive(Debug)]
pub(crate) struct NotStored {
    /// What the vendor said.
    pub(crate) fault: Fault,
    /// Whether another try may help, with a fresh policy.
    pub(crate) again: bool,
    /// The pause it asked for.
    pub(crate) retry_after_ms: Option<u64>,
}

/// A recording on its way.
pub(crate) struct Recording {
    /// What was taken out of `body` already.
    pub(crate) beginning: Beginning,
    /// Its bytes.
    pub(crate) body: ReadableStream,
    /// How many there are, `beginning` included.
    pub(crate) length: u64,
    /// The name it gets there: our own, no person's.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) media_type: String,
}

impl Client {
    /// Gets what allows one upload for a model (`dashscope-api.md` §7 step 1).
    pub(crate) async fn policy(&self, model: &str) -> Result<Policy, NotStored> {
        let Ok(answer) = self.ask(Ask::get(&self.endpoint.policy(model))).await else {
            return Err(NotStored { fault: unreadable(0), again: true, retry_after_ms: None });
        };
        match answer.body.as_ref().and_then(Policy::read) {
            Some(policy) if answer.status == 200 => Ok(policy),
            _ => {
                let fault = answer.fault();
                let again = fault.is_throttling() || !matches!(answer.status, 400..=499);
                Err(NotStored { fault, again, retry_after_ms: answer.retry_after_ms })
            }
        }
    }

    /// Sends a recording, without the key (§7 step 2). Answers the address that calls name it by.
    pub(crate) async fn store(&self, policy: &Policy, recording: Recording) -> Result<String, NotStored> {
        let failed = |fault: Fault, again: bool| NotStored { fault, again, retry_after_ms: None };
        let Some(host) = self.endpoint.upload_host(&policy.host) else {
            crate::log::event("upload_host_refused", "the store's address is not the vendor's");
            return Err(failed(unreadable(0), false));
        };
        let boundary = format!("studio-{}", uuid::Uuid::new_v4().simple());
        let form = policy.form(&recording.name, &recording.media_type, &boundary);
        let size = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let length = recording.length.saturating_add(size(&form.before)).saturating_add(size(&form.after));
        let controller = AbortController::default();
        let signal = controller.signal();
        let sent = async {
            let beginning = recording.beginning.after(&form.before);
            let (body, carrier) = stream::join(beginning, recording.body, form.after, length)?;
            let headers = Headers::new();
            headers.set("content-type", &form.content_type)?;
            let mut init = RequestInit::new();
            init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
            init.with_body(Some(body.into()));
            let request = Fetch::Request(Request::new_with_init(&host, &init)?);
            let answer = async {
                let response = request.send_with_signal(&signal).await?;
                Ok((response.status_code(), error_text(response).await))
            };
            stream::beside(answer, carrier).await
        };
        let answer = match select(std::pin::pin!(sent), Delay::from(WHOLE)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => {
                controller.abort();
                return Err(failed(unreadable(0), true));
            }
        };
        match answer {
            Ok((200..=204, _)) => Ok(form.address),
            Ok((status, text)) => {
                let fault = store_fault(status, &text).unwrap_or_else(|| unreadable(status));
                let again = fault.code != "EntityTooLarge";
                Err(failed(fault, again))
            }
            Err(error) => {
                crate::log::event("upload_broken_off", &error.to_string());
                Err(failed(unreadable(0), true))
            }
        }
    }
}

/// The beginning of an answer, where it is an error.
async fn error_text(mut response: Response) -> String {
    let mut bytes = Vec::new();
    if response.status_code() < 300 {
        return String::new();
    }
    let Ok(mut stream) = response.stream() else { return String::new() };
    while let Some(Ok(chunk)) = stream.next().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ERROR_CAP {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
