//! `/api/session`: logging in and out.

use gloo_net::http::Method;
use studio_shared::route::Path;
use studio_shared::session::{Login, Session};

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// Logs in with a code that was handed out.
    ///
    /// # Errors
    /// `WrongCode`, or too many attempts.
    pub async fn log_in(self, code: &str) -> Result<Session, Failure> {
        let login = Login { code: code.to_owned() };
        self.tell(Call::new(Method::POST, &Path::Session), &login).await
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// `NotLoggedIn` where nobody is.
    pub async fn who_am_i(self) -> Result<Session, Failure> {
        self.ask(Call::new(Method::GET, &Path::Session)).await
    }

    /// Logs out.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn log_out(self) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Session)).await
    }
}
