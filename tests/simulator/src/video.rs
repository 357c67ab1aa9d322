//! Text-to-video (dashscope-api.md §4).

pub mod create;
pub mod film;
pub mod models;
pub mod parameters;
pub mod stretch;
pub mod work;
