//! Set-up and daily commands: what `cargo xtask serve | test | build | bench` does.
//!
//! Read in this order: [`project`] (where things are), [`setup`] (tools, once a machine), [`build`]
//! (page and worker), [`stack`] (the running product, also for tests), [`serve`], [`check`] and
//! [`mod@bench`] (the commands), and the small parts they all use: [`process`], [`report`], [`interrupt`], [`text`].

pub mod bench;
pub mod build;
pub mod check;
pub mod cli;
pub mod interrupt;
pub mod openapi;
pub mod process;
pub mod project;
pub mod report;
pub mod serve;
pub mod setup;
pub mod stack;
pub mod text;
