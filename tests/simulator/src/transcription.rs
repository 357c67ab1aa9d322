//! Recordings turned into text (dashscope-api.md §6).

pub(crate) mod create;
pub mod document;
pub mod file;
pub mod models;
pub mod parameters;
mod words;
pub mod work;
