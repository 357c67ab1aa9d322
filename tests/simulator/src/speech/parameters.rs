//! What speech is asked for (dashscope-api.md §5.2, §5.5).

use serde_json::{Map, Value};

use super::voices::Voice;
use crate::given::{flag, number, present, text};
use crate::refusal::Refusal;

/// A file's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RIFF, 16 bits.
    Wav,
    /// MPEG layer III.
    Mp3,
    /// Samples only, 16 bits, little end first.
    Pcm,
}

impl Format {
    /// Its name and extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::Pcm => "pcm",
        }
    }

    /// Its type in HTTP.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            Self::Pcm => "audio/pcm",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Wav, Self::Mp3, Self::Pcm].into_iter().find(|format| format.name() == name)
    }
}

/// How it is spoken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Of the bytes.
    pub format: Format,
    /// Samples a second.
    pub sample_rate: u32,
    /// 0 to 100.
    pub volume: f32,
    /// 0.5 to 2.
    pub rate: f32,
    /// 0.5 to 2.
    pub pitch: f32,
    /// Hz.
    pub tone: f32,
    /// Tell when each word is spoken.
    pub words: bool,
    /// And each sound of it.
    pub phonemes: bool,
}

/// What the engine says to a format or rate it does not make (§5.2).
pub(crate) const ENGINE: &str = "[tts:]Engine return error code: 418";

/// Samples a second that are made.
const RATES: [u64; 6] = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000];

/// Reads them, or refuses the first that is wrong. Which texts the ranges have is `inf`.
pub(crate) fn read(given: &Map<String, Value>, voice: Voice, usual: Format) -> Result<Manner, Refusal> {
    let format = match text(given, "format")? {
        None => usual,
        Some(name) => Format::named(name).ok_or_else(|| Refusal::parameter(ENGINE))?,
    };
    let sample_rate = match present(given, "sample_rate").map(Value::as_u64) {
        None => voice.rate,
        Some(rate) => {
            let rate = rate.filter(|rate| RATES.contains(rate)).ok_or_else(|| Refusal::parameter(ENGINE))?;
            u32::try_from(rate).unwrap_or(voice.rate)
        }
    };
    let half_to_two = |value: f64| (0.5..=2.0).contains(&value);
    let volume = number(given, "volume", "Range of volume should be [0, 100]", |value| {
        (0.0..=100.0).contains(&value)
    })?;
    let rate = number(given, "rate", "Range of rate should be [0.5, 2.0]", half_to_two)?;
    let pitch = number(given, "pitch", "Range of pitch should be [0.5, 2.0]", half_to_two)?;
    let words = flag(given, "word_timestamp_enabled")?.unwrap_or(false);
    Ok(Manner {
        format,
        sample_rate,
        volume: volume.unwrap_or(50.0) as f32,
        rate: rate.unwrap_or(1.0) as f32,
        pitch: pitch.unwrap_or(1.0) as f32,
        tone: voice.tone,
        words,
        phonemes: words && flag(given, "phoneme_timestamp_enabled")?.unwrap_or(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::voices::sambert;
    use serde_json::json;

    fn read_these(given: Value) -> Result<Manner, Refusal> {
        let Value::Object(given) = given else { panic!("an object") };
        read(&given, sambert("sambert-zhichu-v1").unwrap(), Format::Wav)
    }

    #[test]
    fn what_is_absent_takes_its_default() {
        let manner = read_these(json!({"phoneme_timestamp_enabled": true})).unwrap();
        assert_eq!((manner.format, manner.sample_rate, manner.volume), (Format::Wav, 48_000, 50.0));
        assert!(!manner.words && !manner.phonemes, "sounds need words");
    }

    #[test]
    fn both_ends_of_each_range_are_taken_and_nothing_beyond() {
        for good in
            [json!({"volume": 0, "rate": 0.5, "pitch": 2.0}), json!({"volume": 100, "sample_rate": 8000})]
        {
            assert!(read_these(good.clone()).is_ok(), "{good}");
        }
        for bad in [
            json!({"volume": 101}),
            json!({"rate": 0.49}),
            json!({"pitch": 2.1}),
            json!({"format": "flac"}),
            json!({"sample_rate": 12345}),
            json!({"volume": "loud"}),
        ] {
            assert!(read_these(bad.clone()).is_err(), "{bad}");
        }
    }
}
