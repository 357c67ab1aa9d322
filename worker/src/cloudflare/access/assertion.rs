//! What an assertion of Access says, and whether that is for us: pure. It is a JSON Web Token (RFC 7519), signed with
//! RS256 (RFC 7518 §3.3); no other algorithm is read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use studio_shared::time::Timestamp;

/// Longest assertion, in bytes: cookies and headers are no longer either.
const LONGEST: usize = 16 * 1024;

/// Access's clock may be so many milliseconds ahead of this one.
const AHEAD_MS: u64 = 30_000;

/// An assertion whose signature nobody has looked at yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Assertion<'a> {
    /// What is signed.
    pub(super) signed: &'a str,
    /// The signature.
    pub(super) signature: Vec<u8>,
    /// Which key it says it is signed with.
    pub(super) key_id: String,
    /// What it says.
    pub(super) claims: Claims,
}

/// What is read of an assertion's head. A critical extension (RFC 7515 §4.1.11) would have to be understood; none is.
#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: String,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// What is read of what it says; moments are in seconds since 1970.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Claims {
    /// By whom.
    iss: String,
    /// For which application.
    aud: Audience,
    /// Until when.
    exp: u64,
    /// From when on.
    #[serde(default)]
    nbf: Option<u64>,
}

/// One application, as for a service's token, or several.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl<'a> Assertion<'a> {
    /// Reads the three parts; `None` for whatever is no assertion that could be signed with RS256.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (head, claims) = signed.split_once('.')?;
        let head: Head = part(head)?;
        if head.alg != "RS256" || head.crit.is_some() {
            return None;
        }
        let signature = bytes(signature).filter(|signature| !signature.is_empty())?;
        Some(Self { signed, signature, key_id: head.kid, claims: part(claims)? })
    }
}

impl Claims {
    /// Whether it was made by this team's Access, for this application, and holds now.
    pub(super) fn hold(&self, domain: &str, audience: &str, now: Timestamp) -> bool {
        let is_for_us = match &self.aud {
            Audience::One(one) => one == audience,
            Audience::Several(several) => several.iter().any(|one| one == audience),
        };
        let moment = |seconds: u64| Timestamp::from_ms(seconds.saturating_mul(1000));
        let has_begun = self.nbf.is_none_or(|begin| moment(begin) <= now.after(AHEAD_MS));
        let by_team = self.iss.strip_prefix("https://").is_some_and(|by| by == domain);
        by_team && is_for_us && has_begun && now < moment(self.exp)
    }
}

