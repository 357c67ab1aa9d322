//! Text-to-image: the classic protocol (dashscope-api.md §1.1 to §1.5), and the message protocol (§1.6).

pub mod create;
pub(crate) mod message;
pub mod models;
pub mod parameters;
pub mod size;
pub mod work;
