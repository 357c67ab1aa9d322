//! What is kept, and for how long: the reply of `GET` and the body of `PATCH /api/storage`.

use serde::{Deserialize, Serialize};

/// Longest time that results can be set to be kept, in days.
pub const LONGEST_RETENTION: u32 = 3650;

/// How long a deleted job can be brought back, in milliseconds.
pub const UNDO_MS: u64 = 10 * 60 * 1000;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Storage {
    /// Whether a bucket is bound: without one results live at the vendor only, for 24 hours.
    pub keeps_results: bool,
    /// Bytes of results and of uploaded recordings in the bucket.
    pub bytes: u64,
    /// How many those are.
    pub files: u64,
    /// After so many days results are deleted, their jobs stay; `None` keeps them for good.
    pub retention_days: Option<u32>,
}

/// The body of `PATCH /api/storage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StorageChange {
    /// 1 to [`LONGEST_RETENTION`]; `null` keeps results for good.
    pub retention_days: Option<u32>,
}
