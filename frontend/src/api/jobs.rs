//! `/api/jobs`: submitting, listing and handling jobs.

use gloo_net::http::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use studio_shared::job::{Job, JobList, State};
use studio_shared::kind::Kind;
use studio_shared::request::Request;
use studio_shared::route::Path;

use super::send::Call;
use super::{Client, Failure};

/// What a list of jobs is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobQuery {
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// In this state only.
    pub state: Option<State>,
    /// Of this model only.
    pub model: Option<String>,
    /// With this text in the prompt.
    pub text: Option<String>,
    /// Entries of this batch only, in their order.
    pub batch: Option<String>,
    /// Go on where an earlier page ended.
    pub cursor: Option<String>,
    /// So many at most.
    pub limit: Option<u32>,
}

impl JobQuery {
    /// The address of the list.
    fn address(&self) -> String {
        let limit = self.limit.map(|limit| limit.to_string());
        let pairs = [
            ("kind", self.kind.map(Kind::as_str)),
            ("state", self.state.map(State::as_str)),
            ("model", self.model.as_deref()),
            ("q", self.text.as_deref()),
            ("batch", self.batch.as_deref()),
            ("cursor", self.cursor.as_deref()),
            ("limit", limit.as_deref()),
        ];
        let mut address = Path::Jobs.to_string();
        let mut mark = '?';
        for (name, value) in pairs.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            address.push(mark);
            address.push_str(name);
            address.push('=');
            address.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            mark = '&';
        }
        address
    }
}

/// The address of the bytes of a result.
#[must_use]
pub fn output_address(id: &str, n: u32) -> String {
    Path::Output(id, n).to_string()
}

impl Client {
    /// Submits a request. `key` is made once for each press of the button and given again when the same
    /// submission is repeated, so that no repeat is billed.
    ///
    /// # Errors
    /// The worker refuses the request or cannot be reached.
    pub async fn submit(self, request: &Request, key: &str) -> Result<Job, Failure> {
        let call = Call { key: Some(key), ..Call::new(Method::POST, &Path::Jobs) };
        self.tell(call, request).await
    }

    /// A page of jobs, newest first.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn jobs(self, query: &JobQuery) -> Result<JobList, Failure> {
        self.ask(Call::new(Method::GET, &query.address())).await
    }

    /// One job.
    ///
    /// # Errors
    /// There is none of that id, or the worker cannot be reached.
    pub async fn job(self, id: &str) -> Result<Job, Failure> {
        self.ask(Call::new(Method::GET, &Path::Job(id))).await
    }

    /// A result that is JSON, by its address: see [`Shelf`](super::Shelf).
    ///
    /// # Errors
    /// It is not there, or is no such JSON, or the worker cannot be reached.
    pub async fn output<T: DeserializeOwned>(self, address: &str) -> Result<T, Failure> {
        self.ask(Call::new(Method::GET, &address)).await
    }

    /// Calls a job back.
    ///
    /// # Errors
    /// It is too late, or the worker cannot be reached.
    pub async fn cancel(self, id: &str) -> Result<Job, Failure> {
        self.ask(Call::new(Method::POST, &Path::Cancel(id))).await
    }

    /// Queues a job that failed, was cancelled or is unsure once more.
    ///
    /// # Errors
    /// The job is in no state for that, or the worker cannot be reached.
    pub async fn retry(self, id: &str, key: &str) -> Result<Job, Failure> {
        self.ask(Call { key: Some(key), ..Call::new(Method::POST, &Path::Retry(id)) }).await
    }

    /// The same, asking for something else of the same kind.
    ///
    /// # Errors
    /// The job is in no state for that, something is wrong with `request`, or the worker cannot be reached.
    pub async fn retry_as(self, id: &str, request: &Value, key: &str) -> Result<Job, Failure> {
        self.tell(Call { key: Some(key), ..Call::new(Method::POST, &Path::Retry(id)) }, request).await
    }

    /// Deletes a job with its results.
    ///
    /// # Errors
    /// The job still runs, or the worker cannot be reached.
    pub async fn delete(self, id: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Job(id))).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_stands_in_the_address() {
        assert_eq!(JobQuery::default().address(), "/api/jobs");
        let query = JobQuery {
            state: Some(State::Failed),
            text: Some("猫 & 狗".to_owned()),
            limit: Some(24),
            ..JobQuery::default()
        };
        assert_eq!(query.address(), "/api/jobs?state=failed&q=%E7%8C%AB+%26+%E7%8B%97&limit=24");
    }
}
