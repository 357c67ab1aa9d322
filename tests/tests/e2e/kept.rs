//! Results are kept as long as there is a way: the bucket refuses everything, and the jobs wait and say why.

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::error::{Charged, code};
use studio_shared::job::{Job, State};
use studio_shared::money::Money;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, picture, png, sound, speech, unique};

tests![
    while_the_bucket_refuses_jobs_wait_say_why_and_go_on_by_themselves,
    what_the_bucket_refuses_until_the_link_dies_is_lost_and_was_billed,
    a_result_that_is_not_kept_for_long_is_at_risk_and_can_be_downloaded,
    what_is_spoken_while_the_bucket_refuses_is_heard_and_kept_later,
];

/// Everything that the studio counts lies in the bucket, and nothing else does.
async fn adds_up(studio: &Studio) -> (u64, u64) {
    let storage = studio.storage().await;
    assert_eq!((storage.bytes, storage.files), studio.in_bucket());
    (storage.bytes, storage.files)
}

/// The bytes of a picture as the vendor has them.
async fn original(studio: &Studio, prompt: &str) -> Vec<u8> {
    let creation = &studio.vendor.creations(prompt).await[0];
    let task = studio.vendor.task(creation["task_id"].as_str().unwrap()).await;
    let (status, bytes) = studio.vendor.fetch(task["output"]["results"][0]["url"].as_str().unwrap()).await;
    assert_eq!(status, 200);
    bytes
}

async fn with_error(studio: &Studio, id: &str, code: &str) -> Job {
    let is = |job: &Job| job.error.as_ref().is_some_and(|error| error.code == code);
    let job = studio.once(id, is).await;
    assert_eq!(job.state, State::Collecting, "it waits: {job:?}");
    job
}

async fn while_the_bucket_refuses_jobs_wait_say_why_and_go_on_by_themselves() {
    let studio = Studio::start(Setup::default()).await;
    let before = studio.run(&picture(&unique("以前"))).await;
    let uploaded = studio.uploaded("a.wav", studio_tests::recording::wav(2_000, 3)).await;
    assert_eq!(adds_up(&studio).await, (before.outputs[0].bytes.unwrap() + uploaded.bytes, 2));

    studio.obstruct_bucket();
    let prompt = unique("写不进去");
    let recording = "https://example.com/bucket-full.mp3";
    let requests = [
        picture(&prompt),
        json!({"model": "qwen-image-plus", "prompt": unique("写不进去")}),
        json!({"model": "wan2.1-t2v-turbo", "prompt": unique("写不进去"), "size": "832*480"}),
        json!({"model": "paraformer-v2", "url": recording}),
        json!({"model": "qwen3-tts-flash", "text": unique("写不进去")}),
    ];
    let jobs = join_all(requests.iter().map(|request| studio.submit(request))).await;
    for job in &jobs {
        let job = with_error(&studio, &job.id, code::STORAGE_REFUSED).await;
        let advice = &error(&job).advice;
        assert!(advice.zh.contains("最迟到北京时间") && advice.zh.contains("请所有者检查"), "{}", advice.zh);
        assert!(advice.en.contains("Beijing time at the latest"), "{}", advice.en);
        assert_eq!(error(&job).charged, Charged::Yes);
        let life = job.outputs[0].expires_at.unwrap().since(job.created_at);
        assert!((23 * 3_600_000..=25 * 3_600_000).contains(&life), "{life}");
        // The vendor still has it, and the worker hands it on.
        assert!(!studio.output(&job.id, 0).await.with(200).bytes.is_empty());
    }
    let whole = original(&studio, &prompt).await;
    assert_eq!(studio.output(&jobs[0].id, 0).await.with(200).bytes, whole);
    studio.owner.delete(format!("/api/jobs/{}", jobs[0].id)).await.refused(409, "WrongState");

    studio.kill_worker().await;
    studio.mend_bucket();
    studio.start_worker().await;
    for job in &jobs {
        let job = studio.ended(&job.id).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{job:?}");
        assert_eq!(job.outputs[0].expires_at, None);
        let bytes = studio.output(&job.id, 0).await.with(200).bytes;
        assert_eq!(job.outputs[0].bytes, Some(bytes.len().try_into().unwrap()));
    }
    assert_eq!(studio.output(&jobs[0].id, 0).await.with(200).bytes, whole);
    assert_eq!(png::size(&studio.output(&before.id, 0).await.with(200).bytes), (512, 512));
    let (bytes, files) = adds_up(&studio).await;
    println!("kept after the bucket was mended: {files} files, {bytes} bytes");
    assert_eq!(files, 7);
    for request in &requests[..3] {
        studio.vendor.settled(request["prompt"].as_str().unwrap(), 1).await;
    }
    let _ = studio.owner.delete(format!("/api/files/{}", uploaded.id)).await.with(204);
    assert_eq!(adds_up(&studio).await, (bytes - uploaded.bytes, 6));
}

