//! Share links: a copy of what was chosen, readable without an account at `/s/{id}`. The bodies of `/api/shares…`.

mod read;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::job::{Answer, Output};
use crate::kind::Kind;
use crate::time::Timestamp;

/// Longest title, in characters.
pub const TITLE_CAP: usize = 100;

/// Shortest and longest password, in characters.
pub const PASSWORD: std::ops::RangeInclusive<usize> = 4..=100;

/// Most views that can be allowed.
pub const MOST_VIEWS: u32 = 1_000_000;

/// Most jobs in one share.
pub const MOST_ITEMS: usize = 100;

/// Most shares of a member that are not revoked.
pub const MOST_SHARES: u32 = 1_000;

/// Longest content of a share without its media, in bytes of JSON.
pub const CONTENT_CAP: usize = 1024 * 1024;

/// For so long what [`Shared::view`] says opens results, in milliseconds.
pub const VIEW_MS: u64 = 60 * 60 * 1000;

/// What the address of every share's page begins with.
const PAGES: &str = "/s/";

/// The address of a share's page, without the host.
#[must_use]
pub fn page(id: &str) -> String {
    format!("{PAGES}{id}")
}

/// The share that a page's address names; `None` where it is the address of no share's page.
#[must_use]
pub fn of_page(path: &str) -> Option<&str> {
    path.strip_prefix(PAGES).filter(|id| !id.is_empty() && !id.contains('/'))
}

/// Whether this can be the id of a share: 128 random bits in lower-case hexadecimal.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What of a job is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// What came out.
    #[default]
    Result,
    /// What came out, and with which settings.
    Both,
    /// The settings alone.
    Recipe,
}

impl Shown {
    /// Whether the results are shown.
    #[must_use]
    pub const fn results(self) -> bool {
        matches!(self, Self::Result | Self::Both)
    }

    /// Whether the settings are shown.
    #[must_use]
    pub const fn recipe(self) -> bool {
        matches!(self, Self::Both | Self::Recipe)
    }
}

/// One job that is shared, or some of its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// The job.
    pub job: String,
    /// Which of its results; absent is all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<u32>>,
}

/// The body of `POST /api/shares`: either `items` or `conversation`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct NewShare {
    /// The jobs, in the order they are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Chosen>,
    /// A conversation: its turns, from this last one back to the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Branch>,
    /// What is shown.
    pub shown: Shown,
    /// Title; may be empty.
    pub title: String,
    /// Whoever reads it has to give this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// When it ends; absent is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// How often it may be opened; absent is without limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub views: Option<u32>,
    /// Whether it offers a download.
    pub download: bool,
}

/// A branch of a conversation, by its last turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The conversation.
    pub id: String,
    /// The last turn that is shown: a job.
    pub last: String,
}

/// A share, as who made it sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Share {
    /// Unguessable; the address is `/s/{id}`.
    pub id: String,
    /// Title.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many jobs or turns it shows.
    pub items: u32,
    /// The kind of the first of them.
    pub kind: Kind,
    /// What is shown.
    pub shown: Shown,
    /// Whether a password is asked for.
    pub password: bool,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// How often it may be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u32>,
    /// How often it was opened.
    pub viewed: u32,
    /// Whether it offers a download.
    pub download: bool,
    /// Length of the copies that it holds, in bytes.
    pub bytes: u64,
}

/// A page of shares, newest first: the reply of `GET /api/shares`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ShareList {
    /// The shares.
    pub items: Vec<Share>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// The body of `PATCH /api/shares/{id}`: what is absent stays, `null` lifts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareChange {
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Another password.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<String>"))]
    pub password: Option<Option<String>>,
    /// When it ends.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Timestamp>"))]
    pub ends_at: Option<Option<Timestamp>>,
    /// How often it may be opened, over all.
    #[serde(default, with = "crate::json::some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<u32>"))]
    pub views: Option<Option<u32>>,
    /// Whether it offers a download.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download: Option<bool>,
}

/// What anybody is told of a share before it is opened, which does not count as a view: the reply of
/// `GET /api/shares/{id}`. A share that has ended, was revoked or never was is `NotFound`. With `?view=` it says whether that view is
/// still good, which it may be when the share was opened as often as it may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Door {
    /// Whether a password is asked for. The title is told only where none is.
    pub password: bool,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The body of `POST /api/shares/{id}/open`, which counts as a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Open {
    /// The password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// What is shared: the reply of `POST /api/shares/{id}/open`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Shared {
    /// Title.
    pub title: String,
    /// What is shown of each item.
    pub shown: Shown,
    /// Whether the items are turns of a conversation.
    pub conversation: bool,
    /// What was chosen.
    pub items: Vec<SharedItem>,
    /// Whether a download is offered.
    pub download: bool,
    /// For the bytes of the results: `/api/shares/{id}/outputs/{n}?view=…`; good for an hour.
    pub view: String,
}

/// One job of what is shared: a copy, and nothing else of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SharedItem {
    /// The kind of work.
    pub kind: Kind,
    /// The settings, where they are shown: the fields of a flat request, without what belongs to the member's own
    /// files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Map<String, Value>>,
    /// What the person said, in a conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// The results; each counts on over all items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Output>,
    /// The answer of a text job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Answer>,
}
