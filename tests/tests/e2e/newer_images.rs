//! The newer pictures, by the message protocol: by a task, and at once.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::catalogue::{Group, models};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_tests::jobs::error;
use studio_tests::{Setup, Studio, png, unique};

tests![
    every_newer_model_makes_pictures_of_its_usual_size,
    both_ends_of_the_message_protocol_reach_the_vendor,
    several_pictures_at_once_are_several_files,
    pictures_at_once_whose_answer_was_lost_are_not_sent_again,
    pictures_at_once_that_are_refused_keep_the_vendors_code,
    pictures_at_once_that_are_throttled_wait,
    pictures_that_were_being_made_at_once_are_unsure_after_a_crash,
];

/// The path and the async header of the one creation of a prompt.
async fn way(studio: &Studio, prompt: &str) -> (String, Option<String>) {
    let creation = studio.vendor.creations(prompt).await.remove(0);
    let header = creation["headers"].get("x-dashscope-async").and_then(Value::as_str).map(str::to_owned);
    (creation["endpoint"].as_str().unwrap().to_owned(), header)
}

async fn every_newer_model_makes_pictures_of_its_usual_size() {
    let studio = Studio::shared().await;
    let newer = models(Kind::Image).iter().filter(|model| model.group == Group::Newer);
    join_all(newer.map(async |model| {
        let prompt = unique("橘猫");
        let job = studio.run(&json!({"model": model.id, "prompt": prompt})).await;
        assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
        assert_eq!(job.cost.actual, job.cost.estimate, "{}", model.id);
        let (size, endpoint, header) = match model.id {
            "wan2.5-t2i-preview" => ((1280, 1280), "image.create", Some("enable")),
            "wan2.6-t2i" => ((1280, 1280), "image.message.create", Some("enable")),
            "qwen-image-2.0" | "qwen-image-2.0-pro" => ((1328, 1328), "image.message.create", None),
            _ => ((1664, 928), "image.message.create", None),
        };
        let file = studio.output(&job.id, 0).await.with(200);
        assert_eq!(
            (png::size(&file.bytes), file.header("content-type")),
            (size, "image/png"),
            "{}",
            model.id
        );
        assert_eq!(
            way(&studio, &prompt).await,
            (endpoint.to_owned(), header.map(str::to_owned)),
            "{}",
            model.id
        );
        studio.vendor.settled(&prompt, 1).await;
    }))
    .await;
}

async fn both_ends_of_the_message_protocol_reach_the_vendor() {
    let studio = Studio::shared().await;
    let filled = |prompt: String, to: usize| format!("{}{prompt}", "猫".repeat(to - prompt.chars().count()));
    let fails = |text: &str| format!("{} [[sim:fail InternalError]]", unique(text));
    let rows = [
        ("wan2.6-t2i", "1280*1280", 1, 0, fails("低"), "丑".to_owned()),
        ("wan2.6-t2i", "720*2880", 4, 2_147_483_647, filled(fails("高"), 2100), "丑".repeat(500)),
        ("qwen-image-plus", "1664*928", 1, 0, fails("低"), "丑".to_owned()),
        ("qwen-image-max", "928*1664", 1, 2_147_483_647, filled(fails("高"), 800), "丑".repeat(500)),
        ("qwen-image-2.0", "512*512", 1, 0, fails("低"), "丑".to_owned()),
        ("qwen-image-2.0-pro", "2048*2048", 6, 2_147_483_647, filled(fails("高"), 800), "丑".repeat(500)),
    ];
    join_all(rows.map(async |(model, size, n, seed, prompt, negative)| {
        let request = json!({"model": model, "prompt": prompt, "negative_prompt": negative, "size": size,
            "n": n, "seed": seed, "prompt_extend": false, "watermark": true});
        let job = studio.run(&request).await;
        assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "InternalError"), "{job:?}");
        let message = json!({"role": "user", "content": [{"text": prompt}]});
        let parameters = json!({"negative_prompt": negative, "size": size, "n": n, "seed": seed,
            "prompt_extend": false, "watermark": true});
        assert_eq!(
            studio.vendor.sent(&prompt).await,
            json!({"model": model, "input": {"messages": [message]}, "parameters": parameters})
        );
        studio.vendor.settled(&prompt, 1).await;
    }))
    .await;
}

async fn several_pictures_at_once_are_several_files() {
    let studio = Studio::shared().await;
    let prompt = unique("六只猫");
    let job = studio
        .run(&json!({"model": "qwen-image-2.0", "prompt": prompt, "n": 6, "size": "512*512", "seed": 3}))
        .await;
    assert_eq!((job.state, job.outputs.len()), (State::Done, 6), "{job:?}");
    assert_eq!(
        (job.usage.unwrap().image_count, job.cost.actual.unwrap().to_string().as_str()),
        (Some(6), "1.20")
    );
    let files = join_all((0..6).map(async |n| studio.output(&job.id, n).await.with(200).bytes)).await;
    assert!(files.iter().all(|file| png::size(file) == (512, 512)));
    assert!(files.iter().skip(1).all(|file| file != &files[0]), "each has a seed of its own");
}

async fn pictures_at_once_whose_answer_was_lost_are_not_sent_again() {
    let studio = Studio::shared().await;
    let faults =
        [json!({"cut": "after"}), json!({"half_body": true}), json!({"html": 502, "processed": true})];
    join_all(faults.map(async |fault| {
        let prompt = unique("答复丢失");
        studio.vendor.fault("image.message.create", &prompt, fault.clone()).await;
        let job = studio.run(&json!({"model": "qwen-image-plus", "prompt": prompt})).await;
        assert_eq!((job.state, error(&job).code.as_str()), (State::Unsure, "AnswerLost"), "{fault}");
        assert_eq!(error(&job).charged, Charged::Unknown);
        studio.vendor.settled(&prompt, 1).await;
    }))
    .await;
}

async fn pictures_at_once_that_are_refused_keep_the_vendors_code() {
    let studio = Studio::shared().await;
    for marker in ["refuse Arrearage", "fail DataInspectionFailed"] {
        let prompt = unique(&format!("[[sim:{marker}]]"));
        let job = studio.run(&json!({"model": "qwen-image-max", "prompt": prompt})).await;
        assert_eq!((job.state, error(&job).charged), (State::Failed, Charged::No), "{marker}");
        assert!(marker.ends_with(&error(&job).code), "{marker}: {job:?}");
        assert_eq!(job.cost.actual.unwrap().to_string(), "0.00");
    }
}

async fn pictures_at_once_that_are_throttled_wait() {
    let studio = Studio::shared().await;
    let prompt = unique("太快");
    let fault = json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 1});
    studio.vendor.fault("image.message.create", &prompt, fault).await;
    let job = studio.run(&json!({"model": "qwen-image-2.0-pro", "prompt": prompt})).await;
    assert_eq!((job.state, &job.error), (State::Done, &None));
    studio.vendor.settled(&prompt, 1).await;
}

async fn pictures_that_were_being_made_at_once_are_unsure_after_a_crash() {
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("[[sim:run 2000]]");
    let job = studio.submit(&json!({"model": "qwen-image-plus", "prompt": prompt})).await;
    studio.in_state(&job.id, State::Submitting).await;
    studio_tests::wait::until("the creation", async || {
        (!studio.vendor.creations(&prompt).await.is_empty()).then_some(())
    })
    .await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, studio.vendor.creations(&prompt).await.len()), (State::Unsure, 1), "{job:?}");
}
