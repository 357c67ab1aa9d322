//! Joining streams of the platform. Their bytes pass from one end to the other outside of the worker's memory; only
//! the few that are looked at are copied.

use std::future::Future;
use std::time::Duration;

use futures_util::future::{Either, select};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, StreamPipeOptions, WritableStream};
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::FixedLengthStream;
use worker::{Delay, Error, Result};

/// The beginning of a stream that was looked at; by default none was.
#[derive(Default)]
pub(crate) struct Beginning {
    /// Its first bytes, so many as were wanted, fewer where it has no more.
    pub(crate) head: Vec<u8>,
    /// Everything that was taken out of the stream, as the platform's own pieces.
    pieces: Vec<Uint8Array>,
}

/// Looks at the first bytes of a stream.
pub(crate) async fn begin(stream: &ReadableStream, wanted: usize) -> Result<Beginning> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut beginning = Beginning { head: Vec::new(), pieces: Vec::new() };
    while beginning.head.len() < wanted {
        let read = JsFuture::from(reader.read()).await?;
        if Reflect::get(&read, &JsValue::from_str("done"))?.is_truthy() {
            break;
        }
        let piece: Uint8Array = Reflect::get(&read, &JsValue::from_str("value"))?
            .dyn_into()
            .map_err(|_| Error::RustError("a body without bytes".to_owned()))?;
        let missing = wanted.saturating_sub(beginning.head.len());
        let looked_at = piece.subarray(0, u32::try_from(missing).unwrap_or(u32::MAX));
        beginning.head.append(&mut looked_at.to_vec());
        beginning.pieces.push(piece);
    }
    reader.release_lock();
    Ok(beginning)
}

impl Beginning {
    /// Bytes that were made here.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { head: Vec::new(), pieces: vec![Uint8Array::from(bytes)] }
    }

    /// These bytes in front.
    pub(crate) fn after(mut self, bytes: &[u8]) -> Self {
        self.pieces.insert(0, Uint8Array::from(bytes));
        self
    }
}

/// A stream of exactly `length` bytes: a beginning, a body, an end. Where the parts have fewer bytes or more, or one
/// breaks off, the stream fails instead of ending. The second value carries the bytes and has to run beside whoever
/// reads them.
pub(crate) fn join(
    beginning: Beginning,
    body: ReadableStream,
    end: Vec<u8>,
    length: u64,
) -> Result<(ReadableStream, impl Future<Output = Result<()>>)> {
    let fixed = FixedLengthStream::new_big_int(js_sys::BigInt::from(length))?;
    let (readable, writable) = (fixed.readable(), fixed.writable());
    Ok((readable, carry(beginning, body, end, writable)))
}

async fn carry(
    beginning: Beginning,
    body: ReadableStream,
    end: Vec<u8>,
    writable: WritableStream,
) -> Result<()> {
    let writer = writable.get_writer()?;
    for piece in beginning.pieces {
        JsFuture::from(writer.write_with_chunk(&piece)).await?;
    }
    writer.release_lock();
    let options = StreamPipeOptions::new();
    options.set_prevent_close(true);
    JsFuture::from(body.pipe_to_with_options(&writable, &options)).await?;
    let writer = writable.get_writer()?;
    if !end.is_empty() {
        JsFuture::from(writer.write_with_chunk(&Uint8Array::from(end.as_slice()))).await?;
    }
    JsFuture::from(writer.close()).await?;
    Ok(())
}

/// How long a reader may still take once its bytes broke off: an answer may be on its way.
const GRACE: Duration = Duration::from_secs(2);

/// What the reader of a joined stream comes to, while its bytes are carried. A reader that is done first has enough: an
/// answer may come before the last byte.
pub(crate) async fn beside<T>(
    reader: impl Future<Output = Result<T>>,
    carrier: impl Future<Output = Result<()>>,
) -> Result<T> {
    let (reader, carrier) = (std::pin::pin!(reader), std::pin::pin!(carrier));
    match select(reader, carrier).await {
        Either::Left((read, _)) => read,
        Either::Right((Ok(()), reader)) => reader.await,
        Either::Right((Err(error), reader)) => match select(reader, Delay::from(GRACE)).await {
            Either::Left((read, _)) => read,
            Either::Right(_) => Err(error),
        },
    }
}
