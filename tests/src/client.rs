//! A caller of `/api`.

use std::fmt::Display;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, SET_COOKIE};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use studio_shared::error::{Charged, ErrorReply};
use studio_shared::job::Job;

use crate::record;

/// Longer than the worker itself waits for anything.
const LIMIT: Duration = Duration::from_secs(75);

/// A caller, with a code, a session or neither.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    /// The header that says who it is.
    proof: Option<(HeaderName, String)>,
}

impl Client {
    /// A caller who gives `code` as the bearer token.
    #[must_use]
    pub fn new(base_url: &str, code: Option<&str>) -> Self {
        Self::proving(base_url, code.map(|code| (AUTHORIZATION, format!("Bearer {code}"))))
    }

    /// A caller with cookies, as a browser has them.
    #[must_use]
    pub fn with_cookie(base_url: &str, cookies: &str) -> Self {
        Self::proving(base_url, Some((COOKIE, cookies.to_owned())))
    }

    fn proving(base_url: &str, proof: Option<(HeaderName, String)>) -> Self {
        // No connection is kept: a killed worker takes its connections with it.
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).timeout(LIMIT);
        let http = http.redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, base_url: base_url.to_owned(), proof }
    }

    /// The header that says who it is.
    #[must_use]
    pub fn proof(&self) -> Option<(&HeaderName, &str)> {
        self.proof.as_ref().map(|(name, value)| (name, value.as_str()))
    }

    /// The worker's address.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// A request, to be completed and then [sent](send).
    pub fn request(&self, method: &str, path: impl Display) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.http.request(method, format!("{}{path}", self.base_url));
        match &self.proof {
            Some((name, value)) => request.header(name, value),
            None => request,
        }
    }

    /// Reads.
    pub async fn get(&self, path: impl Display) -> Answer {
        send(self.request("GET", path)).await
    }

    /// Makes or does.
    pub async fn post(&self, path: impl Display, body: &Value) -> Answer {
        name_secrets(body);
        send(self.request("POST", path).json(body)).await
    }

    /// Changes.
    pub async fn patch(&self, path: impl Display, body: &Value) -> Answer {
        name_secrets(body);
        send(self.request("PATCH", path).json(body)).await
    }

    /// Takes away.
    pub async fn delete(&self, path: impl Display) -> Answer {
        send(self.request("DELETE", path)).await
    }
}

/// What a browser may do with an answer of `/api`, should it take it for a page: nothing.
pub const DATA_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Sends a request and reads the whole answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the worker does not answer");
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let bytes = response.bytes().await.expect("the worker's answer breaks off").to_vec();
    let answer = Answer { status, headers, bytes };
    see_headers(&answer.headers);
    let shown = serde_json::from_slice::<Value>(&answer.bytes).unwrap_or_default();
    // A code is shown once, by the answer that made it; from then on it is a secret.
    if let Some(secret) = shown["secret"].as_str() {
        record::key(secret);
        record::seen(&answer.text().replace(secret, "…"));
        return answer;
    }
    shown["view"].as_str().into_iter().for_each(record::token);
    // What a person uploaded, or the vendor made of it, is theirs; transcripts are looked through.
    let kind = answer.header("content-type").split('/').next().unwrap_or_default();
    if !matches!(kind, "image" | "audio" | "video") {
        record::seen(&answer.text());
    }
    answer
}

/// Keeps the headers of an answer. The cookies in them are for whoever is answered, and for nobody else.
pub(crate) fn see_headers(headers: &HeaderMap) {
    for value in headers.values() {
        record::seen(&String::from_utf8_lossy(value.as_bytes()));
    }
    let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let tokens = cookies.filter_map(|cookie| cookie.split(';').next()?.split_once('='));
    tokens.map(|(_, token)| token).filter(|token| !token.is_empty()).for_each(record::token);
}

/// Codes and passwords that a call gives are secrets, right or wrong.
pub(crate) fn name_secrets(body: &Value) {
    let given = ["code", "password"].into_iter().filter_map(|field| body[field].as_str()).map(str::trim);
    given.filter(|secret| secret.len() >= record::SHORTEST).for_each(record::key);
}

/// An answer of the worker.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The answer, which must have this status.
    #[must_use]
    pub fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Everything that it says but its own id: the status, the body, and which headers it has.
    #[must_use]
    pub fn said(&self) -> (u16, Value, Vec<String>) {
        let text = || Value::from(self.text());
        let mut body = serde_json::from_slice(&self.bytes).unwrap_or_else(|_| text());
        if let Some(id) = body.get_mut("request_id") {
            *id = Value::Null;
        }
        let mut headers: Vec<String> = self.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        (self.status, body, headers)
    }

    /// The job it tells of.
    #[must_use]
    pub fn job(&self) -> Job {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The error it tells of: in the one envelope, with everything that the envelope promises.
    pub fn refused(&self, status: u16, code: &str) -> ErrorReply {
        let text = self.text();
        assert_eq!(self.status, status, "{text}");
        let reply: ErrorReply = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(reply.error.code, code, "{text}");
        assert_eq!(reply.request_id, self.header("x-request-id"), "{text}");
        assert_eq!(reply.request_id.len(), 36, "{text}");
        assert!(!reply.error.message.is_empty() && !reply.error.advice.is_empty(), "{text}");
        assert_eq!(reply.error.charged, Charged::No, "{text}");
        assert_eq!(self.json()["error"]["charged"], false, "{text}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("cache-control", "no-store")] {
            assert_eq!(self.header(name), value, "{name}");
        }
        reply
    }
}
