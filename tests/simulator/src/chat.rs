//! The OpenAI-compatible path (dashscope-api.md §3.4): the same answers in another form.

pub(crate) mod create;
pub(crate) mod nested;
pub(crate) mod sse;
