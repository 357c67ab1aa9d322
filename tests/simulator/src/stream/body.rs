//! A stream on its connection.

use bytes::Bytes;
use http_body::{Body, Frame};
use serde_json::Value;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

use super::{Next, Plan};
use crate::endpoint::Endpoint;
use crate::exchange::App;
use crate::torn::Cut;

/// Real milliseconds between the packets of a frame that is split: enough for them to leave one by one.
const PACKET_MS: u64 = 2;

/// Tells the figures how the stream ended: by itself, or because nobody read on.
pub(crate) struct Watch {
    app: Arc<App>,
    endpoint: Endpoint,
    /// What the stream is the answer of, and what is billed of it.
    created: Option<String>,
    used: Value,
    finished: bool,
}

impl Watch {
    pub(crate) fn begin(app: Arc<App>, endpoint: Endpoint, created: Option<String>) -> Self {
        app.world().figures.stream_begun(endpoint);
        Self { app, endpoint, created, used: Value::Null, finished: false }
    }

    /// It was sent to its end.
    pub(crate) fn finish(&mut self) {
        self.finished = true;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut world = self.app.world();
        world.figures.stream_ended(self.endpoint, self.finished);
        if let Some(id) = self.created.take().filter(|_| !self.used.is_null()) {
            world.ledger.bill(&id, self.used.take());
        }
    }
}

/// The body of a streamed answer.
pub(crate) struct StreamBody {
    plan: Plan,
    number: usize,
    packets: VecDeque<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
    /// The turn after the last bytes: they are flushed by then.
    flushed: bool,
    cut: Cut,
    watch: Watch,
}

impl StreamBody {
    pub(crate) fn new(plan: Plan, cut: Cut, watch: Watch) -> Self {
        Self { plan, number: 0, packets: VecDeque::new(), pause: None, flushed: false, cut, watch }
    }

    fn pause(&mut self, ms: u64) {
        self.pause = (ms > 0).then(|| Box::pin(sleep(Duration::from_millis(ms))));
    }
}

impl Body for StreamBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            if let Some(packet) = self.packets.pop_front() {
                if !self.packets.is_empty() {
                    self.pause(PACKET_MS);
                }
                return Poll::Ready(Some(Ok(Frame::data(packet))));
            }
            match self.plan.next(self.number) {
                Next::Send(packets) => {
                    let wait_ms = self.plan.wait_ms(self.number);
                    self.number += 1;
                    self.watch.used = self.plan.script.used(self.number);
                    self.packets = packets.into();
                    self.pause(wait_ms);
                }
                Next::End => {
                    self.watch.finish();
                    return Poll::Ready(None);
                }
                Next::Cut => {
                    if self.flushed {
                        self.cut.now();
                    } else {
                        self.flushed = true;
                        context.waker().wake_by_ref();
                    }
                    return Poll::Pending;
                }
                Next::Silence => return Poll::Pending,
            }
        }
    }
}