async fn what_the_bucket_refuses_until_the_link_dies_is_lost_and_was_billed() {
    let studio = Studio::start(Setup::default()).await;
    studio.obstruct_bucket();
    let job = studio.submit(&picture(&unique("链接失效"))).await;
    with_error(&studio, &job.id, code::STORAGE_REFUSED).await;
    studio.vendor.advance(25 * 60 * 60).await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, job.cost.actual), (State::Failed, Some(Money::from_fen(14))));
    assert_eq!((error(&job).code.as_str(), error(&job).charged), (code::RESULT_EXPIRED, Charged::Yes));
    studio.output(&job.id, 0).await.refused(410, code::RESULT_EXPIRED);
    studio.mend_bucket();
    assert_eq!(adds_up(&studio).await, (0, 0));
}

async fn a_result_that_is_not_kept_for_long_is_at_risk_and_can_be_downloaded() {
    // Twenty hours are four seconds here.
    let studio = Studio::start(Setup { vars: &[("HURRY", "18000")], ..Setup::default() }).await;
    studio.obstruct_bucket();
    let prompt = unique("有风险");
    let job = studio.submit(&picture(&prompt)).await;
    with_error(&studio, &job.id, code::STORAGE_REFUSED).await;
    let job = with_error(&studio, &job.id, code::RESULT_AT_RISK).await;
    let advice = &error(&job).advice;
    assert!(advice.zh.contains("删除它，请现在下载") && advice.en.contains("Download it now"), "{advice:?}");
    let got = studio.owner.get(format!("/api/jobs/{}/outputs/0?download=a.png", job.id)).await.with(200);
    assert_eq!(got.header("content-disposition"), "attachment; filename=\"a.png\"");
    assert_eq!(got.bytes, original(&studio, &prompt).await);
    studio.mend_bucket();
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, &job.error), (State::Done, &None));
    adds_up(&studio).await;
}

async fn what_is_spoken_while_the_bucket_refuses_is_heard_and_kept_later() {
    let studio = Studio::start(Setup::default()).await;
    studio.obstruct_bucket();
    // More than one part of an upload, and less.
    let long = "读".repeat(900);
    let requests = [
        with(speech(&unique("短")), &json!({"format": "mp3", "word_timestamp_enabled": true})),
        with(speech(&unique(&long)), &json!({"format": "wav", "sample_rate": 48_000})),
    ];
    let heard = join_all(requests.iter().map(|request| studio.hear(request))).await;
    for heard in &heard {
        assert!(heard.whole && heard.answer.status == 200, "{}", heard.answer.text());
        let job = with_error(&studio, &heard.id(), code::STORAGE_REFUSED).await;
        assert!(error(&job).advice.zh.contains("暂存在这里"), "{:?}", error(&job));
        assert!(studio.output(&job.id, 0).await.with(200).bytes.len() >= heard.answer.bytes.len());
    }
    studio.mend_bucket();
    for heard in &heard {
        let job = studio.ended(&heard.id()).await;
        assert_eq!((job.state, &job.error), (State::Done, &None), "{job:?}");
        let bytes = studio.output(&job.id, 0).await.with(200).bytes;
        assert_eq!(job.outputs[0].bytes, Some(bytes.len().try_into().unwrap()));
        // A WAV's header says its length only once it is kept.
        assert_eq!(bytes[44..], heard.answer.bytes[44..]);
    }
    let (_, length) = sound::wav(&studio.output(&heard[1].id(), 0).await.bytes);
    println!("spoken while the bucket refused: {length} bytes of sound in one file");
    assert!(length > 5 * 1024 * 1024, "{length}: more than one part");
    let storage = studio.storage().await;
    assert_eq!((storage.files, storage.bytes), (3, studio.in_bucket().0));
}
