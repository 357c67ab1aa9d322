//! What the deployment is set to, and whether that is safe to run with.

mod strength;

use studio_shared::catalogue::Region;
use studio_shared::live::Settings;
use studio_shared::session::Upstream;
use worker::Env;

use crate::access::code;
use crate::cloudflare::{AccessWall, Turnstile};
use crate::dashscope;
use crate::waits::Waits;
use strength::{CODE, KEY, strong};

/// A deployment's settings, without the vendor's key: only `dashscope` reads that.
pub(crate) struct Config {
    /// The owner's code.
    pub(crate) owner_code: String,
    /// What sessions are signed with.
    pub(crate) signing_key: String,
    /// The region of the vendor's key.
    pub(crate) region: Region,
    /// The workspace that calls are made in, by its own host.
    pub(crate) workspace: Option<String>,
    /// Another address than the vendor's, in development.
    pub(crate) base_url: Option<String>,
    /// Row 16 of `dashscope-api.md` §10.
    pub(crate) keep_qwen_1140: bool,
    /// Row 9 of `dashscope-api.md` §10.
    pub(crate) english_voice: &'static str,
    /// Whether a bucket is bound.
    pub(crate) keeps_results: bool,
    /// How long things are waited for here.
    pub(crate) waits: Waits,
    /// What logging in with a code needs beside it, where that is switched on.
    pub(crate) turnstile: Option<Turnstile>,
    /// What everything that is not public needs beside a code, where that is switched on.
    pub(crate) access: Option<AccessWall>,
}

impl Config {
    /// Reads the settings. A deployment that lacks one, or has a weak one, never runs open.
    ///
    /// # Errors
    /// What to set, in one sentence.
    pub(crate) fn read(env: &Env) -> Result<Self, String> {
        let secret = |name: &str| env.secret(name).map(|secret| secret.to_string()).unwrap_or_default();
        let var = |name: &str| env.var(name).map(|var| var.to_string()).unwrap_or_default();
        let region = var("DASHSCOPE_REGION");
        let base_url = var("DASHSCOPE_BASE_URL");
        let workspace = var("DASHSCOPE_WORKSPACE");
        let turnstile = (var("TURNSTILE_SITE_KEY"), secret("TURNSTILE_SECRET_KEY"));
        let is_simulated = !base_url.is_empty();
        let config = Self {
            owner_code: secret("OWNER_CODE"),
            signing_key: secret("SIGNING_KEY"),
            region: if region.is_empty() {
                Region::default()
            } else {
                Region::from_name(&region).ok_or_else(|| unknown_region(&region))?
            },
            workspace: (!workspace.is_empty()).then_some(workspace),
            base_url: (!base_url.is_empty()).then_some(base_url),
            keep_qwen_1140: var("QWEN_IMAGE_KEEP_1140") == "true",
            english_voice: english_voice(&var("SAMBERT_ENGLISH_VOICE"))?,
            keeps_results: env.bucket("MEDIA").is_ok(),
            waits: Waits::read(&var("HURRY"))?,
            turnstile: Turnstile::read(&turnstile.0, &turnstile.1, is_simulated)?,
            access: AccessWall::read(&var("ACCESS_TEAM_DOMAIN"), &var("ACCESS_AUD"))?,
        };
        if !dashscope::has_key(env) {
            return Err("set the secret DASHSCOPE_API_KEY to a key of Model Studio".to_owned());
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        strong("OWNER_CODE", &self.owner_code, CODE)?;
        if self.owner_code.starts_with(code::PREFIX) {
            return Err(format!(
                "the secret OWNER_CODE begins with {}, as members' codes do; set another",
                code::PREFIX
            ));
        }
        strong("SIGNING_KEY", &self.signing_key, KEY)?;
        dashscope::check_region(self.region, self.workspace.as_deref())?;
        if self.base_url.is_none() && self.waits != Waits::default() {
            return Err("HURRY is for development only; remove it".to_owned());
        }
        match &self.base_url {
            Some(url) if !is_loopback(url) => {
                Err("DASHSCOPE_BASE_URL is for development and takes http://127.0.0.1:PORT only; remove it"
                    .to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Simulator or live service.
    pub(crate) const fn upstream(&self) -> Upstream {
        if self.base_url.is_some() { Upstream::Simulator } else { Upstream::Live }
    }

    /// What decides the live form of a request.
    pub(crate) const fn live(&self) -> Settings {
        Settings {
            region: self.region,
            keep_qwen_1140: self.keep_qwen_1140,
            english_voice: self.english_voice,
        }
    }
}

fn unknown_region(name: &str) -> String {
    let known = Region::ALL.map(Region::as_str).join(", ");
    format!("DASHSCOPE_REGION is {name:?}; set it to one of {known}")
}

/// One of the vendor's English voices; the first of them where none is set.
fn english_voice(name: &str) -> Result<&'static str, String> {
    if name.is_empty() {
        return Ok(Settings::default().english_voice);
    }
    let known = Settings::ENGLISH_VOICES;
    known
        .into_iter()
        .find(|voice| *voice == name)
        .ok_or_else(|| format!("SAMBERT_ENGLISH_VOICE is {name:?}; set it to one of {}", known.join(", ")))
}

/// `http://127.0.0.1:PORT` or `http://localhost:PORT`, nothing behind it.
fn is_loopback(url: &str) -> bool {
    let port = ["http://127.0.0.1:", "http://localhost:"].iter().find_map(|prefix| url.strip_prefix(prefix));
    port.is_some_and(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_upstream_is_taken_on_loopback_only() {
        for url in ["http://127.0.0.1:9000", "http://localhost:1"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in [
            "https://example.com",
            "http://127.0.0.1",
            "http://127.0.0.1:9000/x",
            "http://127.0.0.1:9000@evil.example",
            "http://127.0.0.1:99999",
            "http://localhost.evil.example:80",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }

    #[test]
    fn only_development_hurries() {
        let config = |hurry: &str, base_url: Option<&str>| Config {
            owner_code: "k7fq-m2xw-9dza".to_owned(),
            signing_key: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".to_owned(),
            region: Region::default(),
            workspace: None,
            base_url: base_url.map(str::to_owned),
            keep_qwen_1140: false,
            english_voice: Settings::ENGLISH_VOICES[0],
            keeps_results: true,
            waits: Waits::read(hurry).unwrap(),
            turnstile: None,
            access: None,
        };
        assert_eq!(config("", None).check(), Ok(()));
        assert_eq!(config("100", Some("http://127.0.0.1:9000")).check(), Ok(()));
        assert!(config("100", None).check().unwrap_err().contains("HURRY"));
    }
}
