//! `GET /api/v1/uploads?action=getPolicy&model=…`, and what a policy allows (dashscope-api.md §7 step 1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::beijing;
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate;
use crate::models;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::signer::ACCESS_KEY_ID;
use crate::world::World;

const BUCKET: &str = "dashscope-file-mgr";

/// Hands out a policy.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &config.api_key)?;
    let (mut action, mut model) = (None, None);
    for (name, value) in form_urlencoded::parse(call.query.as_bytes()) {
        match name.as_ref() {
            "action" => action = Some(value.into_owned()),
            "model" => model = Some(value.into_owned()).filter(|model| !model.is_empty()),
            _ => {}
        }
    }
    if action.as_deref() != Some("getPolicy") {
        return Err(Refusal::parameter("Invalid action, only getPolicy is supported."));
    }
    let model = model.ok_or(known::NO_MODEL)?;
    if !models::exists(config.region, &model) {
        return Err(known::UNKNOWN_MODEL);
    }
    let World { limiter, settings, store, .. } = world;
    if !settings.admit(limiter, Endpoint::UploadPolicy, Some(&model), call.now) {
        return Err(known::TOO_FAST);
    }
    let account: String = call.new_id().chars().filter(|c| *c != '-').collect();
    let day = beijing::wall(call.now.sim_ms);
    let day = day.split(' ').next().unwrap_or_default();
    let upload_dir = format!("dashscope-instant/{account}/{day}/{}", call.request_id);
    let expires_ms = call.now.sim_ms.saturating_add(settings.policy_s.saturating_mul(1000));
    let most = settings.max_upload_mb.saturating_mul(1024 * 1024);
    let policy = json!({
        "expiration": beijing::utc(expires_ms),
        "conditions": [
            ["content-length-range", 0, most],
            ["starts-with", "$key", upload_dir],
            { "bucket": BUCKET },
            { "x-oss-object-acl": "private" },
            { "x-oss-forbid-overwrite": "true" },
        ],
    });
    let policy = STANDARD.encode(policy.to_string());
    store.promise(upload_dir.clone(), model);
    let data = json!({
        "signature": config.signer.sign_text(&policy),
        "policy": policy,
        "upload_dir": upload_dir,
        "upload_host": config.store_origin(&call.origin),
        "expire_in_seconds": settings.policy_s,
        "max_file_size_mb": settings.max_upload_mb,
        "capacity_limit_mb": 999_999_999,
        "oss_access_key_id": ACCESS_KEY_ID,
        "x_oss_object_acl": "private",
        "x_oss_forbid_overwrite": "true",
    });
    Ok(Reply::json(&json!({ "data": data, "request_id": call.request_id })))
}

/// What a policy allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    expires_ms: u64,
    pub(crate) most_bytes: u64,
    prefix: String,
    /// Fields that must have one value.
    equal: Vec<(String, String)>,
}

impl Policy {
    /// Reads what the form sends back.
    pub(crate) fn read(encoded: &str) -> Option<Self> {
        let policy: Value = serde_json::from_slice(&STANDARD.decode(encoded).ok()?).ok()?;
        let mut read = Self {
            expires_ms: beijing::parse_utc(policy.get("expiration")?.as_str()?)?,
            most_bytes: 0,
            prefix: String::new(),
            equal: Vec::new(),
        };
        for condition in policy.get("conditions")?.as_array()? {
            match condition {
                Value::Array(parts) => match parts.as_slice() {
                    [Value::String(name), _, most] if name == "content-length-range" => {
                        read.most_bytes = most.as_u64()?;
                    }
                    [_, _, Value::String(prefix)] => read.prefix.clone_from(prefix),
                    _ => return None,
                },
                Value::Object(fields) => {
                    let pairs = fields.iter().filter(|(name, _)| name.as_str() != "bucket");
                    read.equal.extend(
                        pairs.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))),
                    );
                }
                _ => return None,
            }
        }
        Some(read)
    }

    /// Why a form is not allowed, as the store words it; `None` when it is.
    pub(crate) fn objection(
        &self,
        key: &str,
        field: impl Fn(&str) -> Option<String>,
        now_ms: u64,
    ) -> Option<String> {
        if now_ms >= self.expires_ms {
            return Some("Invalid according to Policy: Policy expired.".to_owned());
        }
        let failed = |condition: String| {
            Some(format!("Invalid according to Policy: Policy Condition failed: {condition}"))
        };
        // A folder's own name is no file in it, nor is its neighbour with a longer name.
        if !key.strip_prefix(&self.prefix).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')) {
            return failed(format!("[\"starts-with\", \"$key\", \"{}\"]", self.prefix));
        }
        let wrong = self.equal.iter().find(|(name, value)| field(name).as_ref() != Some(value));
        wrong.and_then(|(name, value)| failed(format!("[\"eq\", \"${name}\", \"{value}\"]")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        let text = json!({"expiration": "2026-01-20T04:05:00.000Z", "conditions": [
            ["content-length-range", 0, 1024], ["starts-with", "$key", "d/e"], {"bucket": "b"},
            {"x-oss-object-acl": "private"}]});
        Policy::read(&STANDARD.encode(text.to_string())).unwrap()
    }

    #[test]
    fn a_policy_holds_for_its_folder_and_its_time() {
        let policy = policy();
        let end = 1_768_881_900_000;
        let private = |name: &str| (name == "x-oss-object-acl").then(|| "private".to_owned());
        assert_eq!((policy.most_bytes, policy.objection("d/e/a.wav", private, end - 1)), (1024, None));
        assert_eq!(
            policy.objection("d/e/a.wav", private, end).unwrap(),
            "Invalid according to Policy: Policy expired."
        );
        for outside in ["a.wav", "d/e", "d/e/", "d/else.wav", "x/d/e/a.wav"] {
            assert!(policy.objection(outside, private, 0).unwrap().contains("starts-with"), "{outside}");
        }
        assert!(
            policy.objection("d/e/a.wav", |_| Some("public".into()), 0).unwrap().contains("x-oss-object-acl")
        );
    }

    #[test]
    fn what_is_no_policy_is_not_read() {
        for text in ["", "???", "e30="] {
            assert_eq!(Policy::read(text), None);
        }
    }
}
