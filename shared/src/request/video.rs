//! A request for a film (`bailian-reference.md` §3).

use serde::{Deserialize, Serialize};

use super::check::Checked;
use crate::catalogue::video::tier;
use crate::catalogue::{Model, Protocol, Tier};
use crate::size::Size;

/// A checked request for a film, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct VideoRequest {
    /// The model's name as the person wrote it.
    pub model: String,
    /// What the film should show.
    pub prompt: String,
    /// What it should not show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    /// How large it is.
    #[serde(flatten)]
    pub frame: Frame,
    /// Seconds, as asked for.
    pub duration: u32,
    /// Frames a second, as asked for; the reference page's models only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<u32>,
    /// `single` or `multi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shot_type: Option<String>,
    /// The address of a sound track, which the vendor opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_url: Option<String>,
    /// Whether a model rewrites the prompt first.
    pub prompt_extend: bool,
    /// Whether a mark is drawn.
    pub watermark: bool,
    /// 0 to 2147483647; random when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
}

/// How large a film is, in the words it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Frame {
    /// By lines and ratio.
    Tier {
        /// `720P` or `1080P`.
        resolution: String,
        /// Such as `16:9`.
        ratio: String,
    },
    /// In pixels, in the reference page's words.
    Resolution {
        /// Width and height.
        resolution: Size,
    },
    /// In pixels, in the live service's words.
    Size {
        /// Width and height.
        size: Size,
    },
}

impl Frame {
    /// Width and height, where it is in pixels.
    #[must_use]
    pub const fn size(&self) -> Option<Size> {
        match self {
            Self::Resolution { resolution: size } | Self::Size { size } => Some(*size),
            Self::Tier { .. } => None,
        }
    }
}

impl VideoRequest {
    pub(super) fn from_checked(model: &Model, checked: &Checked) -> Self {
        let frame = match (model.protocol, checked.size("size"), checked.size("resolution")) {
            (Protocol::VideoTier, ..) => Frame::Tier {
                resolution: checked.text("resolution").unwrap_or_default(),
                ratio: checked.text("ratio").unwrap_or_default(),
            },
            (_, Some(size), None) => Frame::Size { size },
            (_, Some(size), _) if !checked.has("resolution") => Frame::Size { size },
            (_, _, resolution) => {
                Frame::Resolution { resolution: resolution.unwrap_or(Size::new(1280, 720)) }
            }
        };
        Self {
            model: model.id.to_owned(),
            prompt: checked.text("prompt").unwrap_or_default(),
            negative_prompt: checked.text("negative_prompt").filter(|text| !text.trim().is_empty()),
            frame,
            duration: checked.count("duration").unwrap_or(5),
            fps: checked.count("fps"),
            shot_type: checked.text("shot_type"),
            audio_url: checked.text("audio_url"),
            prompt_extend: checked.switch("prompt_extend"),
            watermark: checked.switch("watermark"),
            seed: checked.count("seed"),
        }
    }

    /// Seconds that are made and billed: some models make films of one length only.
    #[must_use]
    pub const fn seconds(&self, model: &Model) -> u32 {
        match model.protocol {
            Protocol::VideoSize { seconds: Some(seconds) } => seconds,
            _ => self.duration,
        }
    }

    /// The tier it is billed in, where it is one of the live service's.
    pub(super) fn tier(&self) -> Option<Tier> {
        match &self.frame {
            Frame::Tier { resolution, .. } => Tier::from_name(resolution),
            Frame::Resolution { resolution: size } | Frame::Size { size } => tier(*size),
        }
    }
}
