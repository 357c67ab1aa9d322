//! The calls to Cloudflare's own services. Where they go is fixed by the settings; nothing of it comes from a caller.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use serde_json::Value;
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect};

/// How long the whole answer may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Longest answer that is read, in bytes.
const CAP: usize = 64 * 1024;

/// What is asked.
pub(super) enum Service<'a> {
    /// Whether a token of Turnstile is good.
    Siteverify,
    /// The keys of a team's Access, by the team's domain.
    Certs(&'a str),
}

impl Service<'_> {
    /// Its address; in development the simulator stands for it.
    pub(super) fn address(&self, simulator: Option<&str>) -> String {
        let host = match (self, simulator) {
            (_, Some(simulator)) => simulator.to_owned(),
            (Self::Siteverify, None) => "https://challenges.cloudflare.com".to_owned(),
            (Self::Certs(domain), None) => format!("https://{domain}"),
        };
        match self {
            Self::Siteverify => format!("{host}/turnstile/v0/siteverify"),
            Self::Certs(_) => format!("{host}/cdn-cgi/access/certs"),
        }
    }
}

/// Asks, with a JSON body where there is one. Redirects are not followed.
///
/// # Errors
/// In our own words, why there is no answer that can be read.
pub(super) async fn ask(address: &str, body: Option<&Value>) -> Result<Value, String> {
    let text = |error: worker::Error| error.to_string();
    let headers = Headers::new();
    headers.set("accept", "application/json").map_err(text)?;
    let mut init = RequestInit::new();
    if let Some(body) = body {
        headers.set("content-type", "application/json").map_err(text)?;
        init.with_method(Method::Post).with_body(Some(body.to_string().into()));
    }
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    let request = Request::new_with_init(address, &init).map_err(text)?;
    let controller = AbortController::default();
    let signal = controller.signal();
    let answer = async {
        let fetch = Fetch::Request(request);
        let mut response = fetch.send_with_signal(&signal).await.map_err(text)?;
        let status = response.status_code();
        let mut bytes = Vec::new();
        let mut stream = response.stream().map_err(text)?;
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk.map_err(text)?);
            if bytes.len() > CAP {
                return Err("the answer is too long".to_owned());
            }
        }
        // What is wrong with a question is told with 400, in JSON as well.
        match serde_json::from_slice(&bytes) {
            Ok(answer) if matches!(status, 200 | 400) => Ok(answer),
            _ => Err(format!("HTTP {status} without an answer of the service")),
        }
    };
    match select(std::pin::pin!(answer), Delay::from(LIMIT)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            controller.abort();
            Err(format!("no answer within {} s", LIMIT.as_secs()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloudflare_is_called_by_https_and_in_development_the_simulator() {
        let addresses = |simulator| {
            [Service::Siteverify, Service::Certs("team.cloudflareaccess.com")].map(|it| it.address(simulator))
        };
        assert_eq!(
            addresses(None),
            [
                "https://challenges.cloudflare.com/turnstile/v0/siteverify",
                "https://team.cloudflareaccess.com/cdn-cgi/access/certs"
            ]
        );
        assert_eq!(
            addresses(Some("http://127.0.0.1:9000")),
            ["http://127.0.0.1:9000/turnstile/v0/siteverify", "http://127.0.0.1:9000/cdn-cgi/access/certs"]
        );
    }
}
