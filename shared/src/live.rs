//! A request in the form the live service takes, with a note for each difference
//! (`dashscope-api.md` §10).
//!
//! Nothing is changed silently: what is sent otherwise than it was asked for is in the notes, which the page
//! shows before the person submits and the job keeps. What the region does not offer at all is refused.

mod image;
mod note;
mod speech;
mod text;
mod transcription;
mod video;

pub use image::ImageCall;
pub use note::Note;
pub use speech::SpeechCall;
pub use text::TextCall;
pub use transcription::TranscriptionCall;
pub(crate) use video::film_size;
pub use video::{FilmFrame, VideoCall};

use serde_json::Value;

use crate::catalogue::{self, Region};
use crate::problem::Problem;
use crate::request::Request;
use crate::words::Words;

/// What is configured about the live service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The region of the key.
    pub region: Region,
    /// Send qwen-image's two 1140 sizes as given, instead of the 1104 ones that replaced them.
    pub keep_qwen_1140: bool,
    /// The voice that `sambert-en-v1` stands for, one of [`Settings::ENGLISH_VOICES`].
    pub english_voice: &'static str,
}

impl Settings {
    /// The American voices (`dashscope-api.md` §5.3).
    pub const ENGLISH_VOICES: [&'static str; 7] = [
        "sambert-beth-v1",
        "sambert-betty-v1",
        "sambert-cally-v1",
        "sambert-cindy-v1",
        "sambert-eva-v1",
        "sambert-donna-v1",
        "sambert-brian-v1",
    ];
}

impl Default for Settings {
    fn default() -> Self {
        let [english_voice, ..] = Self::ENGLISH_VOICES;
        Self { region: Region::default(), keep_qwen_1140: false, english_voice }
    }
}

/// A call to the live service.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// Text to image.
    Image(ImageCall),
    /// Text generation.
    Text(TextCall),
    /// Text to video.
    Video(VideoCall),
    /// Speech synthesis.
    Speech(SpeechCall),
    /// Recognition of a recording.
    Transcription(TranscriptionCall),
}

/// The call that serves `request`, and what differs.
///
/// # Errors
/// The region does not offer the model.
pub fn call(request: &Request, settings: Settings) -> Result<(Call, Vec<Note>), Vec<Problem>> {
    let offered = catalogue::model(request.model())
        .and_then(|model| model.live_name(settings.region).map(|live| (model, live)));
    let Some((model, live)) = offered else {
        return Err(vec![not_offered(request, settings.region)]);
    };
    let mut notes = Vec::new();
    let call = match request {
        Request::Image(image) => Call::Image(image::call(image, model, live, settings, &mut notes)),
        Request::Text(text) => Call::Text(text::call(text, live, settings, &mut notes)),
        Request::Video(video) => Call::Video(video::call(video, model, live, settings, &mut notes)),
        Request::Speech(speech) => Call::Speech(speech::call(speech, model, live, settings, &mut notes)),
        Request::Transcription(transcription) => {
            Call::Transcription(transcription::call(transcription, model, live, &mut notes))
        }
    };
    Ok((call, notes))
}

/// Rows 7 and 8: model names differ by region; the person's own name stays in page and history.
fn renamed(given: &str, live: &str, region: Region, notes: &mut Vec<Note>) {
    if live != given {
        let why = Words::of(
            format!("{} 地域把这个模型叫作 {live}。", region.as_str()),
            format!("The region {} calls this model {live}.", region.as_str()),
        );
        notes.push(Note::new("model", &given, &live, why));
    }
}

fn not_offered(request: &Request, region: Region) -> Problem {
    let offered: Vec<_> = catalogue::models(request.kind())
        .iter()
        .filter(|model| model.live_name(region).is_some())
        .map(|model| model.id)
        .collect();
    let (model, region) = (request.model(), region.as_str());
    let message = if offered.is_empty() {
        Words::of(
            format!("{region} 地域没有 {} 类模型，请换用其他地域的密钥。", request.kind()),
            format!("The region {region} has no model for {}; use a key of another region.", request.kind()),
        )
    } else {
        Words::of(
            format!("{region} 地域没有 {model}，请换一个模型。"),
            format!("The region {region} does not offer {model}; choose another model."),
        )
    };
    Problem::new("model", &Value::from(model), Words::of(offered.join("、"), offered.join(", ")), message)
}

#[cfg(test)]
mod tests;
