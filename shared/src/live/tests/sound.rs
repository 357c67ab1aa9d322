//! Speech and transcripts.

use serde_json::json;

use super::*;

#[test]
fn row_9_sambert_en_stands_for_an_english_voice_that_can_be_chosen() {
    let request = json!({"model":"sambert-en-v1","text":"Good morning."});
    let (Call::Speech(call), notes) = sent(request.clone()) else { panic!("no speech") };
    assert_eq!(call.model, "sambert-beth-v1");
    assert_eq!(told(&notes), [("model", "sambert-en-v1", "sambert-beth-v1")]);
    for english_voice in Settings::ENGLISH_VOICES {
        let settings = Settings { english_voice, ..Settings::default() };
        let (Call::Speech(call), notes) = sent_with(request.clone(), settings) else { panic!("no speech") };
        assert_eq!((call.model, notes[0].sent.as_str()), (english_voice, english_voice));
    }
    let (Call::Speech(call), notes) = sent(json!({"model":"sambert-zhichu-v1","text":"早"})) else {
        panic!("no speech")
    };
    assert_eq!((call.model, notes.len()), ("sambert-zhichu-v1", 0));
}

#[test]
fn row_10_paraformer_en_stands_for_version_2_with_english() {
    let request = json!({"model":"paraformer-en-v1","url":"https://example.com/a.mp3"});
    let (Call::Transcription(call), notes) = sent(request) else { panic!("no transcription") };
    assert_eq!((call.model, call.language_hints), ("paraformer-v2", vec!["en".to_owned()]));
    assert_eq!(told(&notes), [("model", "paraformer-en-v1", "paraformer-v2")]);
    let request = json!({"model":"paraformer-v1","url":"https://example.com/a.mp3"});
    let (Call::Transcription(call), notes) = sent(request) else { panic!("no transcription") };
    assert_eq!((call.model, call.language_hints.len(), notes.len()), ("paraformer-v1", 0, 0));
}

#[test]
fn format_and_sample_rate_are_always_sent() {
    let (Call::Speech(call), _) = sent(json!({"model":"sambert-zhichu-v1","text":"早"})) else {
        panic!("no speech")
    };
    assert_eq!((call.format.as_deref(), call.sample_rate), (Some("mp3"), Some(16_000)));
}
