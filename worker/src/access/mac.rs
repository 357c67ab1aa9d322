//! Keyed hashes: HMAC-SHA256, in lower-case hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

fn mac(key: &str, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

/// The hash of `text` under `key`.
pub(super) fn of(key: &str, text: &str) -> String {
    mac(key, text).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
}

/// Whether `hash` is the hash of `text` under `key`, compared in constant time.
pub(super) fn is(key: &str, text: &str, hash: &str) -> bool {
    let Ok(bytes) = hex::decode(hash) else { return false };
    mac(key, text).is_some_and(|mac| mac.verify_slice(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_4231() {
        let hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(of("Jefe", "what do ya want for nothing?"), hash);
        assert!(is("Jefe", "what do ya want for nothing?", hash));
        assert!(!is("Jefe", "what do ya want for something?", hash));
        assert!(!is("Jefe", "", "not hexadecimal"));
        assert!(!is("Jefe", "", ""));
    }
}
