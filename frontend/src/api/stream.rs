//! A stream of events that is read while it comes.

use std::collections::VecDeque;
use std::time::Duration;

use js_sys::{Reflect, Uint8Array};
use studio_shared::words::Language;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::Failure;
use super::send::{Call, Line, begin};
use super::sse::{Event, Splitter};

/// The worker gives a sign of life more often than this; after such a silence nothing comes any more.
const SILENCE: Duration = Duration::from_secs(45);

/// A stream of events. It is given up when dropped.
pub(super) struct EventStream {
    line: Line,
    reader: ReadableStreamDefaultReader,
    splitter: Splitter,
    ready: VecDeque<Event>,
}

impl EventStream {
    /// Makes the call that is answered with a stream.
    pub(super) async fn open(call: Call<'_>, language: Language) -> Result<Self, Failure> {
        let (line, response) = begin(call, language, "text/event-stream").await?;
        let status = response.status();
        if status != 200 {
            let body = response.text().await.map_err(|_| Failure::Unreachable)?;
            return Err(Failure::read(status, &body));
        }
        let is_stream =
            response.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/event-stream"));
        let body = response.body().filter(|_| is_stream).ok_or(Failure::Strange { status })?;
        let reader = body.get_reader().dyn_into().map_err(|_| Failure::Strange { status })?;
        Ok(Self { line, reader, splitter: Splitter::default(), ready: VecDeque::new() })
    }

    /// The next event; `None` where the stream has ended.
    pub(super) async fn next(&mut self) -> Result<Option<Event>, Failure> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            self.line.wait(SILENCE);
            let read = JsFuture::from(self.reader.read()).await.map_err(|_| Failure::Unreachable)?;
            let field = |name: &str| Reflect::get(&read, &name.into()).unwrap_or_default();
            if field("done").as_bool() == Some(true) {
                return Ok(None);
            }
            if let Ok(piece) = field("value").dyn_into::<Uint8Array>() {
                self.ready.extend(self.splitter.take(&piece.to_vec()));
            }
        }
    }
}
