//! Words with their times: of a recording that was recognised, and of speech that was made.

mod export;

use serde::{Deserialize, Serialize};

/// A word and when it is spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Word {
    /// The word, with the mark after it where there is one.
    pub text: String,
    /// Milliseconds from the beginning to where it begins.
    pub begin_ms: u64,
    /// To where it ends.
    pub end_ms: u64,
}

/// What is kept of the words of a speech: its second output, of type `application/json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Spoken {
    /// All words, in order.
    pub words: Vec<Word>,
}

/// A transcript: the output of a transcription, of type `application/json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Transcript {
    /// Milliseconds of the recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// One for each track of the recording.
    pub tracks: Vec<Track>,
}

/// One track of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Track {
    /// Its number.
    pub channel: u32,
    /// Everything that is said.
    pub text: String,
    /// The same by sentence.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Sentence {
    /// Milliseconds from the beginning to where it begins.
    pub begin_ms: u64,
    /// To where it ends.
    pub end_ms: u64,
    /// What is said.
    pub text: String,
    /// Who says it, counted from 0; only where speakers were told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
    /// Its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
}
