//! Cloudflare Access: whether a call has come through it. A second wall and not who somebody is: that the code says, as
//! everywhere.
//!
//! Access puts a signed assertion into a header of every call that it lets through. A call that reaches the worker by
//! another way, at its `workers.dev` address for instance, has none, so it is looked at here and not only at the edge.
//!
//! - [`assertion`]: what an assertion says, and whether that is for us (pure);
//! - [`keys`]: which keys are known, and when they are fetched (pure);
//! - [`signature`]: whether it is signed with one of them.
//!
//! Source: Cloudflare Access, "Validate JWTs" and "Application token".

mod assertion;
mod keys;
mod signature;

use std::cell::RefCell;

use studio_shared::route::Action;
use studio_shared::time::Timestamp;

use super::client::{self, Service};
use crate::reply::Refusal;
use assertion::Assertion;
use keys::{Jwk, Keys, Next};

/// The header that holds the assertion. Access takes it away from what a caller sends.
const ASSERTION: &str = "cf-access-jwt-assertion";

/// What a team's domain ends with.
const OF_CLOUDFLARE: &str = ".cloudflareaccess.com";

thread_local! {
    /// The keys, as long as this isolate lives. The settings do not change meanwhile.
    static KEPT: RefCell<Option<Keys>> = const { RefCell::new(None) };
}

/// Access, switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccessWall {
    /// The team's domain.
    domain: String,
    /// The application's audience tag.
    audience: String,
}

impl AccessWall {
    /// Reads the settings; nothing where neither is set.
    ///
    /// # Errors
    /// What to set, in one sentence.
    pub(crate) fn read(domain: &str, audience: &str) -> Result<Option<Self>, String> {
        match (domain.trim(), audience.trim()) {
            ("", "") => Ok(None),
            ("", _) => Err("ACCESS_AUD is set without ACCESS_TEAM_DOMAIN; set that to the team's domain, \
                            such as name.cloudflareaccess.com, or remove ACCESS_AUD"
                .to_owned()),
            (_, "") => {
                Err("ACCESS_TEAM_DOMAIN is set without ACCESS_AUD; set that to the application's audience \
                            tag, or remove ACCESS_TEAM_DOMAIN"
                    .to_owned())
            }
            (domain, _) if !is_teams(domain) => Err(format!(
                "ACCESS_TEAM_DOMAIN is {domain:?}; set it to the team's domain alone, such as name.cloudflareaccess.com"
            )),
            (_, audience) if !is_tag(audience) => Err(format!(
                "ACCESS_AUD is {audience:?}; set it to the application's audience tag, 64 letters and digits"
            )),
            (domain, audience) => Ok(Some(Self { domain: domain.to_owned(), audience: audience.to_owned() })),
        }
    }

    /// Whether a call has come through Access.
    ///
    /// # Errors
    /// 403 where it has not, or where that is over; 503 where the team's keys cannot be had.
    pub(crate) async fn check(
        &self,
        headers: &worker::Headers,
        simulator: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let given = headers.get(ASSERTION)?.unwrap_or_default();
        let assertion = Assertion::read(&given).ok_or_else(Refusal::access_needed)?;
        if !assertion.claims.hold(&self.domain, &self.audience, now) {
            return Err(Refusal::access_needed());
        }
        let key = self.key(&assertion.key_id, simulator, now).await?;
        let is_signed = signature::is_by(&key, assertion.signed, &assertion.signature).await?;
        if is_signed { Ok(()) } else { Err(Refusal::access_needed()) }
    }

    /// The key of that id, fetched where that is due.
    async fn key(&self, id: &str, simulator: Option<&str>, now: Timestamp) -> Result<Jwk, Refusal> {
        let next = || KEPT.with_borrow(|kept| keys::next(kept.as_ref(), id, now));
        match next() {
            Next::Take(key) => return Ok(key),
            Next::Unknown => return Err(Refusal::access_needed()),
            Next::Fetch => {}
        }
        // Noted first: a crowd with made-up ids fetches once.
        KEPT.with_borrow_mut(|kept| {
            if let Some(kept) = kept {
                kept.asked = now;
            }
        });
        let answer = client::ask(&Service::Certs(&self.domain).address(simulator), None).await;
        let fetched = answer.and_then(|answer| {
            Keys::read(&answer, now).ok_or_else(|| "the answer holds no key that can be used".to_owned())
        });
        match fetched {
            Ok(keys) => KEPT.set(Some(keys)),
            Err(why) => {
                crate::log::event("access_unreachable", &why);
                return Err(Refusal::access_unreachable());
            }
        }
        match next() {
            Next::Take(key) => Ok(key),
            Next::Unknown | Next::Fetch => Err(Refusal::access_needed()),
        }
    }
}

/// Whether a route stands in front of the wall: what anybody may read, with or without a link. Logging in and out does not.
pub(crate) const fn is_outside(action: Action) -> bool {
    matches!(
        action,
        Action::Health
            | Action::Catalogue
            | Action::OpenApi
            | Action::ReadShare
            | Action::OpenShare
            | Action::ReadSharedOutput
            | Action::PreviewShare
    )
}

/// One label of letters, digits and hyphens before Cloudflare's own. It becomes the host that is asked for keys.
fn is_teams(domain: &str) -> bool {
    domain.strip_suffix(OF_CLOUDFLARE).is_some_and(|team| {
        let plain = team.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && (1..=63).contains(&team.len()) && !team.starts_with('-') && !team.ends_with('-')
    })
}

fn is_tag(audience: &str) -> bool {
    (16..=128).contains(&audience.len()) && audience.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use studio_shared::route::{Access, ROUTES};

    use super::*;

    const TAG: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";

    #[test]
    fn half_a_setting_is_refused_with_what_to_set() {
        assert_eq!(AccessWall::read("", " "), Ok(None));
        let wall = AccessWall::read("my-team.cloudflareaccess.com", TAG).unwrap().unwrap();
        assert_eq!((wall.domain.as_str(), wall.audience.as_str()), ("my-team.cloudflareaccess.com", TAG));
        assert!(AccessWall::read("", TAG).unwrap_err().contains("ACCESS_TEAM_DOMAIN; set that to"));
        let half = AccessWall::read("my-team.cloudflareaccess.com", "").unwrap_err();
        assert!(half.contains("ACCESS_AUD; set that to"), "{half}");
        assert!(
            AccessWall::read("my-team.cloudflareaccess.com", "a tag").unwrap_err().contains("ACCESS_AUD")
        );
    }

    #[test]
    fn keys_are_asked_for_at_a_teams_own_host_only() {
        for wrong in [
            "https://my-team.cloudflareaccess.com",
            "my-team.cloudflareaccess.com/",
            "my-team.cloudflareaccess.com:8443",
            "a.b.cloudflareaccess.com",
            "evil.example/.cloudflareaccess.com",
            "evil.example#.cloudflareaccess.com",
            "user@x.cloudflareaccess.com",
            ".cloudflareaccess.com",
            "-x.cloudflareaccess.com",
            "cloudflareaccess.com",
            "my-team.cloudflareaccess.com.evil.example",
            "my-team.example",
            "团队.cloudflareaccess.com",
        ] {
            assert!(AccessWall::read(wrong, TAG).unwrap_err().contains("ACCESS_TEAM_DOMAIN"), "{wrong}");
        }
    }

    #[test]
    fn only_what_is_public_and_no_login_stands_outside() {
        for route in &ROUTES {
            let is_login = matches!(route.action, Action::LogIn | Action::LogOut);
            let expected = route.access == Access::Public && !is_login;
            assert_eq!(is_outside(route.action), expected, "{}", route.path);
        }
    }
}
