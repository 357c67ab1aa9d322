//! From which site a call comes: this studio's own page, one that the setting `CORS_ORIGINS` names, or another one,
//! which is refused.
//!
//! A browser sends the cookie by itself, so a page of another site could act for whoever visits it. `SameSite=Strict`
//! keeps the cookie at home across sites, but not between the subdomains of one; `Origin` and `Sec-Fetch-Site`, which no
//! page can set, tell the rest. A program sends neither.

use studio_shared::route::{Access, IDEMPOTENCY_KEY};
use worker::{Env, Headers, Request, Response, Result as Platform, Url};

/// The setting.
const SETTING: &str = "CORS_ORIGINS";

/// What a listed origin's page may send beside what needs no leave.
const METHODS: &str = "GET, POST, PATCH, PUT, DELETE";

/// What its script may read beside what needs no leave.
const EXPOSED: &str =
    "content-disposition, content-range, retry-after, x-job-id, x-request-id, x-sample-rate";

/// How long a browser may remember the leave, in seconds.
const REMEMBERED: &str = "600";

/// The other sites whose pages may call `/api`, with a code and never with a cookie.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Origins(Vec<String>);

impl Origins {
    /// The setting of a deployment; none where it is not set.
    ///
    /// # Errors
    /// What to set, in one sentence.
    pub(crate) fn of(env: &Env) -> Result<Self, String> {
        Self::read(&env.var(SETTING).map(|var| var.to_string()).unwrap_or_default())
    }

    /// Reads exact origins, with commas between. `*` is none: whoever is meant is named.
    fn read(setting: &str) -> Result<Self, String> {
        let given = setting.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        let origins = given.map(|origin| if is_origin(origin) { Ok(origin.to_owned()) } else { Err(origin) });
        origins.collect::<Result<_, _>>().map(Self).map_err(|wrong| {
            format!(
                "{SETTING} holds {wrong:?}; set exact origins such as https://tool.example, with commas between"
            )
        })
    }

    fn hold(&self, origin: &str) -> bool {
        self.0.iter().any(|known| known == origin)
    }
}

/// An origin as browsers write it: scheme, host and port, nothing else.
fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let plain = !text.contains('*') && matches!(url.scheme(), "https" | "http");
        plain && url.origin().ascii_serialization() == text
    })
}

/// The method of a call by the name it came with. The library's own enumeration takes one that it does not know for GET.
pub(crate) fn method(request: &Request) -> String {
    request.inner().method()
}

/// What a call says of where it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    /// The studio's own origin, by the address that was called.
    own: String,
    method: String,
    origin: Option<String>,
    site: Option<String>,
    /// Whether it shows a code, which no browser sends by itself.
    with_code: bool,
    /// Whether the browser only asks for leave.
    asks: bool,
}

impl Visit {
    /// Reads a call's headers.
    pub(crate) fn of(request: &Request) -> Platform<Self> {
        let headers = request.headers();
        Ok(Self {
            own: request.url()?.origin().ascii_serialization(),
            method: method(request),
            origin: headers.get("origin")?,
            site: headers.get("sec-fetch-site")?,
            with_code: headers.has("authorization")?,
            asks: headers.has("access-control-request-method")?,
        })
    }

    /// The origin of another site's page, where it may read the answer.
    fn listed(&self, origins: &Origins) -> Option<&str> {
        self.origin.as_deref().filter(|origin| *origin != self.own && origins.hold(origin))
    }

    /// Whether a browser asks for leave to call from a listed origin.
    pub(crate) fn asks_for_leave(&self, origins: &Origins) -> bool {
        self.method == "OPTIONS" && self.asks && self.listed(origins).is_some()
    }

    /// Whether the call is refused, because another site's page makes it. A listed one may read what is public, and
    /// everything else with a code; it may not log a browser in.
    pub(crate) fn is_refused(&self, access: Access, origins: &Origins) -> bool {
        let reads = matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        if self.listed(origins).is_some() {
            let taken = self.with_code || (reads && access == Access::Public);
            return !taken;
        }
        let foreign = self.origin.as_ref().is_some_and(|origin| *origin != self.own);
        let beside = matches!(self.site.as_deref(), Some("cross-site" | "same-site"));
        foreign || (beside && !reads)
    }

    /// Says who may read the answer.
    pub(crate) fn mark(&self, headers: &Headers, origins: &Origins) -> Platform<()> {
        if origins.0.is_empty() {
            return Ok(());
        }
        headers.append("vary", "origin")?;
        if let Some(origin) = self.listed(origins) {
            headers.set("access-control-allow-origin", origin)?;
            headers.set("access-control-expose-headers", EXPOSED)?;
        }
        Ok(())
    }
}

