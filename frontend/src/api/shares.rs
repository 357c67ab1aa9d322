//! `/api/shares`: what was shared by link, for who shares it and for who has the link.

use std::time::Duration;

use gloo_net::http::Method;
use studio_shared::route::Path;
use studio_shared::share::{Door, NewShare, Open, Share, ShareChange, ShareList, Shared};

use super::send::Call;
use super::{Client, Failure};

/// Copies of a hundred films take their time.
const COPYING: Duration = Duration::from_secs(120);

impl Client {
    /// Shares what was chosen. `key` is given again when the same is sent once more, so that it is shared once.
    ///
    /// # Errors
    /// There is nothing to share, or the worker cannot be reached.
    pub async fn share(self, new: &NewShare, key: &str) -> Result<Share, Failure> {
        let call = Call { key: Some(key), patience: COPYING, ..Call::new(Method::POST, &Path::Shares) };
        self.tell(call, new).await
    }

    /// A page of what was shared, newest first.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn shares(self, cursor: Option<&str>) -> Result<ShareList, Failure> {
        let address = match cursor {
            None => Path::Shares.to_string(),
            Some(cursor) => {
                let cursor: String = form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
                format!("{}?cursor={cursor}", Path::Shares)
            }
        };
        self.ask(Call::new(Method::GET, &address)).await
    }

    /// Changes the terms of a share.
    ///
    /// # Errors
    /// It has ended, a term is not usable, or the worker cannot be reached.
    pub async fn change_share(self, id: &str, change: &ShareChange) -> Result<Share, Failure> {
        self.tell(Call::new(Method::PATCH, &Path::Share(id)), change).await
    }

    /// Takes a share back, at once and for good.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn revoke_share(self, id: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Share(id))).await
    }

    /// What anybody is told of a share before it is opened; with a `view`, whether it is still good. Counts as no view.
    ///
    /// # Errors
    /// There is no such share, or no longer, or the worker cannot be reached.
    pub async fn door(self, id: &str, view: Option<&str>) -> Result<Door, Failure> {
        let mut address = Path::Share(id).to_string();
        if let Some(view) = view {
            address.push_str("?view=");
            address.extend(form_urlencoded::byte_serialize(view.as_bytes()));
        }
        self.ask(Call::new(Method::GET, &address)).await
    }

    /// Opens a share, which is a view.
    ///
    /// # Errors
    /// There is no such share, or no longer, the password is wrong, or the worker cannot be reached.
    pub async fn open_share(self, id: &str, password: Option<String>) -> Result<Shared, Failure> {
        self.tell(Call::new(Method::POST, &Path::OpenShare(id)), &Open { password }).await
    }
}
