//! `/api/speech`: sound that is read while it is made.

use std::time::Duration;

use gloo_net::http::Method;
use js_sys::Uint8Array;
use studio_shared::request::Request;
use studio_shared::route::Path;

use super::body::Body;
use super::send::Call;
use super::{Client, Failure};

/// The vendor may be silent for 23 seconds and be right; after twice that nothing comes any more.
const SILENCE: Duration = Duration::from_secs(46);

/// Sound that arrives. It is given up when dropped.
pub struct SoundStream {
    body: Body,
    job_id: String,
    media_type: String,
}

impl SoundStream {
    /// The job that makes it.
    #[must_use]
    pub fn job_id(&self) -> &str {
        &self.job_id
    }

    /// Its media type, without parameters.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
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
    /// Asks for a speech, and has its sound as it arrives. `key` as for every submission.
    ///
    /// # Errors
    /// The worker or the vendor refuses before any sound has come, or the worker cannot be reached.
    pub async fn speak(self, request: &Request, key: &str) -> Result<SoundStream, Failure> {
        let json = serde_json::to_string(request).unwrap_or_default();
        let call = Call { key: Some(key), json: Some(json), ..Call::new(Method::POST, &Path::Speech) };
        let (line, response) = self.begin(call, "*/*").await?;
        let header = |name: &str| response.headers().get(name).unwrap_or_default();
        let media_type = header("content-type").split(';').next().unwrap_or_default().trim().to_owned();
        Ok(SoundStream { body: Body::of(line, &response, SILENCE)?, job_id: header("x-job-id"), media_type })
    }
}
