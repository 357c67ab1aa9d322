//! The kinds of call that the vendor limits.

use serde::{Deserialize, Serialize};
use studio_shared::kind::Kind;

/// One kind of call with a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lane {
    /// Creating pictures.
    Image,
    /// Generating text.
    Text,
    /// Creating films.
    Video,
    /// Synthesising speech.
    Speech,
    /// Creating transcriptions.
    Transcription,
    /// Polling a task.
    Query,
}

impl Lane {
    pub(super) const ALL: [Self; 6] =
        [Self::Image, Self::Text, Self::Video, Self::Speech, Self::Transcription, Self::Query];

    /// The lane of a kind's creations.
    pub(crate) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Image => Self::Image,
            Kind::Text => Self::Text,
            Kind::Video => Self::Video,
            Kind::Speech => Self::Speech,
            Kind::Transcription => Self::Transcription,
        }
    }

    const fn kind(self) -> Option<Kind> {
        match self {
            Self::Image => Some(Kind::Image),
            Self::Text => Some(Kind::Text),
            Self::Video => Some(Kind::Video),
            Self::Speech => Some(Kind::Speech),
            Self::Transcription => Some(Kind::Transcription),
            Self::Query => None,
        }
    }

    /// The name in storage.
    pub(super) const fn as_str(self) -> &'static str {
        match self.kind() {
            Some(kind) => kind.as_str(),
            None => "query",
        }
    }

    /// The lane of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == name)
    }

    /// Calls per second: the kind's, and 20 for polls (`dashscope-api.md` §2.1).
    const fn per_second(self) -> u32 {
        match self.kind() {
            Some(kind) => kind.per_second(),
            None => 20,
        }
    }

    /// Milliseconds between two calls: 2 % more than the limit asks for, because the way to the vendor blurs the
    /// moments by some milliseconds, and a call that comes too soon costs the lane a second.
    pub(super) const fn interval_ms(self) -> u64 {
        1020_u64.div_ceil(self.per_second() as u64)
    }
}
