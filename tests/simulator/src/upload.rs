//! Local files on their way to a temporary `oss://` address (dashscope-api.md §7).

pub(crate) mod form;
pub(crate) mod policy;
pub mod probe;
pub(crate) mod receive;
pub mod store;
