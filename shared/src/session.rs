//! Logging in: the bodies of `/api/session`, and `/api/health`.

use serde::{Deserialize, Serialize};

use crate::catalogue::Region;
use crate::day::Day;
use crate::live::Settings;
use crate::member::Rights;

/// Where the page logs in.
pub const LOGIN_PAGE: &str = "/login";

/// The name of the `<meta>` in which the page at [`LOGIN_PAGE`] finds the site key of Turnstile, where that is switched on.
pub const TURNSTILE_META: &str = "turnstile-site-key";

/// What a token of Turnstile is for, as the widget is told and the worker expects it.
pub const TURNSTILE_ACTION: &str = "login";

/// Which service the worker talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Upstream {
    /// The simulator: nothing costs anything.
    Simulator,
    /// The vendor: work is billed.
    Live,
}

/// The body of `POST /api/session`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The code that was handed out.
    pub code: String,
    /// The token of the widget at `/login`, where [`Health::turnstile`] says that one is needed. It holds for five minutes,
    /// and for one attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turnstile: Option<String>,
}

/// The reply of `POST` and `GET /api/session`: who is calling, and where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Session {
    /// The member's name.
    pub member: String,
    /// Whether they own the studio.
    pub owner: bool,
    /// What they may have made.
    #[serde(default)]
    pub rights: Rights,
    /// Their last day, Beijing time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// The code they came in with, where it is not the owner's own of the deployment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Simulator or live service.
    pub upstream: Upstream,
    /// The region whose model names are used.
    pub region: Region,
    /// Whether qwen-image's 1140 sizes are sent as given (`dashscope-api.md` §10 row 16).
    pub keep_qwen_1140: bool,
    /// The voice that `sambert-en-v1` stands for (`dashscope-api.md` §10 row 9).
    pub english_voice: String,
    /// Whether results are kept beyond the vendor's 24 hours.
    pub keeps_results: bool,
}

impl Session {
    /// What decides how a request is sent.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let usual = Settings::default();
        let known = Settings::ENGLISH_VOICES.into_iter().find(|voice| *voice == self.english_voice);
        Settings {
            region: self.region,
            keep_qwen_1140: self.keep_qwen_1140,
            english_voice: known.unwrap_or(usual.english_voice),
        }
    }
}

/// The reply of `GET /api/health`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Health {
    /// Always `ok`: a worker that cannot serve answers with the error envelope.
    pub status: String,
    /// The product's version.
    pub version: String,
    /// Simulator or live service.
    pub upstream: Upstream,
    /// Whether logging in with a code needs a token of Cloudflare Turnstile, which the page at `/login` gets.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub turnstile: bool,
}
