#![doc = include_str!("../README.md")]

pub mod beijing;
mod call;
pub mod catalogue;
pub mod clock;
mod config;
mod control;
pub mod endpoint;
mod exchange;
pub mod fault;
pub mod figures;
pub mod gate;
mod given;
pub mod image;
pub mod limiter;
pub mod models;
pub mod picture;
pub mod rates;
pub mod refusal;
pub mod region;
mod reply;
mod result;
mod routes;
mod server;
pub mod settings;
pub mod signer;
pub mod stream;
pub mod task;
pub mod text;
mod torn;
pub mod trigger;
pub mod video;
mod world;

pub use call::BODY_LIMIT;
pub use config::Options;
pub use region::Region;
pub use server::Simulator;
