//! Newer speech models, over HTTP: the vendor answers with the address of a file, which is collected.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Studio, sound, speech, unique};

tests![
    every_newer_model_speaks_once,
    both_ends_of_each_parameter_reach_a_newer_model,
    a_newer_model_is_heard_once_its_file_is_there,
    a_newer_models_refusals_and_lost_answers,
];

async fn every_newer_model_speaks_once() {
    let studio = Studio::shared().await;
    let cosy = |model: &'static str, voice: &str| {
        (
            model,
            json!({"voice": voice, "format": "mp3", "sample_rate": 22_050, "volume": 50, "rate": 1.0, "pitch": 1.0}),
        )
    };
    let models = [
        cosy("cosyvoice-v3-flash", "longanyang"),
        cosy("cosyvoice-v3-plus", "longanyang"),
        cosy("cosyvoice-v3.5-flash", "longanyang"),
        cosy("cosyvoice-v3.5-plus", "longanyang"),
        cosy("cosyvoice-v2", "longxiaochun_v2"),
        ("qwen3-tts-flash", json!({"voice": "Cherry", "language_type": "Chinese"})),
    ];
    join_all(models.iter().map(async |(model, input)| {
        let text = unique("欢迎来到小书店。");
        let job = studio.run(&with(speech(&text), &json!({"model": model}))).await;
        assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
        let sent = studio.vendor.sent(&text).await;
        assert_eq!(sent, json!({"model": model, "input": with(input.clone(), &json!({"text": text}))}));
        let file = studio.output(&job.id, 0).await.with(200);
        if *model == "qwen3-tts-flash" {
            assert_eq!((sound::wav(&file.bytes).0, file.header("content-type")), (24_000, "audio/wav"));
        } else {
            assert_eq!((sound::mp3(&file.bytes).0, file.header("content-type")), (22_050, "audio/mpeg"));
        }
        assert_eq!(job.usage.unwrap().characters, u32::try_from(text.chars().count()).ok(), "{model}");
        assert_eq!(job.cost.actual, job.request.price(), "{model}");
        assert!(job.request_id.is_some(), "{model}");
        studio.vendor.settled(&text, 1).await;
    }))
    .await;
}

async fn both_ends_of_each_parameter_reach_a_newer_model() {
    let studio = Studio::shared().await;
    let ends = [
        json!({"format": "wav", "sample_rate": 8_000, "volume": 0, "rate": 0.5, "pitch": 0.5, "voice": "a"}),
        json!({"format": "pcm", "sample_rate": 48_000, "volume": 100, "rate": 2.0, "pitch": 2.0, "voice": "long_b.c-d"}),
        json!({"sample_rate": 44_100}),
    ];
    join_all(ends.iter().map(async |fields| {
        let text = unique("两端");
        let request = with(with(speech(&text), &json!({"model": "cosyvoice-v3-flash"})), fields);
        let job = studio.run(&request).await;
        assert_eq!(job.state, State::Done, "{job:?}");
        let sent = studio.vendor.sent(&text).await["input"].clone();
        for (name, value) in fields.as_object().unwrap() {
            assert_eq!(sent[name], *value, "{name}");
        }
    }))
    .await;
    let text = unique("no");
    let qwen = with(speech(&text), &json!({"model": "qwen3-tts-flash"}));
    for (name, bad) in
        [("format", json!("mp3")), ("language_type", json!("Klingon")), ("voice", json!("a b"))]
    {
        let reply = studio.owner.post("/api/jobs", &with(qwen.clone(), &json!({ name: bad }))).await;
        assert_eq!(reply.refused(400, "InvalidParameter").error.field.as_deref(), Some(name));
    }
    let long = with(qwen, &json!({"text": "字".repeat(601)}));
    studio.owner.post("/api/jobs", &long).await.refused(400, "InvalidParameter");
}

async fn a_newer_model_is_heard_once_its_file_is_there() {
    let studio = Studio::shared().await;
    let text = unique("一次说完。");
    let heard =
        studio.hear(&with(speech(&text), &json!({"model": "cosyvoice-v3-flash", "format": "wav"}))).await;
    assert!(heard.whole && heard.answer.status == 200, "{}", heard.answer.text());
    assert_eq!(
        (heard.answer.header("content-type"), heard.answer.header("x-sample-rate")),
        ("audio/wav", "22050")
    );
    let _ = sound::wav(&heard.answer.bytes);
    assert_eq!(studio.output(&heard.id(), 0).await.with(200).bytes, heard.answer.bytes);
    studio.vendor.settled(&text, 1).await;
    let text = unique("拒绝。[[sim:refuse DataInspectionFailed]]");
    let refused = studio.hear(&with(speech(&text), &json!({"model": "qwen3-tts-flash"}))).await;
    refused.answer.refused(400, "DataInspectionFailed");
}

async fn a_newer_models_refusals_and_lost_answers() {
    let studio = Studio::shared().await;
    let run = async |fault: &Value| {
        let text = unique("故障");
        studio.vendor.fault("tts.http", &text, fault.clone()).await;
        let job = studio.run(&with(speech(&text), &json!({"model": "cosyvoice-v3-flash"}))).await;
        assert_eq!(studio.vendor.faults_left(&text).await, 0, "{fault}");
        (job, text)
    };
    for (fault, state, charged, creations) in [
        (json!({"status": 401, "code": "InvalidApiKey"}), State::Failed, Charged::No, 0),
        (json!({"status": 500, "code": "InternalError"}), State::Failed, Charged::No, 0),
        (json!({"cut": "after"}), State::Unsure, Charged::Unknown, 1),
        (json!({"half_body": true}), State::Unsure, Charged::Unknown, 1),
        (json!({"html": 502}), State::Unsure, Charged::Unknown, 0),
        (json!({"not_json": true}), State::Unsure, Charged::Unknown, 0),
    ] {
        let (job, text) = run(&fault).await;
        assert_eq!((job.state, error(&job).charged), (state, charged), "{fault}: {job:?}");
        studio.vendor.settled(&text, creations).await;
    }
    for fault in
        [json!({"status": 429, "code": "Throttling"}), json!({"status": 503, "code": "ModelUnavailable"})]
    {
        let (job, text) = run(&fault).await;
        assert_eq!((job.state, job.error), (State::Done, None), "{fault}");
        studio.vendor.settled(&text, 1).await;
    }
}
