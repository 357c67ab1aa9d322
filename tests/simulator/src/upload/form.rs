//! The fields of an upload's form, checked when its file begins (dashscope-api.md §7 step 2).

use std::collections::BTreeMap;

use super::policy::Policy;
use crate::signer::{ACCESS_KEY_ID, Signer};

/// The store's refusal: status, code, text.
pub(crate) type Objection = (u16, &'static str, String);

/// What a form may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) key: String,
    pub(crate) most_bytes: u64,
    pub(crate) forbid_overwrite: bool,
    /// Answer with 200; else with 204.
    pub(crate) ok: bool,
}

/// Checks the fields that came before the file: those that come after it are not seen.
pub(crate) fn check(
    fields: &BTreeMap<String, String>,
    signer: &Signer,
    now_ms: u64,
) -> Result<Allowed, Objection> {
    let missing = |name: &str| (400, "InvalidArgument", format!("Missing form field {name} before file."));
    let field = |name: &str| fields.get(name).cloned();
    let (key, policy) =
        (field("key").ok_or_else(|| missing("key"))?, field("policy").ok_or_else(|| missing("policy"))?);
    let signature = field("Signature").ok_or_else(|| missing("Signature"))?;
    if field("OSSAccessKeyId").ok_or_else(|| missing("OSSAccessKeyId"))? != ACCESS_KEY_ID {
        let message = "The OSS Access Key Id you provided does not exist in our records.".to_owned();
        return Err((403, "InvalidAccessKeyId", message));
    }
    if signer.sign_text(&policy) != signature {
        let message = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
        return Err((403, "SignatureDoesNotMatch", message.to_owned()));
    }
    let Some(policy) = Policy::read(&policy) else {
        return Err((400, "InvalidPolicyDocument", "The policy document is not valid.".to_owned()));
    };
    if let Some(objection) = policy.objection(&key, field, now_ms) {
        return Err((403, "AccessDenied", objection));
    }
    let is = |name: &str, value: &str| fields.get(name).is_some_and(|given| given == value);
    Ok(Allowed {
        key,
        most_bytes: policy.most_bytes,
        forbid_overwrite: is("x-oss-forbid-overwrite", "true"),
        ok: is("success_action_status", "200"),
    })
}
