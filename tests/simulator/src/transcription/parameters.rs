//! Check (9) of dashscope-api.md §11 for recordings.

use serde_json::{Map, Value};

use super::models::AsrModel;
use crate::gate::Admitted;
use crate::given::{flag, object, present, text, whole};
use crate::refusal::{Refusal, known};

/// Most files a call.
const FILES: usize = 100;

/// A call's parameters, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Where the recordings are.
    pub urls: Vec<String>,
    /// Tracks, each transcribed and billed by itself.
    pub channels: Vec<u32>,
    /// What is spoken.
    pub english: bool,
    /// How many speakers are told apart; `None`: no speakers are told.
    pub speakers: Option<u32>,
}

/// Reads them, or refuses the first that is wrong.
pub fn read(admitted: &Admitted, model: &AsrModel) -> Result<Parameters, Refusal> {
    let empty = Map::new();
    let given = object(&admitted.parameters, &empty)?;
    let urls =
        match (model.single, present(&admitted.input, "file_url"), present(&admitted.input, "file_urls")) {
            (true, Some(Value::String(url)), _) => vec![url.clone()],
            (true, ..) => return Err(Refusal::parameter("input must contain file_url")),
            (false, _, Some(Value::Array(urls))) if !urls.is_empty() => {
                urls.iter().map(url).collect::<Result<_, _>>()?
            }
            (false, ..) => return Err(known::NO_FILES),
        };
    if urls.len() > FILES {
        return Err(Refusal::parameter(format!("Range of file_urls should be [1, {FILES}]")));
    }
    flag(given, "disfluency_removal_enabled")?;
    flag(given, "timestamp_alignment_enabled")?;
    text(given, "special_word_filter")?;
    let speakers = whole(given, "speaker_count", 2, 100)?;
    let told = flag(given, "diarization_enabled")?.unwrap_or(false);
    let hints = present(given, "language_hints").filter(|_| model.hints).and_then(Value::as_array);
    let first = hints.and_then(|hints| hints.first()).and_then(Value::as_str);
    Ok(Parameters {
        urls,
        channels: channels(given)?,
        english: first == Some("en"),
        speakers: told.then(|| speakers.unwrap_or(2)),
    })
}

fn url(value: &Value) -> Result<String, Refusal> {
    value.as_str().map(str::to_owned).ok_or(known::NO_FILES)
}

fn channels(given: &Map<String, Value>) -> Result<Vec<u32>, Refusal> {
    let wrong = || Refusal::parameter("channel_id must be a list of track numbers.");
    let number =
        |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok()).ok_or_else(wrong);
    match present(given, "channel_id") {
        None => Ok(vec![0]),
        Some(Value::Array(all)) if !all.is_empty() => all.iter().map(number).collect(),
        Some(_) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcription::models::find;
    use serde_json::json;

    fn read_for(model: &str, input: Value, parameters: Value) -> Result<Parameters, Refusal> {
        let Value::Object(input) = input else { panic!("an object") };
        read(&Admitted { model: model.into(), input, parameters }, find(model).unwrap())
    }

    #[test]
    fn files_must_be_named() {
        for input in
            [json!({}), json!({"file_urls": []}), json!({"file_urls": "x"}), json!({"file_urls": [7]})]
        {
            assert_eq!(read_for("paraformer-v1", input, Value::Null), Err(known::NO_FILES));
        }
        let many = json!({"file_urls": vec!["http://h/a.wav"; 101]});
        assert!(read_for("paraformer-v1", many, Value::Null).is_err());
        assert!(
            read_for("qwen3-asr-flash-filetrans", json!({"file_url": "http://h/a.wav"}), Value::Null).is_ok()
        );
    }

    #[test]
    fn hints_are_only_read_by_models_that_know_them() {
        let (input, hints) = (json!({"file_urls": ["http://h/a.wav"]}), json!({"language_hints": ["en"]}));
        assert!(read_for("paraformer-v2", input.clone(), hints.clone()).unwrap().english);
        assert!(!read_for("paraformer-v1", input.clone(), hints).unwrap().english);
        let told =
            read_for("paraformer-v1", input, json!({"diarization_enabled": true, "channel_id": [0, 1]}))
                .unwrap();
        assert_eq!((told.speakers, told.channels), (Some(2), vec![0, 1]));
    }
}
