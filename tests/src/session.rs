//! Sessions, signed here with a studio's own key: what a cookie would be worth whose end is over.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Client, Setup};

impl Client {
    /// A member's browser whose session, otherwise as it is, ends at this moment, in milliseconds since 1970. The
    /// signature is right.
    #[must_use]
    pub fn ending(&self, setup: &Setup, end: u64) -> Self {
        let (_, cookie) = self.proof().expect("a session");
        let (name, token) = cookie.split_once('=').unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let [member, code, epoch, id, begun, issued, _, _] = parts[..] else {
            panic!("no session: {cookie}")
        };
        let signed = format!("{member}.{code}.{epoch}.{id}.{begun}.{issued}.{end}");
        let hash = sign(&format!("session\n{}\n", setup.signing_key), &signed);
        Self::with_cookie(self.base_url(), &format!("{name}={signed}.{hash}"))
    }

    /// The browser of a member who has written themselves down as the owner.
    #[must_use]
    pub fn as_the_owner(&self) -> Self {
        let (_, cookie) = self.proof().expect("a session");
        let (name, token) = cookie.split_once('=').unwrap();
        let (_, rest) = token.split_once('.').unwrap();
        let (_, rest) = rest.split_once('.').unwrap();
        Self::with_cookie(self.base_url(), &format!("{name}=owner.-.{rest}"))
    }
}

/// HMAC-SHA256 in lower-case hexadecimal.
fn sign(key: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
