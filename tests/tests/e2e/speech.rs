//! Speech by Sambert, over the vendor's socket: what is sent, and what is kept.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::{Job, State};
use studio_shared::transcript::Spoken;
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, sound, speech, unique};

tests![
    the_references_voice_speaks_and_is_booked_by_character,
    row_9_the_english_voice_that_does_not_exist_is_spoken_by_another_with_a_note,
    row_9_the_english_voice_can_be_set,
    every_format_at_every_rate_is_a_valid_file_of_its_length,
    each_parameter_at_both_ends_reaches_the_vendor_exactly,
    ten_thousand_characters_are_spoken,
    words_are_kept_with_their_times,
    a_part_of_a_sound_is_served,
];

/// The job of a request that succeeds, and what was sent for it.
async fn spoken(studio: &Studio, request: &Value) -> (Job, Value) {
    let job = studio.run(request).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    let text = request["text"].as_str().unwrap();
    let sent = studio.vendor.sent(text).await;
    (job, sent["payload"].clone())
}

async fn the_references_voice_speaks_and_is_booked_by_character() {
    let studio = Studio::shared().await;
    let text = unique("今天天气怎么样？");
    let characters = u32::try_from(text.chars().count()).unwrap();
    let (job, sent) = spoken(&studio, &speech(&text)).await;
    assert_eq!(
        sent,
        json!({"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"sambert-zhichu-v1",
            "parameters":{"text_type":"PlainText","format":"mp3","sample_rate":16000,"volume":50,"rate":1.0,
                "pitch":1.0,"word_timestamp_enabled":false,"phoneme_timestamp_enabled":false},
            "input":{"text":text}})
    );
    assert_eq!(job.usage.unwrap().characters, Some(characters));
    assert_eq!(job.cost.actual, job.cost.estimate);
    assert_eq!(job.cost.actual, job.request.price());
    assert_eq!((job.outputs.len(), job.notes.len(), job.error.is_none()), (1, 0, true));
    assert!(job.started_at.is_some() && job.request_id.is_some());
    let output = &job.outputs[0];
    assert_eq!((output.media_type.as_deref(), output.expires_at), (Some("audio/mpeg"), None));
    let file = studio.output(&job.id, 0).await.with(200);
    assert_eq!(file.header("content-type"), "audio/mpeg");
    assert_eq!(output.bytes, u64::try_from(file.bytes.len()).ok());
    assert_eq!(sound::mp3(&file.bytes).0, 16_000);
    studio.vendor.settled(&text, 1).await;
    // A socket closes with its job: nothing is left open at the vendor.
    assert_eq!(job.request.prompt(), text);
}

async fn row_9_the_english_voice_that_does_not_exist_is_spoken_by_another_with_a_note() {
    let studio = Studio::shared().await;
    let text = unique("How is the weather today?");
    let (job, sent) = spoken(&studio, &with(speech(&text), &json!({"model": "sambert-en-v1"}))).await;
    assert_eq!((job.request.model(), &sent["model"]), ("sambert-en-v1", &json!("sambert-beth-v1")));
    let note = &job.notes[0];
    assert_eq!((note.field.as_str(), note.given.as_str()), ("model", "sambert-en-v1"));
    assert_eq!(note.sent, "sambert-beth-v1");
}

async fn row_9_the_english_voice_can_be_set() {
    let vars = &[("SAMBERT_ENGLISH_VOICE", "sambert-eva-v1")];
    let studio = Studio::start(Setup { vars, ..Setup::default() }).await;
    studio.vendor.settings(&json!({"idle_ms": 2_300_000})).await;
    let text = unique("Eva");
    let (job, sent) = spoken(&studio, &with(speech(&text), &json!({"model": "sambert-en-v1"}))).await;
    assert_eq!((job.notes[0].sent.as_str(), &sent["model"]), ("sambert-eva-v1", &json!("sambert-eva-v1")));
}

async fn every_format_at_every_rate_is_a_valid_file_of_its_length() {
    let studio = Studio::shared().await;
    let cases = ["wav", "mp3", "pcm"]
        .into_iter()
        .flat_map(|format| [8_000, 16_000, 22_050, 24_000, 48_000].map(|rate| (format, rate)));
    join_all(cases.map(async |(format, rate)| {
        let text = unique("格式，长度。");
        let fields = json!({"format": format, "sample_rate": rate, "rate": 2.0});
        let (job, sent) = spoken(&studio, &with(speech(&text), &fields)).await;
        assert_eq!(
            (&sent["parameters"]["format"], &sent["parameters"]["sample_rate"]),
            (&json!(format), &json!(rate))
        );
        let file = studio.output(&job.id, 0).await.with(200);
        // Six characters and two marks, a space, the number's digits: between one and three seconds at double speed.
        let (found, ms) = match format {
            "wav" => {
                let (found, bytes) = sound::wav(&file.bytes);
                (found, bytes * 500 / usize::try_from(rate).unwrap())
            }
            "mp3" => {
                let (found, frames) = sound::mp3(&file.bytes);
                let samples = if found >= 32_000 { 1152 } else { 576 };
                (found, frames * samples * 1000 / usize::try_from(found).unwrap())
            }
            _ => (rate, file.bytes.len() * 500 / usize::try_from(rate).unwrap()),
        };
        assert_eq!(found, rate, "{format}");
        assert!((600..3_000).contains(&ms), "{format} {rate}: {ms} ms");
        let media_type = match format {
            "wav" => "audio/wav",
            "mp3" => "audio/mpeg",
            _ => "audio/pcm",
        };
        assert_eq!(file.header("content-type"), media_type);
        assert_eq!(job.outputs[0].media_type.as_deref(), Some(media_type));
    }))
    .await;
}

