//! The upstream client. Nothing else in the worker knows the vendor's paths or wire forms, and nothing else
//! reads its key.
//!
//! - [`endpoint`]: where the service is, and from where results may be fetched;
//! - [`creation`]: which path, body and headers serve a call, by the model's protocol; the bodies are [`image`],
//!   [`video`], [`transcription`];
//! - [`task`], [`used`], [`fault`]: what is read, as pure functions;
//! - [`client`]: the calls themselves.

mod client;
mod creation;
mod endpoint;
mod fault;
mod image;
mod key;
mod task;
mod transcription;
mod used;
mod video;

/// Whether the deployment has a key for the vendor.
pub(crate) fn has_key(env: &worker::Env) -> bool {
    key::ApiKey::read(env).is_ok_and(|key| !key.is_empty())
}

pub(crate) use client::{Cancel, Client, Create, Fetched, Poll};
pub(crate) use creation::is_at_once;
#[cfg(test)]
pub(crate) use fault::Fault;
pub(crate) use fault::answer_lost;
pub(crate) use task::{Item, Task, TaskStatus};
