//! The bytes of a result, piece by piece.

use std::time::Duration;

use gloo_net::http::Method;
use js_sys::Uint8Array;
use studio_shared::route::Path;

use super::body::Body;
use super::send::Call;
use super::{Client, Failure};

/// After such a silence nothing comes any more.
const SILENCE: Duration = Duration::from_secs(30);

/// A result on its way here. It is given up when dropped.
pub struct Download {
    body: Body,
    media_type: String,
    length: Option<u64>,
}

impl Download {
    /// Its media type, without parameters.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// How long it says it is.
    #[must_use]
    pub const fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` where it is whole.
    ///
    /// # Errors
    /// The line broke.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, Failure> {
        self.body.next().await
    }
}

impl Client {
    /// A result of a job, as it comes.
    ///
    /// # Errors
    /// It is not there, or the worker cannot be reached.
    pub async fn download(self, id: &str, n: u32) -> Result<Download, Failure> {
        let (line, response) = self.begin(Call::new(Method::GET, &Path::Output(id, n)), "*/*").await?;
        let header = |name: &str| response.headers().get(name);
        let media_type = header("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        // What is compressed on the way is longer than that says.
        let length = header("content-length").filter(|_| header("content-encoding").is_none());
        let length = length.and_then(|length| length.parse().ok());
        Ok(Download { body: Body::of(line, &response, SILENCE)?, media_type, length })
    }
}
