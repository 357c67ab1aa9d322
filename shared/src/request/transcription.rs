//! A request for a transcript (`bailian-reference.md` §4).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check::Checked;
use crate::catalogue::Model;
use crate::problem::Problem;
use crate::words::Words;

/// A checked request for a transcript, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TranscriptionRequest {
    /// The model's name as the person wrote it.
    pub model: String,
    /// Where the recording is.
    #[serde(flatten)]
    pub recording: Recording,
    /// The languages that are spoken; empty where the model takes none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub language_hints: Vec<String>,
    /// Whether each sentence is marked with its speaker.
    pub diarization_enabled: bool,
    /// About how many speakers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_count: Option<u32>,
    /// Whether filler words are left out.
    pub disfluency_removal_enabled: bool,
    /// Whether times are made more exact.
    pub timestamp_alignment_enabled: bool,
}

/// Where a recording is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Recording {
    /// At a public address, which the vendor opens; this worker never does.
    Url {
        /// The address.
        url: String,
    },
    /// In a file that was uploaded here.
    File {
        /// Its handle, from `POST /api/files`.
        file: String,
    },
}

impl Recording {
    /// The address or the handle.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Url { url: text } | Self::File { file: text } => text,
        }
    }
}

impl TranscriptionRequest {
    pub(super) fn from_checked(model: &Model, checked: &Checked, problems: &mut Vec<Problem>) -> Self {
        let recording = match (checked.text("file"), checked.text("url")) {
            (Some(file), None) => Recording::File { file },
            (_, url) => Recording::Url { url: url.unwrap_or_default() },
        };
        let diarization_enabled = checked.switch("diarization_enabled");
        let speaker_count = checked.count("speaker_count");
        if let Some(count) = speaker_count.filter(|_| !diarization_enabled) {
            problems.push(Problem::new(
                "speaker_count",
                &Value::from(count),
                Words::new("仅在 diarization_enabled 为 true 时", "only with diarization_enabled"),
                Words::new(
                    "speaker_count 需要 diarization_enabled 为 true，请打开它或去掉人数。",
                    "speaker_count needs diarization_enabled; switch it on, or leave the number out.",
                ),
            ));
        }
        Self {
            model: model.id.to_owned(),
            recording,
            language_hints: checked.several("language_hints"),
            diarization_enabled,
            speaker_count,
            disfluency_removal_enabled: checked.switch("disfluency_removal_enabled"),
            timestamp_alignment_enabled: checked.switch("timestamp_alignment_enabled"),
        }
    }
}
