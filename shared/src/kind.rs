//! The five kinds of work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of work (`bailian-reference.md` §1 to §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 文生图, text to image.
    Image,
    /// 文生文, text generation.
    Text,
    /// 文生视频, text to video.
    Video,
    /// 语音合成, speech synthesis.
    Speech,
    /// 语音识别, recognition of a recorded file.
    Transcription,
}

impl Kind {
    /// All kinds, in the order of the reference page.
    pub const ALL: [Self; 5] = [Self::Image, Self::Text, Self::Video, Self::Speech, Self::Transcription];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Text => "text",
            Self::Video => "video",
            Self::Speech => "speech",
            Self::Transcription => "transcription",
        }
    }

    /// Calls that create work, per second and for the whole account. Image, text and video are the
    /// promise of `bailian-reference.md` §5, at or under what the live service takes; speech and
    /// transcription are the lowest figure of their models in `dashscope-api.md` §9.1.
    #[must_use]
    pub const fn per_second(self) -> u32 {
        match self {
            Self::Image => 2,
            Self::Video => 1,
            Self::Text | Self::Transcription => 10,
            Self::Speech => 3,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_30_the_references_limits_are_kept() {
        let limits = Kind::ALL.map(Kind::per_second);
        assert_eq!(limits[..3], [2, 10, 1], "image, text, video");
        assert!(limits.iter().all(|limit| *limit <= 20), "no live limit is lower (dashscope-api.md §9.1)");
    }

    #[test]
    fn each_kind_reads_back_from_its_name() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("picture".parse::<Kind>(), Err(UnknownKind));
    }
}
