//! The keys of a team's Access, and assertions signed with them (RS256). A key is made when it is first signed with; it is
//! listed from then on, unless it is to stay hidden.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::rand_core::OsRng;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

use super::trouble;
use crate::control::{Misused, read};
use crate::exchange::App;

/// Bits of a key, as Access has them.
const BITS: usize = 2048;

/// The keys, and how often they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Access {
    keys: Vec<Arc<Key>>,
    pub(super) asked: u64,
}

/// A key by its name, which is its id.
#[derive(Debug)]
struct Key {
    id: String,
    key: RsaPrivateKey,
    hidden: bool,
}

/// What Access is to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// `aud`, `iss`, `exp` and so on.
    claims: Map<String, Value>,
    /// With which key.
    #[serde(default = "usual")]
    key: String,
    /// Whether the key is listed nowhere.
    #[serde(default)]
    hidden: bool,
    /// What stands in the head in place of the usual.
    #[serde(default)]
    head: Map<String, Value>,
}

fn usual() -> String {
    "simulator".to_owned()
}

/// `POST /_simulator/access`
pub(crate) async fn sign(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Misused> {
    let Ask { claims, key: id, hidden, head: other } = read(&body)?;
    let known = || app.world().cloudflare.access.keys.iter().find(|key| key.id == id).cloned();
    let key = match known() {
        Some(key) => key,
        None => {
            // It takes a moment, for which nothing else is held up.
            let made = tokio::task::spawn_blocking(|| RsaPrivateKey::new(&mut OsRng, BITS)).await;
            let made =
                made.ok().and_then(Result::ok).ok_or_else(|| Misused("no key could be made".into()))?;
            let key = Arc::new(Key { id: id.clone(), key: made, hidden });
            app.world().cloudflare.access.keys.push(key.clone());
            key
        }
    };
    let mut head = Map::from_iter([
        ("alg".to_owned(), "RS256".into()),
        ("kid".to_owned(), id.clone().into()),
        ("typ".to_owned(), "JWT".into()),
    ]);
    head.extend(other);
    let part = |part: Map<String, Value>| URL_SAFE_NO_PAD.encode(Value::Object(part).to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = SigningKey::<Sha256>::new(key.key.clone()).sign(signed.as_bytes());
    let assertion = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
    Ok(Json(json!({"assertion": assertion})))
}

/// `GET /cdn-cgi/access/certs`. The same keys as certificates are left out.
pub(crate) async fn certs(State(app): State<Arc<App>>) -> Response<Body> {
    let cloudflare = &mut app.world().cloudflare;
    cloudflare.access.asked += 1;
    if let Some(trouble) = trouble(&cloudflare.mood) {
        return trouble;
    }
    let listed = cloudflare.access.keys.iter().filter(|key| !key.hidden);
    let keys: Vec<Value> = listed.map(|key| key.jwk()).collect();
    Json(json!({"keys": keys, "public_cert": {}, "public_certs": []})).into_response()
}

impl Key {
    fn jwk(&self) -> Value {
        let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        json!({"kid": self.id, "kty": "RSA", "alg": "RS256", "use": "sig", "e": number(self.key.e()), "n": number(self.key.n())})
    }
}