/// The leave that a browser asks for before a call.
pub(crate) fn leave() -> Platform<Response> {
    let response = Response::empty()?.with_status(204);
    let headers = Headers::new();
    headers.set("access-control-allow-methods", METHODS)?;
    let taken = format!("authorization, content-type, {IDEMPOTENCY_KEY}, last-event-id, range");
    headers.set("access-control-allow-headers", &taken)?;
    headers.set("access-control-max-age", REMEMBERED)?;
    Ok(response.with_headers(headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://studio.example";
    const LISTED: &str = "https://tool.example";

    fn visit(method: &str, origin: Option<&str>, site: Option<&str>, with_code: bool) -> Visit {
        Visit {
            own: OWN.to_owned(),
            method: method.to_owned(),
            origin: origin.map(str::to_owned),
            site: site.map(str::to_owned),
            with_code,
            asks: true,
        }
    }

    fn listed() -> Origins {
        Origins::read(&format!("{LISTED}, http://127.0.0.1:8080")).unwrap()
    }

    #[test]
    fn only_exact_origins_are_taken() {
        assert_eq!(Origins::read(" "), Ok(Origins::default()));
        assert_eq!(listed().0, [LISTED, "http://127.0.0.1:8080"]);
        for wrong in [
            "*",
            "null",
            "tool.example",
            "https://tool.example/",
            "https://tool.example:443",
            "https://*.example",
            "https://Tool.example",
            "https://user@tool.example",
            "file:///x",
            "https://tool.example https://other.example",
        ] {
            assert!(Origins::read(wrong).unwrap_err().contains(SETTING), "{wrong}");
        }
    }

    #[test]
    fn the_studios_own_page_and_programs_are_let_in() {
        let none = Origins::default();
        for access in [Access::Public, Access::Member, Access::Owner] {
            for method in ["GET", "POST", "DELETE"] {
                for site in [None, Some("same-origin"), Some("none")] {
                    assert!(!visit(method, Some(OWN), site, false).is_refused(access, &none));
                    assert!(!visit(method, None, site, true).is_refused(access, &none));
                }
            }
            // A link from elsewhere, which brings no cookie.
            assert!(!visit("GET", None, Some("cross-site"), false).is_refused(access, &none));
        }
    }

    #[test]
    fn another_sites_page_is_refused_whatever_it_shows() {
        for origins in [Origins::default(), listed()] {
            for access in [Access::Public, Access::Member, Access::Owner] {
                for with_code in [false, true] {
                    for origin in ["https://evil.example", "null", "https://studio.example.evil.example", ""]
                    {
                        let from = visit("GET", Some(origin), None, with_code);
                        assert!(from.is_refused(access, &origins), "{origin}");
                        assert!(!from.asks_for_leave(&origins));
                    }
                    for site in ["cross-site", "same-site"] {
                        assert!(visit("POST", None, Some(site), with_code).is_refused(access, &origins));
                        assert!(
                            visit("DELETE", Some(OWN), Some(site), with_code).is_refused(access, &origins)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_listed_site_calls_with_a_code_and_reads_what_is_public() {
        let from = |method, with_code| visit(method, Some(LISTED), Some("cross-site"), with_code);
        assert!(!from("POST", true).is_refused(Access::Member, &listed()));
        assert!(!from("GET", false).is_refused(Access::Public, &listed()));
        assert!(from("GET", false).is_refused(Access::Member, &listed()), "a cookie counts for nothing");
        assert!(from("POST", false).is_refused(Access::Public, &listed()), "nobody is logged in from there");
        assert!(from("OPTIONS", false).asks_for_leave(&listed()));
        assert!(!visit("OPTIONS", Some(OWN), None, false).asks_for_leave(&listed()));
    }

    #[test]
    fn fuzz_origins() {
        let right = ["https://tool.example, http://127.0.0.1:8080", "https://a.example"];
        studio_fuzz::run(
            "origins",
            studio_fuzz::text(&right, &["*", "null", ",", "https://", ":443", "@", "/"]),
            |text| {
                let Ok(origins) = Origins::read(&text) else { return Ok(()) };
                for origin in &origins.0 {
                    let own = Url::parse(origin).map(|url| url.origin().ascii_serialization());
                    studio_fuzz::holds(
                        own.as_deref() == Ok(origin.as_str()) && !origin.contains('*'),
                        || origin.clone(),
                    )?;
                    studio_fuzz::holds(text.contains(origin.as_str()), || format!("{origin} of {text:?}"))?;
                }
                Ok(())
            },
        );
    }
}
