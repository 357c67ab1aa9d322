//! Speech from text (dashscope-api.md §5).

pub(crate) mod http;
pub(crate) mod message;
pub mod mp3;
pub mod parameters;
pub(crate) mod performance;
pub(crate) mod session;
pub(crate) mod socket;
pub mod sound;
pub mod synth;
pub mod voices;
