//! `/api/session`: logging in and out.

use gloo_net::http::Method;
use studio_shared::route::Path;
use studio_shared::session::{Health, Login, Session};

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// What the studio is set to, as far as anybody may know.
    ///
    /// # Errors
    /// It is not set up, or cannot be reached.
    pub async fn health(self) -> Result<Health, Failure> {
        self.ask(Call::new(Method::GET, &Path::Health)).await
    }

    /// Logs in with a code that was handed out, and with a token where the studio asks for one.
    ///
    /// # Errors
    /// `WrongCode`, too many attempts, or a token that does not hold.
    pub async fn log_in(self, code: &str, turnstile: Option<String>) -> Result<Session, Failure> {
        let login = Login { code: code.to_owned(), turnstile };
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
