//! Data of one's own: everything of a member, page by page, and the same taken in by another studio. The bodies of
//! `/api/export` and `/api/import…`.
//!
//! A page is JSON, and whole by itself: jobs with their full texts, conversations, batches, settings. Media lie at
//! `/api/jobs/{id}/outputs/{n}` and go in by `/api/import/{id}/outputs/{n}`. Everything keeps its id, so a page that is taken in
//! twice changes nothing.

mod read;

use serde::{Deserialize, Serialize};

use crate::batch::Batch;
use crate::conversation::Conversation;
use crate::job::Job;

/// What a page says of its form.
pub const FORMAT: &str = "bailian-studio/1";

/// Longest body of `POST /api/import`, in bytes. Longer than any page: one job may hold a megabyte of text.
pub const IMPORT_CAP: usize = 6 * 1024 * 1024;

/// A page is ended when it is longer than this, in bytes.
pub const PAGE_BYTES: usize = 1024 * 1024;

/// Most conversations, batches and jobs of a page, together.
pub const PAGE_ITEMS: usize = 100;

/// A page of everything: the reply of `GET /api/export`, the body of `POST /api/import`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Export {
    /// [`FORMAT`].
    pub format: String,
    /// The member's settings; on the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// Conversations; before any job that is a turn of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversations: Vec<Conversation>,
    /// Batches; before any job that is an entry of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<Batch>,
    /// Jobs, oldest first, with their whole texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A member's own settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Settings {
    /// After so many days results are deleted; `None` keeps them for good.
    pub retention_days: Option<u32>,
}

/// What was taken in: the reply of `POST /api/import`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Imported {
    /// Conversations, batches and jobs that are new here.
    pub added: u32,
    /// Those that were here already, and stay as they are.
    pub known: u32,
    /// Jobs that had not ended when they were exported: they are left out.
    pub unfinished: u32,
    /// Results of the page's jobs whose bytes are still to be sent.
    pub missing: Vec<Missing>,
}

/// A result whose bytes are still to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Missing {
    /// The job.
    pub job: String,
    /// Which result.
    pub n: u32,
}
