//! What is made with a key: the tokens of views, the hashes of passwords, and fresh random ids.
//!
//! A password is kept as HMAC-SHA256 under the deployment's signing key, over the share's own random id as its salt.
//! Whoever gets at the storage alone can try no password, not even a short one; a slow hash that fits the few
//! milliseconds of a call would hold up nobody, and it would protect nothing there: the storage holds what is shared.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use studio_shared::time::Timestamp;
use wasm_bindgen::JsCast;
use worker::Result;

/// Random bytes of an id, and of the secret that views are signed with: 128 bits.
const RANDOM: usize = 16;

/// Fresh random bits by the platform's generator, in lower-case hexadecimal.
pub(crate) fn random() -> Result<String> {
    let mut bytes = [0; RANDOM];
    let global: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    global.crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// The hash of a share's password.
pub(crate) fn password(signing_key: &str, share: &str, password: &str) -> String {
    hash(signing_key, &format!("password of share {share}\n{password}"))
}

/// The hash of a body: whether one that is sent again is the same. It is keyed because a password stands in it.
pub(crate) fn body(signing_key: &str, bytes: &[u8]) -> String {
    keyed(signing_key, bytes).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
}

/// A token that opens results until `end`.
pub(super) fn token(secret: &str, end: Timestamp) -> String {
    let end = end.ms();
    format!("{end}.{}", hash(secret, &end.to_string()))
}

/// Whether a token was signed with this secret and has not ended.
pub(super) fn is_token(secret: &str, token: &str, now: Timestamp) -> bool {
    let Some((end, hash)) = token.split_once('.') else { return false };
    let Ok(hash) = hex::decode(hash) else { return false };
    let is_signed = keyed(secret, end.as_bytes()).is_some_and(|mac| mac.verify_slice(&hash).is_ok());
    is_signed && end.parse().is_ok_and(|end| now < Timestamp::from_ms(end))
}

fn hash(key: &str, text: &str) -> String {
    body(key, text.as_bytes())
}

fn keyed(key: &str, bytes: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(bytes);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn a_token_holds_until_its_end_and_for_its_secret() {
        let token = token("secret", at(1000));
        assert!(is_token("secret", &token, at(999)));
        assert!(!is_token("secret", &token, at(1000)) && !is_token("other", &token, at(1)));
        let last = if token.ends_with('0') { "1" } else { "0" };
        let other = format!("{}{last}", &token[..token.len() - 1]);
        for changed in [token.replacen("1000", "9999", 1), token.replace('.', ""), other, String::new()] {
            assert!(!is_token("secret", &changed, at(1)), "{changed}");
        }
    }

    #[test]
    fn the_same_password_has_another_hash_in_each_share_and_each_studio() {
        let hash = password("key", "a", "pass");
        assert_eq!((hash.len(), &hash), (64, &password("key", "a", "pass")));
        for other in
            [password("key", "b", "pass"), password("key2", "a", "pass"), password("key", "a", "Pass")]
        {
            assert_ne!(hash, other);
        }
    }

    #[test]
    fn fuzz_share_tickets() {
        let right = token("secret", at(1000));
        let other = token("other", at(9999));
        studio_fuzz::run(
            "share tickets",
            studio_fuzz::text(&[&right, &other], &[".", "0", "1000", "9999", "+", " "]),
            |ticket| {
                // The hash may be written in letters of either case; what it signs is the moment, as it stands.
                let ours = ticket.split_once('.').is_some_and(|(end, _)| end == "1000");
                studio_fuzz::holds(ours || !is_token("secret", &ticket, at(999)), || {
                    format!("{ticket:?} was made by nobody")
                })?;
                studio_fuzz::holds(!is_token("secret", &ticket, at(1000)), || format!("{ticket:?} has ended"))
            },
        );
    }

    proptest! {
        #[test]
        fn no_token_makes_the_reader_panic_or_pass(token in any::<String>()) {
            prop_assert!(!is_token("secret", &token, at(0)));
        }
    }
}
