//! Members: whom the owner lets in, what they may use, and the codes they come in with. The bodies of
//! `/api/admin/members…` and `/api/codes…`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::budget::{Budget, Limits};
use crate::day::Day;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::time::Timestamp;
use crate::words::Words;

/// Longest name of a member or a code, in characters.
pub const NAME_CAP: usize = 60;

/// Longest note about a member, in characters.
pub const NOTE_CAP: usize = 500;

/// Most members of a studio.
pub const MOST_MEMBERS: usize = 1_000;

/// Most codes of a member that can be used.
pub const MOST_CODES: usize = 50;

/// What a member may have made; absent is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// The kinds that are allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<Kind>>,
    /// The models that are allowed, of the allowed kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
}

impl Rights {
    /// Whether a kind is allowed, with whatever model.
    #[must_use]
    pub fn allow_kind(&self, kind: Kind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    /// What is wrong with asking for a model of a kind that is not allowed; `None` where it is.
    #[must_use]
    pub fn problem(&self, kind: Kind, model: &str) -> Option<Problem> {
        if self.allow(kind, model) {
            return None;
        }
        let (field, given, allowed) = if self.allow_kind(kind) {
            ("model", model, self.models.as_deref().unwrap_or_default().join(", "))
        } else {
            let kinds = self.kinds.as_deref().unwrap_or_default().iter().map(|kind| kind.as_str());
            ("kind", kind.as_str(), kinds.collect::<Vec<_>>().join(", "))
        };
        let (zh, en) =
            if allowed.is_empty() { ("没有", "none") } else { (allowed.as_str(), allowed.as_str()) };
        let message = Words::of(
            format!("所有者没有允许你使用 {given}；允许的有：{zh}。"),
            format!("The owner does not allow you {given}; allowed: {en}."),
        );
        Some(Problem::new(field, &Value::from(given), Words::of(zh, en), message))
    }

    /// Whether a model of a kind is allowed.
    #[must_use]
    pub fn allow(&self, kind: Kind, model: &str) -> bool {
        self.allow_kind(kind) && self.models.as_ref().is_none_or(|models| models.iter().any(|m| m == model))
    }
}

/// Whether a member is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// They are.
    Active,
    /// Their last day is over.
    Ended,
    /// The owner shut them out.
    Revoked,
}

/// A member, as the owner sees them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Member {
    /// Opaque.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// What the owner wrote about them.
    pub note: String,
    /// When the owner made them.
    pub created_at: Timestamp,
    /// Whether they are let in.
    pub standing: Standing,
    /// What they may have made.
    pub rights: Rights,
    /// Their last day, Beijing time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// When one of their codes was last used; to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Timestamp>,
    /// Their budgets, and what is taken from them.
    pub budget: Budget,
    /// Their codes, oldest first; those that were revoked too.
    pub codes: Vec<Code>,
}

/// A code, without what it says: that is shown once and kept only as a keyed hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Code {
    /// Opaque.
    pub id: String,
    /// For which device or friend.
    pub name: String,
    /// When it was made or last rotated.
    pub created_at: Timestamp,
    /// When it was last used; to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
    /// Its share of the member's budget, and what is taken from it.
    pub budget: Budget,
}

/// All members: the reply of `GET /api/admin/members`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MemberList {
    /// The members, oldest first; the owner is not among them.
    pub items: Vec<Member>,
}

/// The caller's own codes: the reply of `GET /api/codes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CodeList {
    /// The codes, oldest first.
    pub items: Vec<Code>,
}

/// A member or code that was just made or rotated, and what the code says: shown this once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Issued {
    /// The member; absent where a code was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Member>,
    /// The code.
    pub code: Code,
    /// What is to be typed; as a link it stands behind `/login#`.
    pub secret: String,
}

/// The body of `POST /api/admin/members`; and of `PATCH …/{id}`, where what is absent stays and `null` lifts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// What they are called; needed for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A note for the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The kinds that are allowed.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Vec<Kind>>"))]
    pub kinds: Option<Option<Vec<Kind>>>,
    /// The models that are allowed.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Vec<String>>"))]
    pub models: Option<Option<Vec<String>>>,
    /// Their last day, Beijing time.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub last_day: Option<Option<Day>>,
    /// Their budgets, both: what is not named is without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Limits>,
    /// Whether they are shut out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
}

/// The body of `POST` and `PATCH` of a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeChange {
    /// For which device or friend; needed for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its share of the member's budget, both: what is not named is without limit of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Limits>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_named_is_allowed_and_what_is_named_alone() {
        let all = Rights::default();
        assert!(Kind::ALL.into_iter().all(|kind| all.allow(kind, "whatever")));
        let pictures = Rights { kinds: Some(vec![Kind::Image]), models: None };
        assert!(pictures.allow(Kind::Image, "wan2.2-t2i-flash") && !pictures.allow_kind(Kind::Text));
        let one = Rights { kinds: None, models: Some(vec!["qwen-turbo".to_owned()]) };
        assert!(one.allow(Kind::Text, "qwen-turbo") && !one.allow(Kind::Text, "qwen-max"));
        assert!(!Rights { kinds: Some(vec![]), models: None }.allow_kind(Kind::Image), "none is none");
    }

    #[test]
    fn a_refusal_names_what_was_given_and_what_is_allowed() {
        let rights = |kinds, models| Rights { kinds, models };
        let pictures = rights(Some(vec![Kind::Image, Kind::Text]), Some(vec!["qwen-turbo".to_owned()]));
        assert_eq!(pictures.problem(Kind::Text, "qwen-turbo"), None);
        let model = pictures.problem(Kind::Text, "qwen-max").unwrap();
        assert_eq!((model.field.as_str(), model.allowed.en.as_ref()), ("model", "qwen-turbo"));
        assert!(model.message.zh.contains("qwen-max") && model.message.en.contains("qwen-max"));
        let kind = pictures.problem(Kind::Video, "qwen-turbo").unwrap();
        assert_eq!((kind.field.as_str(), kind.allowed.zh.as_ref()), ("kind", "image, text"));
        let nothing = rights(Some(vec![]), None).problem(Kind::Image, "m").unwrap();
        assert_eq!(nothing.allowed.zh, "没有");
    }

    #[test]
    fn absent_stays_and_null_lifts() {
        let read = |value| serde_json::from_value::<MemberChange>(value).unwrap();
        assert_eq!(read(json!({})), MemberChange::default());
        assert_eq!(read(json!({"kinds": null})).kinds, Some(None));
        assert_eq!(read(json!({"kinds": ["image"]})).kinds, Some(Some(vec![Kind::Image])));
        let lifted = MemberChange { last_day: Some(None), ..MemberChange::default() };
        assert_eq!(serde_json::to_value(&lifted).unwrap(), json!({"last_day": null}));
        assert!(serde_json::from_value::<MemberChange>(json!({"budgets": {}})).is_err());
    }
}
