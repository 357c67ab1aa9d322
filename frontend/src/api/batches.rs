//! `/api/batches`: many entries as one.

use gloo_net::http::Method;
use serde_json::{Map, Value};
use studio_shared::batch::{Batch, BatchList, BatchQuote, Format};
use studio_shared::route::Path;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::send::Call;
use super::{Client, Failure};

/// Entries as they were written. The worker reads them: the page has no reader of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// How they are written.
    pub format: Format,
    /// A file as it is on the disk, in whatever encoding; else `text`.
    pub file: Option<File>,
    /// The text.
    pub text: String,
    /// What lines, and rows that say nothing else, have in common.
    pub settings: Map<String, Value>,
    /// What the batch is called.
    pub name: String,
}

impl Sheet {
    fn call(&self, path: &Path<'_>) -> Call<'static> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.name.trim().is_empty() {
            query.append_pair("name", self.name.trim());
        }
        if self.format != Format::Json && !self.settings.is_empty() {
            let settings = serde_json::to_string(&self.settings).unwrap_or_default();
            query.append_pair("settings", &settings);
        }
        let query = query.finish();
        let address = if query.is_empty() { path.to_string() } else { format!("{path}?{query}") };
        let body = self.file.as_ref().map_or_else(|| JsValue::from_str(&self.text), JsValue::from);
        Call { file: Some((body, self.format.media_type().to_owned())), ..Call::new(Method::POST, &address) }
    }
}

impl Client {
    /// Everything that is wrong with a batch, what it costs, how long it takes; spends nothing.
    ///
    /// # Errors
    /// It is too large, or the worker cannot be reached.
    pub async fn quote_batch(self, sheet: &Sheet) -> Result<BatchQuote, Failure> {
        self.ask(sheet.call(&Path::BatchQuote)).await
    }

    /// Submits a batch. `key` as for every submission.
    ///
    /// # Errors
    /// Something is wrong with it, or the worker cannot be reached.
    pub async fn submit_batch(self, sheet: &Sheet, key: &str) -> Result<Batch, Failure> {
        self.ask(Call { key: Some(key), ..sheet.call(&Path::Batches) }).await
    }

    /// A page of batches, newest first.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn batches(self, cursor: Option<&str>) -> Result<BatchList, Failure> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("limit", "50");
        if let Some(cursor) = cursor {
            query.append_pair("cursor", cursor);
        }
        self.ask(Call::new(Method::GET, &format!("{}?{}", Path::Batches, query.finish()))).await
    }

    /// One batch.
    ///
    /// # Errors
    /// There is none of that id, or the worker cannot be reached.
    pub async fn batch(self, id: &str) -> Result<Batch, Failure> {
        self.ask(Call::new(Method::GET, &Path::Batch(id))).await
    }

    /// Sends nothing more of a batch for now.
    ///
    /// # Errors
    /// It has ended, or the worker cannot be reached.
    pub async fn pause_batch(self, id: &str) -> Result<Batch, Failure> {
        self.ask(Call::new(Method::POST, &Path::Pause(id))).await
    }

    /// Goes on with a batch.
    ///
    /// # Errors
    /// It does not wait for that, or the worker cannot be reached.
    pub async fn resume_batch(self, id: &str, key: &str) -> Result<Batch, Failure> {
        self.ask(Call { key: Some(key), ..Call::new(Method::POST, &Path::Resume(id)) }).await
    }

    /// Calls back what was not sent of a batch.
    ///
    /// # Errors
    /// It has ended, or the worker cannot be reached.
    pub async fn cancel_batch(self, id: &str) -> Result<Batch, Failure> {
        self.ask(Call::new(Method::POST, &Path::CancelBatch(id))).await
    }

    /// Queues all entries that failed once more.
    ///
    /// # Errors
    /// There is none, or the worker cannot be reached.
    pub async fn retry_batch(self, id: &str, key: &str) -> Result<Batch, Failure> {
        self.ask(Call { key: Some(key), ..Call::new(Method::POST, &Path::RetryBatch(id)) }).await
    }

    /// Deletes a batch with its jobs.
    ///
    /// # Errors
    /// It still runs, or the worker cannot be reached.
    pub async fn delete_batch(self, id: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Batch(id))).await
    }
}
