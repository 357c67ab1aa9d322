//! A connection that is closed in the middle, and a body that breaks off there.

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::Notify;

/// Closes the connection that a request came in on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut(Arc<Notify>);

impl Cut {
    /// Closes it now. Nothing more is sent.
    pub(crate) fn now(&self) {
        self.0.notify_one();
    }

    /// Ends when it is to be closed.
    pub(crate) async fn asked(&self) {
        self.0.notified().await;
    }
}

/// Sends `first`, lets it reach the socket, then cuts the connection.
#[derive(Debug)]
pub(crate) struct TornBody {
    first: Option<Bytes>,
    sent: bool,
    cut: Cut,
}

impl TornBody {
    pub(crate) fn new(first: Bytes, cut: Cut) -> Self {
        Self { first: Some(first), sent: false, cut }
    }
}

impl Body for TornBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        // The server flushes when a body has nothing more for now: so the cut comes one turn later.
        if self.sent {
            self.cut.now();
        } else {
            self.sent = true;
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
