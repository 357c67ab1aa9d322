//! `/api/storage`, and bringing back what was deleted.

use gloo_net::http::Method;
use studio_shared::job::Job;
use studio_shared::route::Path;
use studio_shared::storage::{Storage, StorageChange};

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// What is kept, and for how long.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn storage(self) -> Result<Storage, Failure> {
        self.ask(Call::new(Method::GET, &Path::Storage)).await
    }

    /// Keeps results for so many days, or for good.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn retain(self, retention_days: Option<u32>) -> Result<Storage, Failure> {
        self.tell(Call::new(Method::PATCH, &Path::Storage), &StorageChange { retention_days }).await
    }

    /// Brings a deleted job back.
    ///
    /// # Errors
    /// It is too late, or the worker cannot be reached.
    pub async fn restore(self, id: &str) -> Result<Job, Failure> {
        self.ask(Call::new(Method::POST, &Path::Restore(id))).await
    }

    /// Has a job looked for once more of which nobody knows whether it was made.
    ///
    /// # Errors
    /// The job is in no state for that, or the worker cannot be reached.
    pub async fn look(self, id: &str) -> Result<Job, Failure> {
        self.ask(Call::new(Method::POST, &Path::Look(id))).await
    }
}
