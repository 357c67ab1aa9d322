//! Other members than the owner.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Client, Studio};

/// How long such a session lasts: longer than any test.
const SESSION: Duration = Duration::from_secs(60 * 60);

impl Studio {
    /// The member of this name, logged in: by a session that is signed as the worker signs its own, with the keys of
    /// this deployment. A member comes to be by its first call.
    #[must_use]
    pub fn member(&self, name: &str) -> Client {
        let (owner_code, signing_key) = self.keys();
        let end = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + SESSION;
        let signed = format!("{name}.{}", end.as_millis());
        let key = format!("{signing_key}\n{owner_code}");
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        let hash = hex::encode(mac.finalize().into_bytes());
        Client::with_session(self.owner.base_url(), &format!("{signed}.{hash}"))
    }
}
