//! Turnstile: whether whoever logs in with a code has a browser that Cloudflare takes for a person's.
//!
//! The page at `/login` gets a token from Cloudflare's widget and sends it with the code; here Cloudflare is asked about it
//! (`siteverify`), once: a token holds for one question and for five minutes. It is asked before the code is looked at, so
//! that without a token no code can be tried; the counting of wrong codes goes on behind it as ever.
//!
//! Source: Cloudflare Turnstile, "Validate the token" and "Testing".

use serde::Deserialize;
use serde_json::{Value, json};
use studio_shared::session::TURNSTILE_ACTION;

use super::client::{self, Service};
use crate::reply::Refusal;

/// Longest token, in bytes.
const LONGEST: usize = 2048;

/// The secrets that Cloudflare publishes for tests: always passes, always fails, "used before".
const TEST_SECRETS: [&str; 3] = [
    "1x0000000000000000000000000000000AA",
    "2x0000000000000000000000000000000AA",
    "3x0000000000000000000000000000000AA",
];

/// Turnstile, switched on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Turnstile {
    /// The widget's key, which everybody may know.
    pub(crate) site_key: String,
    /// What Cloudflare is asked with.
    secret: String,
}

impl Turnstile {
    /// Reads the settings; nothing where neither is set. `in_development` allows the secrets that are published for tests.
    ///
    /// # Errors
    /// What to set, in one sentence.
    pub(crate) fn read(site_key: &str, secret: &str, in_development: bool) -> Result<Option<Self>, String> {
        let plain = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        match (site_key.trim(), secret.trim()) {
            ("", "") => Ok(None),
            ("", _) => Err("the secret TURNSTILE_SECRET_KEY is set without TURNSTILE_SITE_KEY; set the variable \
                            TURNSTILE_SITE_KEY to the widget's site key, or remove the secret"
                .to_owned()),
            (_, "") => Err("TURNSTILE_SITE_KEY is set without the secret TURNSTILE_SECRET_KEY; set it to the widget's \
                            secret key, or remove TURNSTILE_SITE_KEY"
                .to_owned()),
            (site_key, _) if !plain(site_key) => {
                Err(format!("TURNSTILE_SITE_KEY is {site_key:?}; set it to the widget's site key, such as 0x4AAA…"))
            }
            (_, secret) if !in_development && TEST_SECRETS.contains(&secret) => {
                Err("the secret TURNSTILE_SECRET_KEY is one that Cloudflare publishes for tests; set it to the secret \
                     key of a widget of your own"
                    .to_owned())
            }
            (site_key, secret) => Ok(Some(Self { site_key: site_key.to_owned(), secret: secret.to_owned() })),
        }
    }

    fn is_test(&self) -> bool {
        TEST_SECRETS.contains(&self.secret.as_str())
    }

    /// Asks Cloudflare about the token that came with a login at `host`, from `address`.
    ///
    /// # Errors
    /// 403 where there is no token or it does not hold, 503 where Cloudflare does not say.
    pub(crate) async fn check(
        &self,
        token: Option<&str>,
        host: &str,
        address: Option<&str>,
        simulator: Option<&str>,
    ) -> Result<(), Refusal> {
        let token = token.map(str::trim).filter(|token| !token.is_empty());
        let token = token.ok_or_else(Refusal::turnstile_needed)?;
        if token.len() > LONGEST {
            return Err(Refusal::turnstile_refused());
        }
        let mut question = json!({"secret": self.secret, "response": token});
        if let (Some(address), Some(question)) = (address, question.as_object_mut()) {
            question.insert("remoteip".to_owned(), Value::from(address));
        }
        let answer = client::ask(&Service::Siteverify.address(simulator), Some(&question)).await;
        let expected = (!self.is_test()).then_some(host);
        let verdict = answer.and_then(|answer| Answer::read(answer).map(|answer| answer.verdict(expected)));
        match verdict {
            Ok(Verdict::Good) => Ok(()),
            Ok(Verdict::Bad) => Err(Refusal::turnstile_refused()),
            Ok(Verdict::WrongSecret) => Err(Refusal::misconfigured(
                "Cloudflare does not know the secret TURNSTILE_SECRET_KEY; set it to the widget's secret key",
            )),
            Ok(Verdict::Unsaid) => Err(Refusal::turnstile_unreachable()),
            Err(why) => {
                crate::log::event("turnstile_unreachable", &why);
                Err(Refusal::turnstile_unreachable())
            }
        }
    }
}

