//! What was used, by the vendor's own count: what is billed.

use serde::{Deserialize, Serialize};

/// What was used; of each kind of work only its own units are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Usage {
    /// Pictures that came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_count: Option<u32>,
    /// Seconds of film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_seconds: Option<u32>,
    /// Seconds of recorded sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_seconds: Option<u32>,
    /// Characters of speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub characters: Option<u32>,
    /// Tokens that went in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u32>,
    /// Tokens that came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u32>,
}
