//! Transcripts of recordings at public addresses.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_shared::transcript::Transcript;
use studio_tests::client::DATA_POLICY;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, unique};

use crate::crossing::received;

tests![
    a_recording_at_an_address_becomes_a_kept_transcript,
    speakers_are_told_apart_where_asked_for,
    every_model_reaches_the_vendor_with_its_defaults,
    both_ends_of_every_parameter_reach_the_vendor,
    what_a_transcription_does_not_take_is_refused_by_name,
    every_reason_of_a_single_recording_is_explained,
    a_transcript_that_does_not_arrive_is_fetched_again,
    a_document_that_is_none_is_given_up_after_a_few_tries,
    a_transcript_that_is_gone_before_it_is_fetched_was_billed,
    a_transcript_is_finished_after_a_crash_and_outlives_the_vendors_document,
];

/// The address of a recording that no other test has. Nobody opens it: the simulator judges it by its name.
fn address(name: &str, query: &str) -> String {
    let unique = unique("");
    let number = unique.trim_start_matches(" №").trim_end_matches('.');
    format!("https://example.com/e2e-{number}-{name}{query}")
}

/// A marker of the simulator, as an address can hold it.
fn marker(text: &str) -> String {
    format!("?%5B%5Bsim:{}%5D%5D", text.replace(' ', "%20"))
}

fn recording(url: &str) -> Value {
    json!({"kind": "transcription", "model": "paraformer-v2", "url": url})
}

async fn transcript(studio: &Studio, job: &Job) -> Transcript {
    let answer = studio.output(&job.id, 0).await.with(200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-security-policy"), DATA_POLICY);
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(!answer.text().contains("example.com"), "{}", answer.text());
    serde_json::from_slice(&answer.bytes).unwrap()
}

async fn a_recording_at_an_address_becomes_a_kept_transcript() {
    let studio = Studio::shared().await;
    let url = address("meeting.mp3", &marker("seconds 90"));
    let job = studio.run(&recording(&url)).await;
    assert_eq!((job.state, job.outputs.len(), job.notes.len()), (State::Done, 1, 0), "{job:?}");
    assert_eq!(job.usage.unwrap().audio_seconds, Some(90));
    assert_eq!((job.cost.estimate, job.cost.actual.unwrap().to_string().as_str()), (None, "0.0072"));
    let output = &job.outputs[0];
    assert_eq!((output.media_type.as_deref(), output.expires_at), (Some("application/json"), None));
    let said = transcript(&studio, &job).await;
    assert_eq!((said.duration_ms, said.tracks.len(), said.tracks[0].channel), (Some(90_000), 1, 0));
    let sentences = &said.tracks[0].sentences;
    assert!(sentences.len() > 5, "{said:?}");
    assert!(sentences.iter().all(|sentence| sentence.speaker.is_none() && !sentence.words.is_empty()));
    assert!(sentences.iter().all(|sentence| sentence.begin_ms < sentence.end_ms));
    let whole: String = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    assert_eq!(said.tracks[0].text, whole);
    let words: String = sentences[0].words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, sentences[0].text);
    let cues = |text: &str| text.matches(" --> ").count();
    assert_eq!((cues(&said.to_srt()), cues(&said.to_vtt())), (sentences.len(), sentences.len()));
    assert_eq!(said.to_txt().lines().count(), sentences.len());
    studio.vendor.settled(&url, 1).await;
}

async fn speakers_are_told_apart_where_asked_for() {
    let studio = Studio::shared().await;
    let url = address("talk.wav", &marker("seconds 60"));
    let job =
        studio.run(&with(recording(&url), &json!({"diarization_enabled": true, "speaker_count": 2}))).await;
    let said = transcript(&studio, &job).await;
    let speakers: Vec<_> = said.tracks[0].sentences.iter().filter_map(|sentence| sentence.speaker).collect();
    assert!(speakers.contains(&0) && speakers.contains(&1), "{speakers:?}");
    assert!(said.to_txt().starts_with("说话人 1："));
    assert!(said.to_vtt().contains("<v 说话人 2>"));
}

/// What the vendor received of a recording that fails at once.
async fn sent(studio: &Studio, request: &Value) -> Value {
    let url = address("a.mp3", &marker("subtask FILE_SERVER_ERROR"));
    received(studio, &with(request.clone(), &json!({ "url": url })), &url).await
}

async fn every_model_reaches_the_vendor_with_its_defaults() {
    let studio = Studio::shared().await;
    let plain = json!({"diarization_enabled": false, "disfluency_removal_enabled": false,
        "timestamp_alignment_enabled": false});
    for (model, live, hints) in [
        ("paraformer-v1", "paraformer-v1", None),
        ("paraformer-en-v1", "paraformer-v2", Some(json!(["en"]))),
        ("paraformer-v2", "paraformer-v2", Some(json!(["zh", "en"]))),
        ("paraformer-8k-v2", "paraformer-8k-v2", None),
        ("paraformer-8k-v1", "paraformer-8k-v1", None),
    ] {
        let body = sent(&studio, &json!({ "model": model })).await;
        let expected =
            hints.map_or(plain.clone(), |hints| with(plain.clone(), &json!({ "language_hints": hints })));
        assert_eq!((&body["model"], &body["parameters"]), (&json!(live), &expected), "{model}");
    }
    let english = json!({"model": "paraformer-en-v1", "url": "https://example.com/a.mp3"});
    let quote = studio.owner.post("/api/quote", &english).await.with(200).json();
    assert_eq!(quote["notes"][0]["sent"], "paraformer-v2");
}

