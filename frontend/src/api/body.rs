//! The bytes of an answer that is read while it comes.

use std::time::Duration;

use gloo_net::http::Response;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::Failure;
use super::send::Line;

/// The bytes of an answer. It is given up when dropped.
pub(super) struct Body {
    line: Line,
    reader: ReadableStreamDefaultReader,
    silence: Duration,
}

impl Body {
    /// The bytes of `response`; after such a silence nothing comes any more.
    pub(super) fn of(line: Line, response: &Response, silence: Duration) -> Result<Self, Failure> {
        let strange = || Failure::Strange { status: response.status() };
        let reader =
            response.body().and_then(|body| body.get_reader().dyn_into().ok()).ok_or_else(strange)?;
        Ok(Self { line, reader, silence })
    }

    /// The next piece; `None` where it is whole.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, Failure> {
        self.line.wait(self.silence);
        let read = JsFuture::from(self.reader.read()).await.map_err(|_| Failure::Unreachable)?;
        let field = |name: &str| Reflect::get(&read, &name.into()).unwrap_or_default();
        if field("done").as_bool() == Some(true) {
            return Ok(None);
        }
        field("value").dyn_into().map(Some).map_err(|_| Failure::Unreachable)
    }
}
