//! Two walls of Cloudflare's that a deployment can switch on in front of its own: Turnstile, where somebody logs in with
//! a code, and Access, in front of everything that is not public. Neither says who somebody is; codes do.
//!
//! - [`turnstile`]: whether a token of the widget is good;
//! - [`access`]: whether a call has come through Access;
//! - [`client`]: the two addresses that are asked.
//!
//! Where one of them cannot be asked, nobody is let through: when in doubt, a wall stands.

pub(crate) mod access;
mod client;
pub(crate) mod turnstile;

pub(crate) use access::AccessWall;
pub(crate) use turnstile::Turnstile;
