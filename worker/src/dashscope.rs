//! The upstream client. Nothing else in the worker knows the vendor's paths or wire forms, and nothing else
//! reads its key.
//!
//! - [`endpoint`]: where the service is, and from where results may be fetched;
//! - [`image`], [`task`], [`fault`]: what is sent and what is read, as pure functions;
//! - [`client`]: the calls themselves.

mod client;
mod endpoint;
mod fault;
mod image;
mod key;
mod task;

pub(crate) use client::{Cancel, Client, Create, Fetched, Poll};
#[cfg(test)]
pub(crate) use fault::Fault;
pub(crate) use fault::answer_lost;
pub(crate) use task::{Item, Task, TaskStatus};
