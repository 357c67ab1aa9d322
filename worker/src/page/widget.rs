//! What the page at which one logs in needs for Turnstile's widget: pure.
//!
//! Source: Cloudflare Turnstile, "Content Security Policy".

use studio_shared::session::TURNSTILE_META;

/// The header of a page's policy.
pub(super) const POLICY: &str = "content-security-policy";

/// Where script and frame of the widget come from.
const HOST: &str = "https://challenges.cloudflare.com";

/// The policy that lets the widget in beside what it allows already, and nothing else.
pub(super) fn allowed(policy: &str) -> String {
    let directives = policy.split(';').map(str::trim).filter(|directive| !directive.is_empty());
    let directives = directives.map(|directive| match directive.split(' ').next() {
        Some("script-src") => format!("{directive} {HOST}"),
        _ => directive.to_owned(),
    });
    let all: Vec<String> = directives.chain([format!("frame-src {HOST}")]).collect();
    all.join("; ")
}

/// The page, told the widget's key: letters, digits, hyphens and underscores, as the settings are checked for.
pub(super) fn told(html: &str, site_key: &str) -> String {
    let tag = format!("<meta name=\"{TURNSTILE_META}\" content=\"{site_key}\" />\n");
    html.replacen("</head>", &format!("{tag}</head>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widget_is_let_in_and_nothing_else() {
        let strict =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-x='; connect-src 'self'";
        assert_eq!(
            allowed(strict),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-x=' https://challenges.cloudflare.com; \
             connect-src 'self'; frame-src https://challenges.cloudflare.com"
        );
    }

    #[test]
    fn the_page_is_told_the_key_in_its_head() {
        let html = told("<html><head><title>x</title></head><body></head></body></html>", "0x4AAA-b_c");
        let expected = "<title>x</title><meta name=\"turnstile-site-key\" content=\"0x4AAA-b_c\" />\n</head><body></head>";
        assert!(html.contains(expected), "{html}");
    }
}
