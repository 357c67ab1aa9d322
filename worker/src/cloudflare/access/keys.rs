//! The keys of a team's Access: which are known, and when they are fetched (pure).
//!
//! Access has a new key every six weeks, and lets the one before hold for seven days more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use studio_shared::time::Timestamp;

/// Keys are fetched again after so long.
const KEPT_MS: u64 = 60 * 60 * 1000;

/// For an id that is not among them, not sooner than after so long.
const AGAIN_MS: u64 = 60_000;

/// Most keys that are kept; a team has two.
const MOST: usize = 16;

/// Bytes of the shortest modulus that is taken: 2048 bits.
const SHORTEST: usize = 256;

/// A public key of RSA, as a JSON Web Key writes it (RFC 7518 §6.3.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Jwk {
    /// Its id.
    kid: String,
    kty: String,
    #[serde(default)]
    alg: Option<String>,
    /// The modulus.
    pub(super) n: String,
    /// The exponent.
    pub(super) e: String,
}

impl Jwk {
    fn is_usable(&self) -> bool {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map(|bytes| bytes.len()).unwrap_or_default();
        let for_rs256 = self.kty == "RSA" && self.alg.as_deref().is_none_or(|alg| alg == "RS256");
        for_rs256 && !self.kid.is_empty() && bytes(&self.n) >= SHORTEST && (1..=8).contains(&bytes(&self.e))
    }
}

/// Keys that were fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    keys: Vec<Jwk>,
    fetched: Timestamp,
    /// When they were last asked for.
    pub(super) asked: Timestamp,
}

impl Keys {
    /// Reads what `/cdn-cgi/access/certs` answers; `None` where no key of it can be used.
    pub(super) fn read(answer: &Value, now: Timestamp) -> Option<Self> {
        let given = answer.get("keys")?.as_array()?.iter();
        let keys = given.filter_map(|key| Jwk::deserialize(key).ok()).filter(Jwk::is_usable);
        let keys: Vec<Jwk> = keys.take(MOST).collect();
        (!keys.is_empty()).then_some(Self { keys, fetched: now, asked: now })
    }
}

/// What is to be done for the key of an id.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// This is it.
    Take(Jwk),
    /// Fetch them.
    Fetch,
    /// There is none: they were fetched just now.
    Unknown,
}

/// What is to be done for the key of an id.
pub(super) fn next(kept: Option<&Keys>, id: &str, now: Timestamp) -> Next {
    let Some(Keys { keys, fetched, asked }) = kept else { return Next::Fetch };
    if now.since(*fetched) >= KEPT_MS {
        return Next::Fetch;
    }
    match keys.iter().find(|key| key.kid == id) {
        Some(key) => Next::Take(key.clone()),
        None if now.since(*asked) >= AGAIN_MS => Next::Fetch,
        None => Next::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn jwk(id: &str) -> Value {
        let n = URL_SAFE_NO_PAD.encode([0xc5; SHORTEST]);
        json!({"kid": id, "kty": "RSA", "alg": "RS256", "use": "sig", "e": "AQAB", "n": n})
    }

    fn keys(ids: &[&str], now: u64) -> Keys {
        let all: Vec<Value> = ids.iter().map(|id| jwk(id)).collect();
        Keys::read(&json!({"keys": all, "public_cert": {}, "public_certs": []}), at(now)).unwrap()
    }

    #[test]
    fn keys_are_kept_for_an_hour_and_fetched_again_for_another_id_once_a_minute() {
        assert_eq!(next(None, "a", at(0)), Next::Fetch);
        let mut kept = keys(&["a", "b"], 1000);
        let taken =
            |id: &str, now| matches!(next(Some(&kept), id, at(now)), Next::Take(key) if key.kid == id);
        assert!(taken("a", 1000) && taken("b", KEPT_MS + 999));
        assert_eq!(next(Some(&kept), "a", at(KEPT_MS + 1000)), Next::Fetch);
        assert_eq!(next(Some(&kept), "c", at(60_999)), Next::Unknown);
        assert_eq!(next(Some(&kept), "c", at(61_000)), Next::Fetch);
        kept.asked = at(61_000);
        assert_eq!(next(Some(&kept), "c", at(61_001)), Next::Unknown, "asked, and not answered yet");
    }

    #[test]
    fn only_keys_for_rs256_of_2048_bits_are_taken() {
        let but = |name: &str, value: Value| {
            let mut key = jwk("a");
            key[name] = value;
            Keys::read(&json!({"keys": [key]}), at(0))
        };
        assert!(but("use", json!("sig")).is_some() && but("alg", json!(null)).is_some());
        for (name, value) in [
            ("kty", json!("EC")),
            ("alg", json!("HS256")),
            ("kid", json!("")),
            ("n", json!(URL_SAFE_NO_PAD.encode([0xc5; SHORTEST - 1]))),
            ("n", json!("not base64!")),
            ("e", json!("")),
            ("e", json!(null)),
        ] {
            assert_eq!(but(name, value.clone()), None, "{name}: {value}");
        }
        for answer in [json!(null), json!({}), json!({"keys": {}}), json!({"keys": [7, null]})] {
            assert_eq!(Keys::read(&answer, at(0)), None, "{answer}");
        }
        let many: Vec<String> = (0..MOST + 5).map(|n| format!("k{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(keys(&many, 0).keys.len(), MOST);
    }
}
