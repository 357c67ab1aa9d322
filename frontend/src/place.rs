//! Addresses of the pages, by what is made there.

use studio_shared::kind::Kind;
use studio_shared::link;
use studio_shared::request::Request;

/// Where work of a kind is asked for.
#[must_use]
pub const fn of(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "/",
        Kind::Text => "/chat",
        Kind::Video => "/video",
        Kind::Speech => "/speech",
        Kind::Transcription => "/transcribe",
    }
}

/// The address that opens a form filled with the settings of `request`.
#[must_use]
pub fn recipe(request: &Request) -> String {
    format!("{}#{}", of(request.kind()), link::write(request))
}
