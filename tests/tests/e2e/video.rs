//! Films: from a prompt to a kept file that plays, in the reference page's form and in the live one.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_tests::client::send;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, unique};

use crate::crossing::received;

tests![
    a_film_is_kept_and_opens_at_any_place,
    the_references_four_resolutions_are_sent_as_sizes_there_are,
    both_ends_of_the_references_form_reach_the_vendor,
    the_live_form_of_the_references_models_reaches_the_vendor,
    both_ends_of_every_newer_film_reach_the_vendor,
    what_a_film_does_not_take_is_refused_by_name,
    a_newer_films_price_follows_its_tier,
    a_film_that_fails_in_the_task_is_not_billed,
    a_throttled_film_waits,
    a_film_that_waits_at_the_vendor_can_be_called_back,
    a_film_is_finished_after_a_crash_and_outlives_the_vendors_link,
];

/// Ends the task at once: here only the creation is looked at.
const NO_FILM: &str = "[[sim:fail InternalError]]";

fn film(prompt: &str) -> Value {
    json!({"kind": "video", "model": "wan2.1-t2v-turbo", "prompt": prompt})
}

fn is_mp4(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

/// What the vendor received for a request with a prompt of its own.
async fn sent(studio: &Studio, request: &Value) -> (Value, Value, Job) {
    let prompt = format!("{} {NO_FILM}", unique("海浪"));
    let request = with(request.clone(), &json!({ "prompt": prompt }));
    let body = received(studio, &request, &prompt).await;
    let list = studio.owner.get("/api/jobs?kind=video&limit=100").await.with(200).json();
    let job = list["items"].as_array().unwrap().iter().find(|job| job["request"]["prompt"] == prompt);
    let job = serde_json::from_value(job.unwrap().clone()).unwrap();
    (body["input"].clone(), with(body["parameters"].clone(), &json!({ "model": body["model"] })), job)
}

async fn a_film_is_kept_and_opens_at_any_place() {
    let studio = Studio::shared().await;
    let prompt = unique("海上日出，延时摄影");
    let job = studio.run(&film(&prompt)).await;
    assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
    assert_eq!(job.cost.actual.unwrap().to_string(), "1.20");
    assert_eq!(job.usage.unwrap().video_seconds, Some(5));
    let output = &job.outputs[0];
    assert_eq!((output.media_type.as_deref(), output.expires_at), (Some("video/mp4"), None));
    assert!(output.actual_prompt.as_ref().is_some_and(|rewritten| *rewritten != prompt));
    let path = format!("/api/jobs/{}/outputs/0", job.id);
    let whole = studio.owner.get(&path).await.with(200);
    assert!(is_mp4(&whole.bytes));
    assert_eq!(output.bytes, u64::try_from(whole.bytes.len()).ok());
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), ("video/mp4", "bytes"));
    let (first, last) = (whole.bytes.len() / 2, whole.bytes.len() - 1);
    let range = format!("bytes={first}-");
    let part = send(studio.owner.request("GET", &path).header("range", range)).await.with(206);
    assert_eq!(part.bytes, whole.bytes[first..]);
    assert_eq!(part.header("content-range"), format!("bytes {first}-{last}/{}", whole.bytes.len()));
    studio.vendor.settled(&prompt, 1).await;
}

async fn the_references_four_resolutions_are_sent_as_sizes_there_are() {
    let studio = Studio::shared().await;
    let rows = [
        ("wan2.1-t2v-turbo", "720*1280", "720*1280"),
        ("wan2.1-t2v-turbo", "480*854", "480*832"),
        ("wan2.1-t2v-turbo", "960*544", "832*480"),
        ("wan2.1-t2v-turbo", "1024*576", "1280*720"),
        ("wan2.1-t2v-plus", "720*1280", "720*1280"),
        ("wan2.1-t2v-plus", "480*854", "720*1280"),
        ("wan2.1-t2v-plus", "960*544", "1280*720"),
        ("wan2.1-t2v-plus", "1024*576", "1280*720"),
    ];
    join_all(rows.map(async |(model, given, size)| {
        let (_, parameters, job) = sent(&studio, &json!({"model": model, "resolution": given})).await;
        assert_eq!(parameters["size"], size, "{model} {given}");
        assert_eq!((parameters.get("resolution"), parameters.get("fps")), (None, None));
        let noted = job.notes.iter().any(|note| note.field == "resolution" && note.sent == size);
        assert_eq!(noted, given != size, "{:?}", job.notes);
    }))
    .await;
}