async fn both_ends_of_every_parameter_reach_the_vendor() {
    let studio = Studio::shared().await;
    for parameters in [
        json!({"language_hints": ["fr"], "diarization_enabled": true, "speaker_count": 2,
            "disfluency_removal_enabled": false, "timestamp_alignment_enabled": false}),
        json!({"language_hints": ["zh", "en", "ja", "yue", "ko", "de", "fr", "ru"],
            "diarization_enabled": true, "speaker_count": 100, "disfluency_removal_enabled": true,
            "timestamp_alignment_enabled": true}),
    ] {
        let body = sent(&studio, &with(parameters.clone(), &json!({"model": "paraformer-v2"}))).await;
        assert_eq!(body["parameters"], parameters);
        assert_eq!(body["input"]["file_urls"].as_array().unwrap().len(), 1);
    }
}

async fn what_a_transcription_does_not_take_is_refused_by_name() {
    let studio = Studio::shared().await;
    let good = recording("https://example.com/a.mp3");
    for (field, change) in [
        ("language_hints", json!({"language_hints": ["tlh"]})),
        ("language_hints", json!({"language_hints": []})),
        ("language_hints", json!({"language_hints": ["zh", "zh"]})),
        ("language_hints", json!({"model": "paraformer-v1", "language_hints": ["zh"]})),
        ("speaker_count", json!({"diarization_enabled": true, "speaker_count": 1})),
        ("speaker_count", json!({"diarization_enabled": true, "speaker_count": 101})),
        ("speaker_count", json!({"speaker_count": 2})),
        ("url", json!({"url": "ftp://example.com/a.mp3"})),
        ("url", json!({"url": "oss://bucket/a.mp3"})),
        ("url", json!({"url": "/etc/passwd"})),
        ("url", json!({"url": "data:audio/wav;base64,UklGRg=="})),
        ("url", json!({"url": null})),
        ("file", json!({"file": "0198-unknown"})),
    ] {
        let refused = studio.owner.post("/api/jobs", &with(good.clone(), &change)).await;
        let refused = refused.refused(400, "InvalidParameter");
        let fields: Vec<_> = refused.error.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, [field], "{change}");
    }
}

async fn every_reason_of_a_single_recording_is_explained() {
    let studio = Studio::shared().await;
    let codes = [
        "FILE_DOWNLOAD_FAILED",
        "FILE_CHECK_FAILED",
        "FILE_TOO_LARGE",
        "FILE_NORMALIZE_FAILED",
        "FILE_PARSE_FAILED",
        "FILE_404_NOT_FOUND",
        "FILE_403_FORBIDDEN",
        "FILE_SERVER_ERROR",
        "AUDIO_DURATION_TOO_LONG",
        "DECODE_ERROR",
        "CONTENT_LENGTH_CHECK_FAILED",
        "REQUEST_INVALID_FILE_URL_VALUE",
        "SUCCESS_WITH_NO_VALID_FRAGMENT",
        "ASR_RESPONSE_HAVE_NO_WORDS",
        "FILE_TRANS_TASK_EXPIRED",
        "InvalidFile.DownloadFailed",
        "InvalidFile.Format",
    ];
    let general = studio_shared::fault::advice("NeverSeen", 0, "");
    join_all(codes.map(async |code| {
        let url = address("a.mp3", &marker(&format!("subtask {code}")));
        let job = studio.run(&recording(&url)).await;
        assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, code));
        assert_eq!(
            (error(&job).charged, job.cost.actual.unwrap().to_string().as_str()),
            (Charged::No, "0.00")
        );
        assert_ne!(error(&job).advice, general, "{code} has an advice of its own");
        studio.vendor.settled(&url, 1).await;
    }))
    .await;
}

async fn a_transcript_that_does_not_arrive_is_fetched_again() {
    let studio = Studio::shared().await;
    let faults = [
        json!({"cut": "before"}),
        json!({"half_body": true}),
        json!({"html": 502}),
        json!({"not_json": true}),
        json!({"status": 500, "code": "InternalError"}),
    ];
    join_all(faults.map(async |fault| {
        let url = address("a.mp3", "");
        studio.vendor.fault("result.get", &url, fault.clone()).await;
        let job = studio.run(&recording(&url)).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{fault}");
        assert_eq!(studio.vendor.faults_left(&url).await, 0, "{fault} did not strike");
        assert!(!transcript(&studio, &job).await.tracks.is_empty());
    }))
    .await;
}

async fn a_document_that_is_none_is_given_up_after_a_few_tries() {
    let studio = Studio::shared().await;
    let url = address("a.mp3", "");
    studio.vendor.faults("result.get", &url, 0, json!({"not_json": true})).await;
    let job = studio.run(&recording(&url)).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "ResultUnreadable"));
    assert_eq!(error(&job).charged, Charged::Yes);
}

async fn a_transcript_that_is_gone_before_it_is_fetched_was_billed() {
    let studio = Studio::shared().await;
    let url = address("a.mp3", "");
    studio.vendor.fault("result.get", &url, json!({"html": 403})).await;
    let job = studio.run(&recording(&url)).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "ResultExpired"));
    assert_eq!(error(&job).charged, Charged::Yes);
    studio.output(&job.id, 0).await.refused(410, "ResultExpired");
}

async fn a_transcript_is_finished_after_a_crash_and_outlives_the_vendors_document() {
    let studio = Studio::start(Setup::default()).await;
    let url = address("a.mp3", &marker("run 600"));
    let job = studio.submit(&recording(&url)).await;
    studio.in_state(&job.id, State::Running).await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, studio.vendor.creations(&url).await.len()), (State::Done, 1), "{job:?}");
    let before = transcript(&studio, &job).await;
    studio.vendor.advance(25 * 60 * 60).await;
    assert_eq!(transcript(&studio, &job).await, before);
}