async fn each_parameter_at_both_ends_reaches_the_vendor_exactly() {
    let studio = Studio::shared().await;
    let ends = [
        ("volume", json!(0)),
        ("volume", json!(100)),
        ("rate", json!(0.5)),
        ("rate", json!(2.0)),
        ("pitch", json!(0.5)),
        ("pitch", json!(2.0)),
        ("sample_rate", json!(8_000)),
        ("sample_rate", json!(48_000)),
        ("word_timestamp_enabled", json!(true)),
        ("word_timestamp_enabled", json!(false)),
    ];
    join_all(ends.iter().map(async |(name, value)| {
        let text = unique("两端");
        let (_, sent) = spoken(&studio, &with(speech(&text), &json!({ *name: value }))).await;
        assert_eq!(sent["parameters"][name], *value, "{name}");
    }))
    .await;
    let text = unique("嵌套");
    let nested = json!({"model": "sambert-zhichu-v1", "input": {"text": text},
        "parameters": {"format": "wav", "sample_rate": 24_000, "volume": 7, "rate": 1.25, "pitch": 0.75}});
    assert_eq!(studio.run(&nested).await.state, State::Done);
    let sent = studio.vendor.sent(&text).await["payload"]["parameters"].clone();
    let parameters = json!({"text_type": "PlainText", "format": "wav", "sample_rate": 24_000, "volume": 7,
        "rate": 1.25, "pitch": 0.75, "word_timestamp_enabled": false, "phoneme_timestamp_enabled": false});
    assert_eq!(sent, parameters);
}

async fn ten_thousand_characters_are_spoken() {
    let studio = Studio::shared().await;
    let number = unique("");
    let text = format!("{}{number}", ",".repeat(10_000 - number.chars().count()));
    let request = with(speech(&text), &json!({"format": "mp3", "sample_rate": 8_000, "rate": 2.0}));
    let (job, _) = spoken(&studio, &request).await;
    assert_eq!(job.usage.unwrap().characters, Some(10_000));
    assert_eq!(job.cost.actual.unwrap().to_string(), "1.00");
    assert_eq!(sound::mp3(&studio.output(&job.id, 0).await.with(200).bytes).0, 8_000);
}

async fn words_are_kept_with_their_times() {
    let studio = Studio::shared().await;
    let text = unique("你好，world");
    let (job, _) = spoken(&studio, &with(speech(&text), &json!({"word_timestamp_enabled": true}))).await;
    assert_eq!(job.outputs.len(), 2);
    assert_eq!(job.outputs[1].media_type.as_deref(), Some("application/json"));
    let file = studio.output(&job.id, 1).await.with(200);
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(job.outputs[1].bytes, u64::try_from(file.bytes.len()).ok());
    let spoken: Spoken = serde_json::from_value(file.json()).unwrap();
    let words: Vec<&str> = spoken.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words[..3], ["你", "好", "world"]);
    assert!(spoken.words.iter().all(|word| word.begin_ms < word.end_ms));
    assert!(spoken.words.windows(2).all(|pair| pair[0].end_ms <= pair[1].begin_ms));
}

async fn a_part_of_a_sound_is_served() {
    let studio = Studio::shared().await;
    let (job, _) = spoken(&studio, &speech(&unique("部分"))).await;
    let path = format!("/api/jobs/{}/outputs/0", job.id);
    let whole = studio.owner.get(&path).await.with(200);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let part = send(studio.owner.request("GET", &path).header("range", "bytes=10-19")).await.with(206);
    assert_eq!(part.bytes, whole.bytes[10..20]);
    let named = studio.owner.get(format!("{path}?download=a.mp3")).await.with(200);
    assert_eq!(named.header("content-disposition"), "attachment; filename=\"a.mp3\"");
    let _ = studio.owner.delete(format!("/api/jobs/{}", job.id)).await.with(204);
    studio.owner.get(&path).await.refused(404, "NotFound");
}
