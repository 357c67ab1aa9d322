//! `/api/export`, `/api/import` and `/api/data`: data of one's own.

use std::time::Duration;

use gloo_net::http::Method;
use studio_shared::export::Imported;
use studio_shared::route::Path;
use web_sys::Blob;

use super::send::Call;
use super::{Client, Failure};

/// A long film over a slow line takes its time.
const UPLOAD: Duration = Duration::from_secs(15 * 60);

impl Client {
    /// A page of everything, as the worker wrote it: so nothing is lost that a newer worker knows.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn export(self, cursor: Option<&str>) -> Result<String, Failure> {
        let mut address = Path::Export.to_string();
        if let Some(cursor) = cursor {
            address.push_str("?cursor=");
            address.extend(form_urlencoded::byte_serialize(cursor.as_bytes()));
        }
        self.text(Call::new(Method::GET, &address)).await
    }

    /// Takes a page in. A page that was taken in before changes nothing.
    ///
    /// # Errors
    /// It is no such page, or the worker cannot be reached.
    pub async fn import(self, page: String) -> Result<Imported, Failure> {
        self.ask(Call { json: Some(page), ..Call::new(Method::POST, &Path::Import) }).await
    }

    /// Gives a result back that was exported. One that is there already stays as it is.
    ///
    /// # Errors
    /// No such result is awaited, it is another one, or the worker cannot be reached.
    pub async fn import_output(
        self,
        job: &str,
        n: u32,
        file: &Blob,
        media_type: &str,
    ) -> Result<(), Failure> {
        let path = Path::ImportOutput(job, n);
        let file = Some((file.into(), media_type.to_owned()));
        self.order(Call { file, patience: UPLOAD, ..Call::new(Method::PUT, &path) }).await
    }

    /// Deletes everything of the member: jobs, results, conversations, batches, shares.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn delete_everything(self) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Data)).await
    }
}
