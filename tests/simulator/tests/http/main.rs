//! The simulator as its callers meet it: a server on a free loopback port, talked to over HTTP.

// All of this is a test, also the helpers, which clippy does not take for one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::needless_pass_by_value)]

mod chat;
mod control;
mod creation;
mod faults;
mod ledger;
mod message;
mod results;
mod speech;
mod support;
mod tasks;
mod text;
mod transcription;
mod tts;
mod upload;
mod video;