async fn both_ends_of_the_references_form_reach_the_vendor() {
    let studio = Studio::shared().await;
    let low = json!({"model": "wan2.1-t2v-turbo", "negative_prompt": "抖", "duration": 1, "fps": 1, "seed": 0,
        "prompt_extend": false, "watermark": false});
    let (input, parameters, job) = sent(&studio, &low).await;
    assert_eq!(input["negative_prompt"], "抖");
    let expected = json!({"model": "wanx2.1-t2v-turbo", "size": "720*1280", "duration": 5,
        "prompt_extend": false, "watermark": false, "seed": 0});
    assert_eq!(parameters, expected);
    let noted = |job: &Job| job.notes.iter().map(|note| note.field.clone()).collect::<Vec<_>>();
    assert_eq!(noted(&job), ["model", "fps", "duration"]);

    let prompt = format!("{}{NO_FILM}", unique("长"));
    let prompt = format!("{prompt}{}", "浪".repeat(1000 - prompt.chars().count()));
    let negative = "丑".repeat(500);
    let high = json!({"model": "wan2.1-t2v-plus", "prompt": prompt, "negative_prompt": negative,
        "duration": 15, "fps": 240, "seed": 2_147_483_647, "prompt_extend": true, "watermark": true});
    let sent = received(&studio, &high, &prompt).await;
    assert_eq!(sent["input"], json!({"prompt": prompt, "negative_prompt": negative}));
    let expected = json!({"size": "720*1280", "duration": 5, "prompt_extend": true, "watermark": true,
        "seed": 2_147_483_647});
    assert_eq!(sent["parameters"], expected);
    let refused = with(high, &json!({"prompt": "浪".repeat(1001)}));
    studio.owner.post("/api/jobs", &refused).await.refused(400, "InvalidParameter");
}

async fn the_live_form_of_the_references_models_reaches_the_vendor() {
    let studio = Studio::shared().await;
    for (model, size) in
        [("wan2.1-t2v-turbo", "624*624"), ("wanx2.1-t2v-turbo", "1088*832"), ("wan2.1-t2v-plus", "960*960")]
    {
        let (_, parameters, job) =
            sent(&studio, &json!({"model": model, "size": size, "duration": 5, "fps": 30})).await;
        assert_eq!((&parameters["size"], &parameters["duration"]), (&json!(size), &json!(5)));
        assert!(job.notes.iter().all(|note| note.field == "model"), "{:?}", job.notes);
    }
    let both =
        json!({"model": "wan2.1-t2v-turbo", "prompt": "海", "size": "624*624", "resolution": "720*1280"});
    studio.owner.post("/api/jobs", &both).await.refused(400, "InvalidParameter");
}

async fn both_ends_of_every_newer_film_reach_the_vendor() {
    let studio = Studio::shared().await;
    let sound = "https://example.com/a.mp3";
    let rows = [
        (json!({"model": "wan2.2-t2v-plus", "size": "832*480", "duration": 5}), json!({})),
        (json!({"model": "wan2.2-t2v-plus", "size": "1248*1632", "duration": 5, "seed": 7}), json!({})),
        (json!({"model": "wan2.5-t2v-preview", "size": "480*832", "duration": 5}), json!({})),
        (
            json!({"model": "wan2.5-t2v-preview", "size": "1920*1080", "duration": 10}),
            json!({ "audio_url": sound }),
        ),
        (json!({"model": "wan2.6-t2v", "size": "832*1088", "duration": 2, "shot_type": "single"}), json!({})),
        (
            json!({"model": "wan2.6-t2v", "size": "1080*1920", "duration": 15, "shot_type": "multi"}),
            json!({ "audio_url": sound }),
        ),
        (
            json!({"model": "wan2.7-t2v", "resolution": "720P", "ratio": "3:4", "duration": 2, "seed": 0}),
            json!({}),
        ),
        (
            json!({"model": "wan2.7-t2v", "resolution": "1080P", "ratio": "16:9", "duration": 15}),
            json!({ "audio_url": sound }),
        ),
    ];
    join_all(rows.map(async |(parameters, more)| {
        let (input, received, job) = sent(&studio, &with(parameters.clone(), &more)).await;
        assert_eq!(received, with(parameters, &json!({"prompt_extend": true, "watermark": false})));
        assert_eq!(input.get("audio_url"), more.get("audio_url"));
        assert_eq!(job.notes, []);
    }))
    .await;
}

