//! Text-to-image, the classic protocol (dashscope-api.md §1.1 to §1.5).

pub mod create;
pub mod models;
pub mod parameters;
pub mod size;
pub mod work;
