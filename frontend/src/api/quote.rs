//! `/api/quote`: what only the worker knows about a request, the wait.

use gloo_net::http::Method;
use studio_shared::quote::Quote;
use studio_shared::request::Request;
use studio_shared::route::Path;

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// What `request` would cost and take; spends nothing.
    ///
    /// # Errors
    /// The worker refuses the request or cannot be reached.
    pub async fn quote(self, request: &Request) -> Result<Quote, Failure> {
        self.tell(Call::new(Method::POST, &Path::Quote), request).await
    }
}
