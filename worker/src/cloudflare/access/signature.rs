//! Whether something is signed with a key, by the platform's WebCrypto.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::Result;
use worker::wasm_bindgen_futures::JsFuture;

use super::keys::Jwk;

/// Whether `signature` is that of `signed` by RS256 (RSASSA-PKCS1-v1_5 with SHA-256). A key that the platform does not take
/// has signed nothing.
pub(super) async fn is_by(key: &Jwk, signed: &str, signature: &[u8]) -> Result<bool> {
    let algorithm = object(&[("name", "RSASSA-PKCS1-v1_5"), ("hash", "SHA-256")])?;
    let jwk = object(&[("kty", "RSA"), ("alg", "RS256"), ("n", &key.n), ("e", &key.e)])?;
    let uses = Array::of1(&JsValue::from_str("verify"));
    let global: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let subtle = global.crypto()?.subtle();
    let imported = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &uses)?;
    let Ok(imported) = JsFuture::from(imported).await else { return Ok(false) };
    let imported: web_sys::CryptoKey = imported.unchecked_into();
    let verified = subtle.verify_with_object_and_u8_array_and_u8_array(
        &algorithm,
        &imported,
        signature,
        signed.as_bytes(),
    )?;
    Ok(JsFuture::from(verified).await?.is_truthy())
}

fn object(fields: &[(&str, &str)]) -> Result<Object> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value))?;
    }
    Ok(object)
}
