//! Transcripts.

use super::Note;
use crate::catalogue::{Model, Protocol};
use crate::request::{Recording, TranscriptionRequest};
use crate::words::Words;

/// A recognition as the live service takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptionCall {
    /// The model.
    pub model: &'static str,
    /// Where the recording is.
    pub recording: Recording,
    /// The languages that are spoken; empty where the model takes none.
    pub language_hints: Vec<String>,
    /// Speakers are told apart.
    pub diarization_enabled: bool,
    /// About how many speakers.
    pub speaker_count: Option<u32>,
    /// Filler words are left out.
    pub disfluency_removal_enabled: bool,
    /// Times are made more exact.
    pub timestamp_alignment_enabled: bool,
}

/// Row 10: the reference page names an English model that does not exist.
const ALIAS: &str = "paraformer-en-v1";

pub(super) fn call(
    transcription: &TranscriptionRequest,
    model: &Model,
    live: &'static str,
    notes: &mut Vec<Note>,
) -> TranscriptionCall {
    let mut language_hints = transcription.language_hints.clone();
    if transcription.model == ALIAS {
        let why = Words::of(
            format!("百炼没有 {ALIAS} 这个模型，改用 {live}，语言设为英文。"),
            format!("The vendor has no model {ALIAS}; {live} is used, with English as its language."),
        );
        notes.push(Note::new("model", &ALIAS, &live, why));
        language_hints = vec!["en".to_owned()];
    }
    if !matches!(model.protocol, Protocol::Transcription { hints: true }) {
        language_hints.clear();
    }
    TranscriptionCall {
        model: live,
        recording: transcription.recording.clone(),
        language_hints,
        diarization_enabled: transcription.diarization_enabled,
        speaker_count: transcription.speaker_count,
        disfluency_removal_enabled: transcription.disfluency_removal_enabled,
        timestamp_alignment_enabled: transcription.timestamp_alignment_enabled,
    }
}
