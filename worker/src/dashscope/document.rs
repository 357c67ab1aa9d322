//! Fetching a transcript: the one result that is read instead of being handed on.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use studio_shared::transcript::Transcript;
use worker::{Delay, Response};

use super::client::{Client, Fetched};
use super::transcript;

/// How long the whole document may take.
const WHOLE: Duration = Duration::from_secs(60);

/// What came of fetching a transcript.
pub(crate) enum Heard {
    /// What was said.
    Transcript(Transcript),
    /// The link is dead, or not the vendor's.
    Gone,
    /// Not this time; ask again.
    Later,
    /// There is something, but it is no transcript.
    Unreadable,
}

impl Client {
    /// Fetches and reads a transcript, without the key, as every result.
    pub(crate) async fn transcript(&self, address: &str) -> Heard {
        let response = match self.fetch(address).await {
            Fetched::File { response, .. } => response,
            Fetched::Gone => return Heard::Gone,
            Fetched::Later => return Heard::Later,
        };
        let bytes = match select(std::pin::pin!(whole(response)), Delay::from(WHOLE)).await {
            Either::Left((Some(bytes), _)) => bytes,
            Either::Left((None, _)) | Either::Right(_) => return Heard::Later,
        };
        match bytes.and_then(|bytes| transcript::read(&bytes)) {
            Some(transcript) => Heard::Transcript(transcript),
            None => Heard::Unreadable,
        }
    }
}

/// A body of a length that can be read: `Some(None)` where it is longer, `None` where it breaks off.
async fn whole(mut response: Response) -> Option<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut stream = response.stream().ok()?;
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk.ok()?);
        if bytes.len() > transcript::CAP {
            return Some(None);
        }
    }
    Some(Some(bytes))
}
