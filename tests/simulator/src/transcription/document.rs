//! The document behind `transcription_url` (dashscope-api.md §6.3). Times are milliseconds.

use serde_json::{Map, Value, json};

use super::file::File;
use super::parameters::Parameters;
use super::words::{CHINESE, ENGLISH};
use crate::picture::chance::Chance;
use crate::upload::probe::Sound;

/// Silence before the first sentence and between sentences.
const PAUSE_MS: u64 = 250;

/// A word, its time, and the mark after it.
struct Word {
    text: &'static str,
    mark: &'static str,
    begin_ms: u64,
    end_ms: u64,
}

/// The transcript of one file.
pub fn write(file: &File, sound: Sound, asked: &Parameters) -> Value {
    let transcripts: Vec<Value> =
        asked.channels.iter().map(|channel| transcript(file, sound, asked, *channel)).collect();
    json!({
        "file_url": file.url,
        "properties": {
            "audio_format": sound.format,
            "channels": asked.channels,
            "original_sampling_rate": sound.rate,
            "original_duration_in_milliseconds": sound.ms,
        },
        "transcripts": transcripts,
    })
}

fn transcript(file: &File, sound: Sound, asked: &Parameters, channel: u32) -> Value {
    let mut chance = Chance::new(file.entropy ^ u64::from(channel));
    let bank = if asked.english { ENGLISH } else { CHINESE };
    let space = if asked.english { " " } else { "" };
    let mut sentences = Vec::new();
    let (mut text, mut spoken_ms, mut at_ms, mut speaker) = (String::new(), 0, PAUSE_MS.min(sound.ms / 4), 0);
    while let Some(line) = chance.pick(bank) {
        let words = time(line, at_ms, sound.ms);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { break };
        let (begin_ms, end_ms) = (first.begin_ms, last.end_ms);
        let said = say(&words, space);
        let mut sentence = Map::new();
        let words: Vec<Value> = words.iter().map(tell).collect();
        for (name, value) in [
            ("begin_time", begin_ms.into()),
            ("end_time", end_ms.into()),
            ("text", Value::from(said.clone())),
            ("sentence_id", (sentences.len() + 1).into()),
            ("words", words.into()),
        ] {
            sentence.insert(name.into(), value);
        }
        if let Some(speakers) = asked.speakers {
            sentence.insert("speaker_id".into(), speaker.into());
            if chance.unit() < 0.6 {
                speaker = (speaker + 1) % speakers;
            }
        }
        if !text.is_empty() {
            text.push_str(space);
        }
        text.push_str(&said);
        sentences.push(Value::from(sentence));
        spoken_ms += end_ms - begin_ms;
        at_ms = end_ms + PAUSE_MS + (chance.unit() * 600.0) as u64;
    }
    json!({
        "channel_id": channel,
        "content_duration_in_milliseconds": spoken_ms,
        "text": text,
        "sentences": sentences,
    })
}

/// The words of a line from a time on, as far as the recording goes. Chinese takes 180 ms a character,
/// English 70 ms a letter.
fn time(line: &'static str, from_ms: u64, end_ms: u64) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut at_ms = from_ms;
    for part in line.split('|') {
        if part.chars().all(|c| !c.is_alphanumeric()) {
            if let Some(last) = words.last_mut() {
                last.mark = part;
            }
            continue;
        }
        let letters = u64::try_from(part.chars().count()).unwrap_or(u64::MAX);
        let length_ms = letters * if part.is_ascii() { 70 } else { 180 };
        if at_ms + length_ms.min(200) > end_ms {
            break;
        }
        let word_end_ms = (at_ms + length_ms).min(end_ms);
        words.push(Word { text: part, mark: "", begin_ms: at_ms, end_ms: word_end_ms });
        at_ms = word_end_ms;
    }
    words
}

fn say(words: &[Word], space: &str) -> String {
    let parts: Vec<String> = words.iter().map(|word| format!("{}{}", word.text, word.mark)).collect();
    parts.join(space)
}

fn tell(word: &Word) -> Value {
    json!({ "begin_time": word.begin_ms, "end_time": word.end_ms, "text": word.text, "punctuation": word.mark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document(ms: u64, english: bool, speakers: Option<u32>) -> Value {
        let sound = Sound { format: "wav", rate: 16_000, ms };
        let file = File { url: "u".into(), sound: Ok(sound), entropy: 7 };
        let asked = Parameters { urls: Vec::new(), channels: vec![0], english, speakers };
        write(&file, sound, &asked)
    }

    #[test]
    fn it_has_the_documents_form() {
        let document = document(20_000, true, Some(2));
        assert_eq!(document["properties"]["original_duration_in_milliseconds"], 20_000);
        let transcript = &document["transcripts"][0];
        assert!(transcript["text"].as_str().unwrap().is_ascii());
        let sentence = &transcript["sentences"][0];
        assert_eq!((&sentence["sentence_id"], &sentence["speaker_id"]), (&json!(1), &json!(0)));
        assert!(sentence["words"].as_array().unwrap().len() > 3);
    }

    #[test]
    fn speakers_are_told_only_when_asked_for() {
        let document = document(5_000, false, None);
        assert!(document["transcripts"][0]["sentences"][0].get("speaker_id").is_none());
    }

    proptest! {
        #[test]
        fn times_go_forward_and_end_with_the_recording(ms in 300_u64..120_000, english: bool) {
            let document = document(ms, english, None);
            let sentences = document["transcripts"][0]["sentences"].as_array().unwrap();
            let mut last = 0;
            for sentence in sentences {
                for word in sentence["words"].as_array().unwrap() {
                    let (begin, end) = (word["begin_time"].as_u64().unwrap(), word["end_time"].as_u64().unwrap());
                    prop_assert!(begin >= last && end > begin && end <= ms);
                    last = end;
                }
                prop_assert_eq!(sentence["end_time"].as_u64().unwrap(), last);
            }
            prop_assert!(ms < 1_000 || !sentences.is_empty());
        }
    }
}
