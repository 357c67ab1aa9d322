//! Who calls the worker.

use gloo_net::http::Response;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use studio_shared::error::code;
use studio_shared::words::Language;

use super::Failure;
use super::send::{self, Call, Line};
use super::stream::EventStream;

/// What a refusal means for the whole application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The session has ended.
    LoggedOut,
    /// The member was shut out.
    ShutOut,
    /// The member may no longer do what the page offered.
    NotAllowed,
}

/// The way to the worker: the page's language goes with every call, and a refusal that concerns the whole
/// application is told to it once, here, whichever call it came to.
#[derive(Clone, Copy)]
pub struct Client {
    language: Signal<Language>,
    on_told: Callback<Told>,
}

impl Client {
    /// A client that speaks `language` and runs `on_told` when an answer concerns the whole application.
    #[must_use]
    pub const fn new(language: Signal<Language>, on_told: Callback<Told>) -> Self {
        Self { language, on_told }
    }

    /// A call without a body, answered with JSON.
    pub(super) async fn ask<T: DeserializeOwned>(self, call: Call<'_>) -> Result<T, Failure> {
        let (status, body) = self.exchange(call).await?;
        serde_json::from_str(&body).map_err(|_| Failure::Strange { status })
    }

    /// A call with a JSON body, answered with JSON.
    pub(super) async fn tell<T: DeserializeOwned>(
        self,
        call: Call<'_>,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let json = serde_json::to_string(body).unwrap_or_default();
        self.ask(Call { json: Some(json), ..call }).await
    }

    /// A call whose answer is read elsewhere.
    pub(super) async fn text(self, call: Call<'_>) -> Result<String, Failure> {
        self.exchange(call).await.map(|(_, body)| body)
    }

    /// A call that is answered with a status alone.
    pub(super) async fn order(self, call: Call<'_>) -> Result<(), Failure> {
        self.exchange(call).await.map(|_| ())
    }

    /// A call that is answered with a stream of events.
    pub(super) async fn stream(self, call: Call<'_>) -> Result<EventStream, Failure> {
        let language = self.language.try_get_untracked().unwrap_or_default();
        EventStream::open(call, language).await.inspect_err(|failure| self.pass_on(failure))
    }

    fn pass_on(self, failure: &Failure) {
        let told = match (failure.code(), failure.status()) {
            (code::NOT_LOGGED_IN, _) => Told::LoggedOut,
            (code::SESSION_REVOKED, _) => Told::ShutOut,
            (code::NOT_ALLOWED, _) => Told::NotAllowed,
            _ => return,
        };
        self.on_told.try_run(told);
    }

    /// A call whose answer is read while it comes.
    pub(super) async fn begin(self, call: Call<'_>, accept: &str) -> Result<(Line, Response), Failure> {
        let language = self.language.try_get_untracked().unwrap_or_default();
        let (line, response) = send::begin(call, language, accept).await?;
        let status = response.status();
        if (200..300).contains(&status) {
            return Ok((line, response));
        }
        let body = response.text().await.map_err(|_| Failure::Unreachable)?;
        Err(self.refused(status, &body))
    }

    /// The language of the page, now.
    pub(super) fn language(self) -> Language {
        self.language.try_get_untracked().unwrap_or_default()
    }

    /// What an answer that is an error says; the end of the session is told to the application.
    pub(super) fn refused(self, status: u16, body: &str) -> Failure {
        let failure = Failure::read(status, body);
        self.pass_on(&failure);
        failure
    }

    async fn exchange(self, call: Call<'_>) -> Result<(u16, String), Failure> {
        let language = self.language.try_get_untracked().unwrap_or_default();
        let (status, body) = send::send(call, language).await?;
        if (200..300).contains(&status) {
            return Ok((status, body));
        }
        Err(self.refused(status, &body))
    }
}
