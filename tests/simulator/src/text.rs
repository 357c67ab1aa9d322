//! Text generation, native protocol (dashscope-api.md §3.1 to §3.3, §3.5).

pub(crate) mod answer;
pub(crate) mod compose;
pub(crate) mod create;
pub(crate) mod messages;
pub mod models;
pub(crate) mod parameters;
pub(crate) mod sse;
pub mod tokens;
mod words;
