//! Results as ZIP files, made by the page: the bytes of a file come from the worker and go into the archive as they
//! are, so that nothing large passes through the program's own memory.
//!
//! 1. `directory`: the bytes around the files, `names`: what files are called;
//! 2. `contents` and `index`: what is put beside the results, for programs and for people;
//! 3. `gather`: what belongs into which archive; all of these are pure;
//! 4. `archive`: fetches, counts, saves;
//! 5. `bundle` writes any files as an archive, to the disk where the browser can; `open` and `read` read one.

pub mod archive;
pub(crate) mod bundle;
pub(crate) mod contents;
pub(crate) mod directory;
pub(crate) mod gather;
pub(crate) mod index;
pub(crate) mod names;
pub(crate) mod open;
pub(crate) mod read;

pub use archive::{Archive, Lost, Saved, Step};
