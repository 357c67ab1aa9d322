//! A request for speech (`bailian-reference.md` §4).

use serde::{Deserialize, Serialize};

use super::check::Checked;
use crate::catalogue::Model;

/// A checked request for speech, defaults filled in. What a model has no parameter for is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SpeechRequest {
    /// The model's name as the person wrote it.
    pub model: String,
    /// What is read aloud.
    pub text: String,
    /// The voice, where it is not the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_type: Option<String>,
    /// `mp3`, `wav` or `pcm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Samples a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u32>,
    /// 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<u32>,
    /// 0.5 to 2; 1 is the normal speed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// 0.5 to 2; 1 is the normal pitch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pitch: Option<f64>,
    /// Whether each word's begin and end are told; absent where the model cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_timestamp_enabled: Option<bool>,
}

impl SpeechRequest {
    pub(super) fn from_checked(model: &Model, checked: &Checked) -> Self {
        let words = model.parameter("word_timestamp_enabled");
        Self {
            model: model.id.to_owned(),
            text: checked.text("text").unwrap_or_default(),
            voice: checked.text("voice"),
            language_type: checked.text("language_type"),
            format: checked.text("format"),
            sample_rate: checked.count("sample_rate"),
            volume: checked.count("volume"),
            rate: checked.number("rate"),
            pitch: checked.number("pitch"),
            word_timestamp_enabled: words.map(|words| checked.switch(words.name)),
        }
    }
}
