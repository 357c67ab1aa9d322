//! The headers that keep an answer of `/api` from being run, framed or read by another site's page. What the static
//! files have in their place is written by the build (`xtask`, `build/headers.rs`).

use worker::{Headers, Result};

/// Of every answer.
const EVERY: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    // Browsers take it over https only.
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
];

/// Of every answer that does not bring a policy of its own: data, never a page.
const POLICY: (&str, &str) = (
    "content-security-policy",
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);

/// Sets them.
pub(crate) fn set(headers: &Headers) -> Result<()> {
    for (name, value) in EVERY {
        headers.set(name, value)?;
    }
    let (name, value) = POLICY;
    if !headers.has(name)? {
        headers.set(name, value)?;
    }
    Ok(())
}
