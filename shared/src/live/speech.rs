//! Speech.

use super::{Note, Settings, renamed};
use crate::catalogue::{Model, Protocol};
use crate::request::SpeechRequest;
use crate::words::Words;

/// A synthesis as the live service takes it. What a model has no parameter for is absent.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeechCall {
    /// How it is called.
    pub protocol: Protocol,
    /// The model, which for Sambert is the voice.
    pub model: &'static str,
    /// What is read aloud.
    pub text: String,
    /// The voice.
    pub voice: Option<String>,
    /// The language of the text.
    pub language_type: Option<String>,
    /// `mp3`, `wav` or `pcm`.
    pub format: Option<String>,
    /// Samples a second.
    pub sample_rate: Option<u32>,
    /// 0 to 100.
    pub volume: Option<u32>,
    /// 0.5 to 2.
    pub rate: Option<f64>,
    /// 0.5 to 2.
    pub pitch: Option<f64>,
    /// Word times.
    pub word_timestamp_enabled: bool,
}

pub(super) fn call(
    speech: &SpeechRequest,
    model: &Model,
    live: &'static str,
    settings: Settings,
    notes: &mut Vec<Note>,
) -> SpeechCall {
    let live = if speech.model == ALIAS { english(settings, notes) } else { live };
    if speech.model != ALIAS {
        renamed(&speech.model, live, settings.region, notes);
    }
    SpeechCall {
        protocol: model.protocol,
        model: live,
        text: speech.text.clone(),
        voice: speech.voice.clone(),
        language_type: speech.language_type.clone(),
        format: speech.format.clone(),
        sample_rate: speech.sample_rate,
        volume: speech.volume,
        rate: speech.rate,
        pitch: speech.pitch,
        word_timestamp_enabled: speech.word_timestamp_enabled.unwrap_or(false),
    }
}

/// Row 9: the reference page names an English voice that does not exist.
const ALIAS: &str = "sambert-en-v1";

fn english(settings: Settings, notes: &mut Vec<Note>) -> &'static str {
    let voice = settings.english_voice;
    let why = Words::of(
        format!("百炼没有 {ALIAS} 这个音色，改用英文音色 {voice}。"),
        format!("The vendor has no voice {ALIAS}; the English voice {voice} reads instead."),
    );
    notes.push(Note::new("model", &ALIAS, &voice, why));
    voice
}
