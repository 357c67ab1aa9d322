//! Signed, expiring addresses of result files (dashscope-api.md §1.5).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Signs and checks. The secret is derived from the key, so that an address outlives a restart.
#[derive(Debug)]
pub struct Signer {
    secret: String,
}

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// No signature, or one of something else.
    BadSignature,
    /// Past its time.
    Expired {
        /// Unix seconds.
        at_s: u64,
    },
}

/// Not a real one; the document's examples have it in the same place.
pub(crate) const ACCESS_KEY_ID: &str = "LTAI-SIMULATOR";

impl Signer {
    /// A signer of its own for each key.
    pub fn new(api_key: &str) -> Self {
        Self { secret: format!("studio-simulator:{api_key}") }
    }

    /// `Expires=…&OSSAccessKeyId=…&Signature=…` for a path.
    pub fn query(&self, path: &str, expires_s: u64) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("Expires", &expires_s.to_string())
            .append_pair("OSSAccessKeyId", ACCESS_KEY_ID)
            .append_pair("Signature", &self.sign(path, expires_s))
            .finish()
    }

    /// Whether this query opens this path at this time. A signature is looked at before its age.
    pub fn check(&self, path: &str, query: &str, now_s: u64) -> Result<(), Denied> {
        let (mut expires, mut signature) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "Expires" => expires = value.parse::<u64>().ok(),
                "Signature" => signature = Some(value),
                _ => {}
            }
        }
        let at_s = expires.ok_or(Denied::BadSignature)?;
        if signature.as_deref() != Some(self.sign(path, at_s).as_str()) {
            return Err(Denied::BadSignature);
        }
        if now_s >= at_s { Err(Denied::Expired { at_s }) } else { Ok(()) }
    }

    fn sign(&self, path: &str, expires_s: u64) -> String {
        self.sign_text(&format!("GET\n{expires_s}\n{path}"))
    }

    /// Signs any text.
    pub fn sign_text(&self, text: &str) -> String {
        // A key of any length is taken; the error type exists for other algorithms.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) else {
            return String::new();
        };
        mac.update(text.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_opens_its_own_path_until_it_expires() {
        let signer = Signer::new("sk-a");
        let query = signer.query("/result/a.png", 1_000);
        assert!(
            query.starts_with("Expires=1000&OSSAccessKeyId=LTAI-SIMULATOR&Signature=")
                && query.ends_with("%3D")
        );
        assert_eq!(signer.check("/result/a.png", &query, 999), Ok(()));
        assert_eq!(signer.check("/result/a.png", &query, 1_000), Err(Denied::Expired { at_s: 1_000 }));
    }

    #[test]
    fn nothing_else_opens_it() {
        let signer = Signer::new("sk-a");
        let query = signer.query("/result/a.png", 1_000);
        let longer = query.replace("1000", "9999");
        let cut = query.trim_end_matches("%3D");
        for (path, query) in [
            ("/result/b.png", query.as_str()),
            ("/result/a.png", &longer),
            ("/result/a.png", cut),
            ("/result/a.png", ""),
            ("/result/a.png", "Expires=x&Signature=y"),
        ] {
            assert_eq!(signer.check(path, query, 5), Err(Denied::BadSignature), "{path}?{query}");
        }
        assert_eq!(Signer::new("sk-b").check("/result/a.png", &query, 5), Err(Denied::BadSignature));
    }
}
