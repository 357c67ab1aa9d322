//! Cloudflare's own services, as the simulator stands for them: tokens of Turnstile, assertions of Access, and whether
//! either answers.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::Vendor;

/// The team's domain of every studio that stands behind Access here.
pub const TEAM: &str = "studio-e2e.cloudflareaccess.com";

/// The application's audience tag.
pub const AUDIENCE: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";

/// What Access says of somebody whom it lets through, for five minutes.
#[must_use]
pub fn claims() -> Value {
    let now = now();
    json!({"aud": [AUDIENCE], "email": "user@example.com", "iss": format!("https://{TEAM}"), "type": "app",
           "iat": now, "nbf": now, "exp": now + 300, "sub": "7335d417-61da-459d-899c-0a01c76a2f94", "country": "US"})
}

/// Seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    let since: Duration = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    since.as_secs()
}

impl Vendor {
    /// A token as the widget at a host would give it, for an action, so many seconds ago.
    pub async fn token(&self, hostname: &str, action: &str, age_s: u64) -> String {
        let ask = json!({"hostname": hostname, "action": action, "age_s": age_s});
        text(&self.control("turnstile", Some(&ask)).await["token"])
    }

    /// A fresh token of the studio's own widget.
    pub async fn fresh_token(&self) -> String {
        self.token("127.0.0.1", "login", 0).await
    }

    /// An assertion that says `claims`, otherwise as `how` says (the simulator's README).
    pub async fn assertion(&self, claims: &Value, how: &Value) -> String {
        let mut ask = json!({ "claims": claims });
        let more = how.as_object().cloned().unwrap_or_default();
        ask.as_object_mut().unwrap().extend(more);
        text(&self.control("access", Some(&ask)).await["assertion"])
    }

    /// Has both services answer otherwise: `"up"`, `"down"`, `"babble"`, `{"redirect": address}`.
    pub async fn cloudflare(&self, mood: &Value) {
        self.control("cloudflare", Some(&json!({ "mood": mood }))).await;
    }

    /// What both were asked.
    pub async fn asked_of_cloudflare(&self) -> Value {
        self.control("cloudflare", None).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
