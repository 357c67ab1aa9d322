//! The kinds of call that the vendor limits.

use serde::{Deserialize, Serialize};
use studio_shared::kind::Kind;

use super::window::Rate;

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
    /// Reading the list of tasks.
    List,
    /// Cancelling a task.
    Cancel,
}

impl Lane {
    /// All lanes, in the order of their variants.
    pub(super) const ALL: [Self; 8] = [
        Self::Image,
        Self::Text,
        Self::Video,
        Self::Speech,
        Self::Transcription,
        Self::Query,
        Self::List,
        Self::Cancel,
    ];

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

    /// The kind that is created; `None` where nothing is.
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Image => Some(Kind::Image),
            Self::Text => Some(Kind::Text),
            Self::Video => Some(Kind::Video),
            Self::Speech => Some(Kind::Speech),
            Self::Transcription => Some(Kind::Transcription),
            Self::Query | Self::List | Self::Cancel => None,
        }
    }

    /// The name in storage.
    pub(super) const fn as_str(self) -> &'static str {
        match (self.kind(), self) {
            (Some(kind), _) => kind.as_str(),
            (None, Self::List) => "list",
            (None, Self::Cancel) => "cancel",
            (None, _) => "query",
        }
    }

    /// The lane of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == name)
    }

    /// Calls a second: the kind's, and 20 for polls, lists and cancels (`dashscope-api.md` §2.1).
    pub(super) const fn rate(self) -> Rate {
        Rate::second(match self.kind() {
            Some(kind) => kind.per_second(),
            None => 20,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_have_the_rates_of_their_kinds_and_names() {
        for (place, lane) in Lane::ALL.into_iter().enumerate() {
            assert_eq!((Lane::from_name(lane.as_str()), lane as usize), (Some(lane), place));
        }
        let calls = Lane::ALL.map(|lane| lane.rate().calls);
        assert_eq!(calls, [2, 10, 1, 3, 10, 20, 20, 20]);
    }
}
