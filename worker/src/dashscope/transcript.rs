//! The document behind `transcription_url` (`dashscope-api.md` §6.3) in our own form. Of a long recording it is
//! megabytes: it is read into the fields that are wanted, everything else is skipped.

use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};
use studio_shared::transcript::{Sentence, Track, Transcript, Word};

/// Longest document in bytes: twelve hours of speech with a time for each word are about half of it.
pub(super) const CAP: usize = 32 * 1024 * 1024;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    properties: Option<Properties>,
    transcripts: Vec<Channel>,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default, deserialize_with = "number")]
    original_duration_in_milliseconds: Option<u64>,
}

#[derive(Deserialize)]
struct Channel {
    #[serde(default, deserialize_with = "number")]
    channel_id: Option<u64>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    sentences: Option<Vec<Said>>,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default, deserialize_with = "number")]
    begin_time: Option<u64>,
    #[serde(default, deserialize_with = "number")]
    end_time: Option<u64>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, deserialize_with = "number")]
    speaker_id: Option<u64>,
    #[serde(default)]
    words: Option<Vec<Spoken>>,
}

#[derive(Deserialize)]
struct Spoken {
    #[serde(default, deserialize_with = "number")]
    begin_time: Option<u64>,
    #[serde(default, deserialize_with = "number")]
    end_time: Option<u64>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    punctuation: Option<String>,
}

/// Reads a document; `None` where it is none. What a sentence or a word lacks is taken as nothing: half a transcript is
/// worth more than none.
pub(super) fn read(bytes: &[u8]) -> Option<Transcript> {
    let document: Document = serde_json::from_slice(bytes).ok()?;
    let duration_ms = document.properties.and_then(|all| all.original_duration_in_milliseconds);
    Some(Transcript { duration_ms, tracks: (0..).zip(document.transcripts).map(track).collect() })
}

fn track((number, channel): (u32, Channel)) -> Track {
    let id = channel.channel_id.and_then(|id| u32::try_from(id).ok());
    let sentences: Vec<Sentence> = channel.sentences.unwrap_or_default().into_iter().map(sentence).collect();
    let text = channel.text.unwrap_or_else(|| {
        sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
    });
    Track { channel: id.unwrap_or(number), text, sentences }
}

fn sentence(said: Said) -> Sentence {
    let (begin_ms, end_ms) = times(said.begin_time, said.end_time);
    Sentence {
        begin_ms,
        end_ms,
        text: said.text.unwrap_or_default(),
        speaker: said.speaker_id.and_then(|id| u32::try_from(id).ok()),
        words: said.words.unwrap_or_default().into_iter().map(word).collect(),
    }
}

fn word(spoken: Spoken) -> Word {
    let (begin_ms, end_ms) = times(spoken.begin_time, spoken.end_time);
    let mut text = spoken.text.unwrap_or_default();
    text.push_str(&spoken.punctuation.unwrap_or_default());
    Word { text, begin_ms, end_ms }
}

/// Nothing ends before it begins.
fn times(begin: Option<u64>, end: Option<u64>) -> (u64, u64) {
    let begin = begin.or(end).unwrap_or(0);
    (begin, end.unwrap_or(begin).max(begin))
}

/// A count, in whatever form it comes; nothing where it is none, or below nothing.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let whole = |number: &Number| {
        number.as_u64().or_else(|| {
            let number = number.as_f64().filter(|number| *number >= 0.0)?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
            Some(number as u64)
        })
    };
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => whole(&number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn of(document: &Value) -> Option<Transcript> {
        read(document.to_string().as_bytes())
    }

    #[test]
    fn the_protocols_own_example() {
        let document = json!({"file_url":"https://example.com/audio/meeting.mp3",
            "properties":{"audio_format":"mp3","channels":[0],"original_sampling_rate":16000,
                "original_duration_in_milliseconds":4080},
            "transcripts":[{"channel_id":0,"content_duration_in_milliseconds":3720,"text":"你好，这里是会议记录。",
                "sentences":[{"begin_time":100,"end_time":3820,"text":"你好，这里是会议记录。","sentence_id":1,
                    "speaker_id":0,"words":[
                        {"begin_time":100,"end_time":596,"text":"你好","punctuation":"，"},
                        {"begin_time":596,"end_time":3820,"text":"这里是会议记录","punctuation":"。"}]}]}]});
        let transcript = of(&document).unwrap();
        assert_eq!(
            serde_json::to_value(&transcript).unwrap(),
            json!({"duration_ms":4080,"tracks":[{"channel":0,"text":"你好，这里是会议记录。","sentences":[
                {"begin_ms":100,"end_ms":3820,"text":"你好，这里是会议记录。","speaker":0,"words":[
                    {"text":"你好，","begin_ms":100,"end_ms":596},
                    {"text":"这里是会议记录。","begin_ms":596,"end_ms":3820}]}]}]})
        );
        assert!(!serde_json::to_string(&transcript).unwrap().contains("example.com"), "no address is kept");
    }

    #[test]
    fn several_channels_keep_their_numbers_and_speakers_are_optional() {
        let document = json!({"transcripts":[
            {"channel_id":1,"text":"a","sentences":[{"begin_time":0,"end_time":5,"text":"a"}]},
            {"text":"b","sentences":[{"begin_time":5,"end_time":9,"text":"b","speaker_id":3}]}]});
        let transcript = of(&document).unwrap();
        let told =
            |track: &Track| (track.channel, track.sentences[0].speaker, track.sentences[0].words.len());
        assert_eq!(transcript.tracks.iter().map(told).collect::<Vec<_>>(), [(1, None, 0), (1, Some(3), 0)]);
        assert_eq!(transcript.duration_ms, None);
    }

    #[test]
    fn odd_values_cost_themselves_only() {
        let document = json!({"properties":null,"transcripts":[{"channel_id":"2","sentences":[
            {"begin_time":-5,"end_time":"90","text":"a","words":null,"speaker_id":-1},
            {"begin_time":700.9,"end_time":100,"text":null},
            {"begin_time":null,"text":"b","words":[{"text":"b"},{"punctuation":"。","begin_time":1e300}]}]}]});
        let track = of(&document).unwrap().tracks.remove(0);
        let times: Vec<_> =
            track.sentences.iter().map(|sentence| (sentence.begin_ms, sentence.end_ms)).collect();
        assert_eq!((track.channel, times), (2, vec![(90, 90), (700, 700), (0, 0)]));
        assert_eq!(track.text, "a  b");
        assert_eq!(track.sentences[0].speaker, None);
        assert_eq!(track.sentences[2].words[1].text, "。");
        let empty = of(&json!({"transcripts":[]})).unwrap();
        assert_eq!(empty, Transcript::default());
    }

    #[test]
    fn what_is_no_document_is_none() {
        for text in ["", "{}", "[]", "null", "<Error/>", r#"{"transcripts":7}"#, r#"{"transcripts":[7]}"#] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
