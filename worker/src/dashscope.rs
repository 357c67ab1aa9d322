//! The upstream client. Nothing else in the worker knows the vendor's paths or wire forms, and nothing else
//! reads its key.
//!
//! - [`endpoint`]: where the service is, and from where results may be fetched;
//! - [`creation`]: which path, body and headers serve a call, by the model's protocol; the bodies are [`image`],
//!   [`video`], [`tts`], [`transcription`];
//! - [`task`], [`used`], [`transcript`], [`fault`], [`sse`]: what is read, as pure functions;
//! - [`upload`]: the form of the vendor's temporary store;
//! - [`speech`]: the conversation on the speech socket, as a pure machine; [`socket`] carries its frames;
//! - [`client`], [`document`], [`store`], [`list`]: the calls themselves; [`text`]: the call that is answered as a stream.

mod client;
mod creation;
mod document;
mod endpoint;
mod fault;
#[cfg(test)]
mod fuzz;
mod image;
mod key;
mod list;
mod socket;
mod speech;
mod sse;
mod store;
mod task;
mod text;
mod transcript;
mod transcription;
mod tts;
mod upload;
mod used;
mod video;

/// Whether the deployment has a key for the vendor.
pub(crate) fn has_key(env: &worker::Env) -> bool {
    key::ApiKey::read(env).is_ok_and(|key| !key.is_empty())
}

/// What is wrong with a region and a workspace in it, in one sentence.
pub(crate) fn check_region(
    region: studio_shared::catalogue::Region,
    workspace: Option<&str>,
) -> Result<(), String> {
    if let Some(id) = workspace.filter(|id| !endpoint::is_workspace(id)) {
        return Err(format!(
            "DASHSCOPE_WORKSPACE is {id:?}; set it to the workspace's id, such as llm-a1b2c3"
        ));
    }
    endpoint::host(region, workspace).map(drop).ok_or_else(|| {
        let region = region.as_str();
        format!(
            "the region {region} is reached by a workspace's host only; set DASHSCOPE_WORKSPACE to its id"
        )
    })
}

pub(crate) use client::{Cancel, Client, Create, Fetched, Poll};
pub(crate) use creation::is_at_once;
pub(crate) use document::Heard;
pub(crate) use fault::{Fault, answer_cut, answer_lost};
pub(crate) use list::{Listed, Query};
pub(crate) use socket::Audience;
pub(crate) use speech::Spoke;
pub(crate) use store::{NotStored, Recording};
pub(crate) use task::{Item, Task, TaskStatus};
pub(crate) use text::{Hangup, Step, TextStream};
pub(crate) use upload::{STORE_KEEPS_MS, too_large};
