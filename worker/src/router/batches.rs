//! `/api/batches`.

mod file;
mod quote;

pub(super) use quote::quote;
