//! What a person asked for: read from JSON, checked against the catalogue, defaults filled in.
//!
//! Two forms are read and mean the same: the flat one, as the entries of a batch file,
//! `{"kind":"image","model":…,"prompt":…,"size":…}`, and the reference page's own,
//! `{"model":…,"input":{"prompt":…},"parameters":{"size":…}}`.

mod check;
mod fields;
mod image;
mod messages;
mod price;
mod speech;
mod text;
mod transcription;
mod video;

pub use image::ImageRequest;
pub use messages::{Message, Role};
pub use speech::SpeechRequest;
pub use text::TextRequest;
pub use transcription::{Recording, TranscriptionRequest};
pub use video::{Frame, VideoRequest};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json;
use crate::kind::Kind;
use crate::problem::Problem;
use check::Checked;
use fields::Fields;

/// A checked request for one piece of work, with every default filled in. Written flat, tagged with `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Request {
    /// Text to image.
    Image(ImageRequest),
    /// Text generation.
    Text(TextRequest),
    /// Text to video.
    Video(VideoRequest),
    /// Speech synthesis.
    Speech(SpeechRequest),
    /// Recognition of a recording.
    Transcription(TranscriptionRequest),
}

impl Request {
    /// Reads a request from the bytes of a body.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let value = json::read(bytes).map_err(|problem| vec![problem])?;
        Self::from_value(value)
    }

    /// Reads a request from JSON.
    ///
    /// # Errors
    /// All problems at once: missing, unknown and doubly given fields, wrong types, values out of range.
    pub fn from_value(value: Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut fields = Fields::flatten(value, &mut problems);
        let kind = fields.kind(&mut problems);
        let Some(model) = fields.model(kind, &mut problems) else {
            return Err(problems);
        };
        let checked = Checked::read(model, fields, &mut problems);
        let request = match model.kind {
            Kind::Image => Self::Image(ImageRequest::from_checked(model, &checked)),
            Kind::Text => Self::Text(TextRequest::from_checked(model, &checked, &mut problems)),
            Kind::Video => Self::Video(VideoRequest::from_checked(model, &checked)),
            Kind::Speech => Self::Speech(SpeechRequest::from_checked(model, &checked)),
            Kind::Transcription => {
                Self::Transcription(TranscriptionRequest::from_checked(model, &checked, &mut problems))
            }
        };
        if problems.is_empty() { Ok(request) } else { Err(problems) }
    }

    /// The kind of work.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Image(_) => Kind::Image,
            Self::Text(_) => Kind::Text,
            Self::Video(_) => Kind::Video,
            Self::Speech(_) => Kind::Speech,
            Self::Transcription(_) => Kind::Transcription,
        }
    }

    /// The model's name as the person wrote it.
    #[must_use]
    pub fn model(&self) -> &str {
        match self {
            Self::Image(image) => &image.model,
            Self::Text(text) => &text.model,
            Self::Video(video) => &video.model,
            Self::Speech(speech) => &speech.model,
            Self::Transcription(transcription) => &transcription.model,
        }
    }

    /// The main text: what lists show and search looks through. Of a recording, its address or handle.
    #[must_use]
    pub fn prompt(&self) -> &str {
        match self {
            Self::Image(image) => &image.prompt,
            Self::Text(text) => text.prompt(),
            Self::Video(video) => &video.prompt,
            Self::Speech(speech) => &speech.text,
            Self::Transcription(transcription) => transcription.recording.as_str(),
        }
    }
}

#[cfg(test)]
mod tests;
