//! Speech: asked for, and listened to as it comes.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Answer, see_headers};
use crate::{Studio, record};

/// A request for speech.
#[must_use]
pub fn speech(text: &str) -> Value {
    json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": text})
}

/// What was heard.
#[derive(Debug)]
pub struct Heard {
    /// Head and body, as far as it came.
    pub answer: Answer,
    /// When each chunk came, from the call on.
    pub chunks: Vec<Duration>,
    /// Whether it came to its proper end.
    pub whole: bool,
}

impl Heard {
    /// The job's id.
    #[must_use]
    pub fn id(&self) -> String {
        self.answer.header("x-job-id").to_owned()
    }
}

impl Studio {
    /// Has something spoken and listens to the end.
    pub async fn hear(&self, request: &Value) -> Heard {
        self.hear_until(request, None, usize::MAX).await
    }

    /// The same with an `Idempotency-Key`.
    pub async fn hear_once(&self, key: &str, request: &Value) -> Heard {
        self.hear_until(request, Some(key), usize::MAX).await
    }

    /// Listens to so many chunks, then leaves.
    pub async fn hear_until(&self, request: &Value, key: Option<&str>, chunks: usize) -> Heard {
        let begun = Instant::now();
        let call = self.owner.request("POST", "/api/speech").json(request);
        let call = key.into_iter().fold(call, |call, key| call.header("idempotency-key", key));
        let mut response = call.send().await.expect("the worker does not answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut heard =
            Heard { answer: Answer { status, headers, bytes: Vec::new() }, chunks: Vec::new(), whole: false };
        while heard.chunks.len() < chunks {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    heard.answer.bytes.extend_from_slice(&chunk);
                    heard.chunks.push(begun.elapsed());
                }
                Ok(None) => {
                    heard.whole = true;
                    break;
                }
                Err(_) => break,
            }
        }
        see_headers(&heard.answer.headers);
        if status != 200 {
            record::seen(&heard.answer.text());
        }
        heard
    }
}
