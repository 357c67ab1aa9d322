//! What is measured against the built worker in the real runtime: each figure as a ratio against a named peer of the
//! same run. `cargo xtask bench` runs it; nothing here is a test.

// As in a test, what cannot be measured ends the run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod many_jobs;

fn main() {
    tokio::runtime::Runtime::new().unwrap().block_on(many_jobs::run());
}
