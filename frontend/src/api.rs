//! The typed client of the worker's `/api`: one function a route, `studio_shared` types in and out.
//!
//! 1. [`Failure`]: the ways a call can bring no result;
//! 2. [`Client`]: who calls, in which language, and what happens when the session has ended;
//! 3. `session`, `members`, `jobs`, `batches`, `quote`, `spending`, `text`, `speech`, `upload`, `download`,
//!    `storage`, `shares`, `transfer`: the routes, as methods of the client;
//! 4. `body`, `sse`, `stream`: answers that are read while they come.

mod batches;
mod body;
mod client;
mod download;
mod failure;
mod jobs;
mod members;
mod quote;
mod send;
mod session;
mod shares;
mod shelf;
mod speech;
mod spending;
mod sse;
mod storage;
mod stream;
mod text;
mod transfer;
mod upload;

pub use batches::Sheet;
pub use client::{Client, Told};
pub use download::Download;
pub use failure::Failure;
pub use jobs::{JobQuery, output_address};
pub use shelf::Shelf;
pub use speech::SoundStream;
pub use spending::{everybodys_table_address, spend_table_address};
pub use text::TextStream;
pub use upload::Upload;
