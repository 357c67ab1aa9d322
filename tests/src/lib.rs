//! The running product, and what an end-to-end test does with it.
//!
//! [`Studio`] is a simulator and the built worker in the real Workers runtime, with storage of their own.
//! [`client`] talks to it as a browser or a script would, [`members`] are those beside the owner, [`session`] signs what
//! their browsers come with, [`live`] listens to its socket, [`talk`] to the stream of an answer, [`vendor`] looks at it
//! from the vendor's side and plants faults there, [`shares`] opens links, [`order`] makes requests that no other test
//! makes, [`recording`] files to upload, and [`record`] keeps every reply for the search that ends the tests.

// All of this is a test, also the helpers, which clippy does not take for one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod batches;
pub mod bucket;
pub mod client;
pub mod cloudflare;
pub mod jobs;
pub mod live;
pub mod members;
pub mod money;
pub mod order;
pub mod png;
pub mod record;
pub mod recording;
pub mod session;
pub mod setup;
pub mod shares;
pub mod sound;
pub mod speech;
pub mod studio;
pub mod talk;
pub mod vendor;
pub mod wait;

pub use client::{Answer, Client};
pub use order::{picture, text, unique};
pub use setup::Setup;
pub use speech::speech;
pub use studio::Studio;
pub use vendor::Vendor;