async fn what_a_film_does_not_take_is_refused_by_name() {
    let studio = Studio::shared().await;
    let prompt = unique("海浪");
    for (model, field, value) in [
        ("wan2.1-t2v-plus", "resolution", json!("1920*1080")), // this model makes 720P only
        ("wan2.1-t2v-plus", "size", json!("832*480")),
        ("wan2.1-t2v-turbo", "resolution", json!("720P")),
        ("wan2.1-t2v-turbo", "resolution", json!(720)),
        ("wan2.1-t2v-turbo", "duration", json!(0)),
        ("wan2.1-t2v-turbo", "duration", json!(16)),
        ("wan2.1-t2v-turbo", "duration", json!(5.5)),
        ("wan2.1-t2v-turbo", "fps", json!(0)),
        ("wan2.1-t2v-turbo", "fps", json!(241)),
        ("wan2.1-t2v-turbo", "fps", json!("24")),
        ("wan2.1-t2v-turbo", "seed", json!(-1)),
        ("wan2.1-t2v-turbo", "n", json!(2)),
        ("wan2.1-t2v-turbo", "shot_type", json!("multi")),
        ("wan2.2-t2v-plus", "size", json!("1280*720")),
        ("wan2.2-t2v-plus", "duration", json!(10)),
        ("wan2.5-t2v-preview", "duration", json!(7)),
        ("wan2.5-t2v-preview", "fps", json!(30)),
        ("wan2.5-t2v-preview", "audio_url", json!("file:///etc/passwd")),
        ("wan2.6-t2v", "duration", json!(1)),
        ("wan2.6-t2v", "shot_type", json!("triple")),
        ("wan2.6-t2v", "size", json!("480*832")),
        ("wan2.7-t2v", "resolution", json!("480P")),
        ("wan2.7-t2v", "ratio", json!("21:9")),
        ("wan2.7-t2v", "size", json!("1280*720")),
        ("wan2.7-t2v", "negative_prompt", json!("丑".repeat(501))),
    ] {
        let request = json!({"kind": "video", "model": model, "prompt": prompt, field: value});
        for path in ["/api/quote", "/api/jobs"] {
            let refused = studio.owner.post(path, &request).await.refused(400, "InvalidParameter");
            let fields: Vec<_> =
                refused.error.problems.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!(fields, [field], "{request}");
        }
    }
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 0);
}

async fn a_newer_films_price_follows_its_tier() {
    let studio = Studio::shared().await;
    let rows = [
        (json!({"model": "wan2.2-t2v-plus", "size": "832*480"}), 5, "0.70"),
        (json!({"model": "wan2.5-t2v-preview", "size": "1280*720", "duration": 10}), 10, "6.00"),
        (json!({"model": "wan2.6-t2v", "size": "1280*720", "duration": 3}), 3, "1.80"),
        (json!({"model": "wan2.7-t2v", "resolution": "1080P", "duration": 2}), 2, "2.00"),
    ];
    join_all(rows.map(async |(request, seconds, cost)| {
        let job = studio.run(&with(request.clone(), &json!({"prompt": unique("海浪")}))).await;
        assert_eq!(job.state, State::Done, "{job:?}");
        assert_eq!(job.usage.unwrap().video_seconds, Some(seconds), "{request}");
        assert_eq!(job.cost.actual.unwrap().to_string(), cost, "{request}");
        assert_eq!(job.cost.actual, job.cost.estimate);
        assert!(is_mp4(&studio.output(&job.id, 0).await.with(200).bytes));
    }))
    .await;
}

async fn a_film_that_fails_in_the_task_is_not_billed() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:fail DataInspectionFailed]]");
    let job = studio.run(&film(&prompt)).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "DataInspectionFailed"));
    assert_eq!(error(&job).charged, Charged::No);
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.00");
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_throttled_film_waits() {
    let studio = Studio::shared().await;
    let prompt = unique("太快");
    let fault = json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 1});
    studio.vendor.fault("video.create", &prompt, fault).await;
    let job = studio.run(&film(&prompt)).await;
    assert_eq!((job.state, &job.error), (State::Done, &None));
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_film_that_waits_at_the_vendor_can_be_called_back() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:pending 3000]]");
    let job = studio.submit(&film(&prompt)).await;
    let job = studio.in_state(&job.id, State::Running).await;
    assert!(job.cancelable);
    let path = format!("/api/jobs/{}/cancel", job.id);
    let job = studio.owner.post(&path, &json!({})).await.with(200).job();
    assert_eq!((job.state, job.cost.actual.unwrap().to_string().as_str()), (State::Canceled, "0.00"));
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_film_is_finished_after_a_crash_and_outlives_the_vendors_link() {
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("[[sim:run 600]]");
    let job = studio.submit(&film(&prompt)).await;
    studio.in_state(&job.id, State::Running).await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let job = studio.ended(&job.id).await;
    assert_eq!((job.state, studio.vendor.creations(&prompt).await.len()), (State::Done, 1), "{job:?}");
    let before = studio.output(&job.id, 0).await.with(200);
    let task = studio.vendor.creations(&prompt).await[0]["task_id"].as_str().unwrap().to_owned();
    let task = studio.vendor.task(&task).await;
    let link = task["output"]["video_url"].as_str().unwrap();
    studio.vendor.advance(25 * 60 * 60).await;
    assert_eq!(studio.vendor.fetch(link).await.0, 403);
    assert_eq!(studio.output(&job.id, 0).await.with(200).bytes, before.bytes);
}