/// One part: JSON in Base64 (RFC 4648 §5) without padding, a name at most once.
fn part<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&bytes(text)?).ok()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TEAM: &str = "my-team.cloudflareaccess.com";
    const TAG: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_ms(seconds * 1000)
    }

    fn head() -> Value {
        json!({"alg": "RS256", "kid": "k1", "typ": "JWT"})
    }

    fn claims() -> Value {
        json!({"aud": [TAG], "email": "user@example.com", "exp": 2000, "iat": 1000, "nbf": 1000,
               "iss": format!("https://{TEAM}"), "type": "app", "identity_nonce": "6ei69kawdKzMIAPF",
               "sub": "7335d417-61da-459d-899c-0a01c76a2f94", "country": "US"})
    }

    fn written(head: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.{}", part(head), part(claims), URL_SAFE_NO_PAD.encode("signature"))
    }

    fn holds(change: impl FnOnce(&mut Value), now: u64) -> bool {
        let mut claims = claims();
        change(&mut claims);
        let text = written(&head(), &claims);
        Assertion::read(&text).is_some_and(|assertion| assertion.claims.hold(TEAM, TAG, at(now)))
    }

    #[test]
    fn an_assertion_is_read_part_by_part() {
        let text = written(&head(), &claims());
        let assertion = Assertion::read(&text).unwrap();
        assert_eq!(
            (assertion.key_id.as_str(), assertion.signature.as_slice()),
            ("k1", b"signature".as_slice())
        );
        assert_eq!(assertion.signed, text.rsplit_once('.').unwrap().0);
    }

    #[test]
    fn it_holds_for_this_application_of_this_team_in_its_time() {
        assert!(holds(|_| {}, 1500));
        assert!(holds(|claims| claims["aud"] = json!(TAG), 1500), "as in a service's token");
        assert!(holds(|claims| claims["aud"] = json!(["another", TAG]), 1500));
        assert!(holds(|claims| drop(claims.as_object_mut().unwrap().remove("nbf")), 1));
        assert!(holds(|_| {}, 970) && !holds(|_| {}, 969), "thirty seconds of another clock");
        assert!(holds(|_| {}, 1999) && !holds(|_| {}, 2000));
        for wrong in
            [json!([]), json!(""), json!(["another"]), json!([format!("{TAG} ")]), json!({}), json!(null)]
        {
            assert!(!holds(|claims| claims["aud"] = wrong.clone(), 1500), "{wrong}");
        }
        for wrong in [
            TEAM.to_owned(),
            format!("http://{TEAM}"),
            format!("https://{TEAM}/"),
            "https://other.cloudflareaccess.com".to_owned(),
            String::new(),
        ] {
            assert!(!holds(|claims| claims["iss"] = json!(wrong), 1500), "{wrong}");
        }
        for wrong in [json!(null), json!("2000"), json!(-1), json!(1e30)] {
            assert!(!holds(|claims| claims["exp"] = wrong.clone(), 1500), "{wrong}");
        }
    }

    #[test]
    fn no_other_algorithm_and_no_extension_is_read() {
        for alg in ["none", "None", "HS256", "RS512", "rs256", "ES256", ""] {
            let mut head = head();
            head["alg"] = json!(alg);
            assert_eq!(Assertion::read(&written(&head, &claims())), None, "{alg}");
        }
        let critical = json!({"alg": "RS256", "kid": "k1", "crit": ["b64"]});
        assert_eq!(Assertion::read(&written(&critical, &claims())), None);
        assert_eq!(Assertion::read(&written(&json!({"alg": "RS256"}), &claims())), None, "no key is named");
    }

    #[test]
    fn what_is_no_assertion_is_none() {
        let right = written(&head(), &claims());
        let unsigned = format!("{}.", right.rsplit_once('.').unwrap().0);
        let padded = format!("{right}=");
        let twice = format!(
            "{}.{}.AA",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"none","alg":"RS256","kid":"k1"}"#),
            URL_SAFE_NO_PAD.encode(claims().to_string())
        );
        let long = format!("{}{right}", "A".repeat(LONGEST));
        for wrong in ["", ".", "..", "a.b.c", "…", right.trim_end_matches('A').rsplit_once('.').unwrap().0]
        {
            assert_eq!(Assertion::read(wrong), None, "{wrong}");
        }
        for wrong in [unsigned, padded, twice, long, format!("x.{right}")] {
            assert_eq!(Assertion::read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn fuzz_access_assertions() {
        let right = written(&head(), &claims());
        let other = written(&json!({"alg": "none"}), &json!({"aud": TAG, "iss": TEAM, "exp": 9}));
        let pieces = [".", "=", "eyJhbGciOiJub25lIn0", "AAAA", "\0", "…"];
        studio_fuzz::run("access assertions", studio_fuzz::text(&[&right, &other], &pieces), |text| {
            let Some(assertion) = Assertion::read(&text) else { return Ok(()) };
            let whole = format!("{}.{}", assertion.signed, URL_SAFE_NO_PAD.encode(&assertion.signature));
            studio_fuzz::holds(whole == text, || format!("{text:?} is not what was read"))?;
            // What holds names the team, the application and a time to come, whatever else was changed.
            let holds = assertion.claims.hold(TEAM, TAG, at(1500));
            let named = assertion.claims.iss.ends_with(TEAM) && assertion.claims.exp > 1500;
            studio_fuzz::holds(!holds || named, || format!("{:?} holds", assertion.claims))
        });
    }
}
