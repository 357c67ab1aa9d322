//! What page and worker both know: the catalogue, the rules, the prices, the wire types.
//!
//! This crate knows no clock, no browser and no Workers API; it compiles natively and to WebAssembly
//! and does the same on both. Read it in this order:
//!
//! 1. [`kind`], [`size`], [`money`], [`time`], [`day`], [`words`]: the small values everything is made of;
//! 2. [`catalogue`]: every model with its parameters, ranges, defaults and prices, as data;
//! 3. [`request`]: what a person asked for, read from JSON and checked against the catalogue;
//! 4. [`live`]: the same in the form the live service takes, with a note for each difference;
//! 5. [`quote`], [`job`], [`batch`], [`budget`], [`spend`], [`storage`], [`usage`], [`conversation`], [`transcript`], [`mod@file`], [`event`], [`member`], [`share`], [`export`], [`session`], [`error`]:
//!    what crosses the wire of `/api`;
//! 6. [`route`], [`link`], [`manual`]: the addresses.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod batch;
pub mod budget;
pub mod catalogue;
pub mod conversation;
pub mod day;
pub mod error;
pub mod event;
pub mod export;
pub mod fault;
pub mod file;
#[cfg(test)]
mod fuzz;
pub mod job;
pub mod json;
pub mod kind;
pub mod link;
pub mod live;
pub mod manual;
pub mod member;
pub mod money;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod problem;
pub mod quote;
pub mod request;
pub mod route;
pub mod session;
pub mod share;
pub mod size;
pub mod spend;
pub mod storage;
pub mod time;
pub mod transcript;
pub mod usage;
pub mod words;