/// What Cloudflare says about a token.
#[derive(Debug, Deserialize)]
struct Answer {
    success: bool,
    #[serde(default, rename = "error-codes")]
    errors: Vec<String>,
    /// Where the widget stood.
    #[serde(default)]
    hostname: Option<String>,
    /// What for.
    #[serde(default)]
    action: Option<String>,
}

/// What follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Let them try their code.
    Good,
    /// Used before, too old, of another widget, or never given.
    Bad,
    /// The deployment's secret is no widget's.
    WrongSecret,
    /// Cloudflare itself is at fault.
    Unsaid,
}

impl Answer {
    fn read(answer: Value) -> Result<Self, String> {
        serde_json::from_value(answer).map_err(|_| "the answer is in no form that is known".to_owned())
    }

    /// Where a host is expected, the widget must have stood there, for logging in: a token of another page with the same
    /// widget is none of ours. With the secrets for tests Cloudflare answers an example in place of both.
    fn verdict(&self, host: Option<&str>) -> Verdict {
        let says = |code: &str| self.errors.iter().any(|error| error == code);
        if says("invalid-input-secret") || says("missing-input-secret") {
            return Verdict::WrongSecret;
        }
        if says("internal-error") {
            return Verdict::Unsaid;
        }
        let is_ours = host.is_none_or(|host| {
            let stood = self.hostname.as_deref().is_some_and(|stood| stood.eq_ignore_ascii_case(host));
            stood && self.action.as_deref() == Some(TURNSTILE_ACTION)
        });
        if self.success && self.errors.is_empty() && is_ours { Verdict::Good } else { Verdict::Bad }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(answer: &Value, host: Option<&str>) -> Verdict {
        Answer::read(answer.clone()).unwrap().verdict(host)
    }

    #[test]
    fn half_a_setting_is_refused_with_what_to_set() {
        let read = |site_key, secret, in_development| {
            Turnstile::read(site_key, secret, in_development).map(|read| read.map(|it| it.site_key))
        };
        assert_eq!(read("", " ", false), Ok(None));
        assert_eq!(read("0x4AAA-b_c", "0x4AAAsecret", false), Ok(Some("0x4AAA-b_c".to_owned())));
        assert!(read("0x4AAA", "", false).unwrap_err().contains("set it to the widget's secret key"));
        assert!(read("", "0x4AAAsecret", false).unwrap_err().contains("set the variable TURNSTILE_SITE_KEY"));
        assert!(read("\"><script>", "s", false).unwrap_err().contains("TURNSTILE_SITE_KEY"));
        for secret in TEST_SECRETS {
            assert!(read("1x00000000000000000000AA", secret, false).unwrap_err().contains("for tests"));
            assert!(read("1x00000000000000000000AA", secret, true).unwrap().is_some());
        }
    }

    #[test]
    fn a_token_is_good_at_its_own_place_and_for_logging_in_only() {
        let answer = |host: &str, action: &str| {
            json!({"success": true, "challenge_ts": "2026-11-23T04:00:00.000Z", "hostname": host,
                   "error-codes": [], "action": action, "cdata": ""})
        };
        let ours = Some("studio.example");
        assert_eq!(verdict(&answer("Studio.example", "login"), ours), Verdict::Good);
        for (host, action) in
            [("evil.example", "login"), ("studio.example", "comment"), ("studio.example", "")]
        {
            assert_eq!(verdict(&answer(host, action), ours), Verdict::Bad, "{host} {action}");
        }
        let bare = json!({"success": true, "error-codes": []});
        assert_eq!((verdict(&bare, ours), verdict(&bare, None)), (Verdict::Bad, Verdict::Good));
    }

    #[test]
    fn what_cloudflare_refuses_is_told_apart_from_what_it_cannot_say() {
        let answer = |error: &str| json!({"success": false, "error-codes": [error]});
        for error in
            ["timeout-or-duplicate", "invalid-input-response", "missing-input-response", "bad-request"]
        {
            assert_eq!(verdict(&answer(error), None), Verdict::Bad, "{error}");
        }
        assert_eq!(verdict(&answer("invalid-input-secret"), None), Verdict::WrongSecret);
        assert_eq!(verdict(&answer("internal-error"), None), Verdict::Unsaid);
        // Whatever else says no says no.
        assert_eq!(verdict(&json!({"success": false}), None), Verdict::Bad);
        assert_eq!(
            verdict(&json!({"success": true, "error-codes": ["timeout-or-duplicate"]}), None),
            Verdict::Bad
        );
        for other in
            [json!(null), json!([]), json!({"success": "true"}), json!({"success": true, "error-codes": "x"})]
        {
            assert!(Answer::read(other).is_err());
        }
    }
}
