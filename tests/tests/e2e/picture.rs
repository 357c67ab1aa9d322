//! The main job: from a prompt to kept pictures.

use serde_json::json;
use studio_shared::job::{Job, State};
use studio_tests::client::{DATA_POLICY, send};
use studio_tests::order::with;
use studio_tests::{Setup, Studio, png, unique};

tests![
    a_cute_cat_becomes_a_kept_picture_of_exactly_the_size,
    four_small_pictures_are_four_files,
    qwen_images_old_size_becomes_the_new_one_with_a_note,
    a_landscape_twice_is_two_files_of_that_shape,
    the_reference_pages_own_form_is_taken,
    a_quote_says_price_and_notes_and_sends_nothing,
    a_part_of_a_result_is_served,
    a_result_is_downloaded_under_a_safe_name,
    a_seed_gives_the_same_bytes_again,
    a_result_opens_after_the_vendors_link_has_expired,
];

/// Runs a request whose job succeeds and keeps so many pictures of a size; each is looked at.
async fn pictures(studio: &Studio, request: serde_json::Value, count: usize, size: (u32, u32)) -> Job {
    let job = studio.run(&request).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    assert_eq!(job.outputs.len(), count);
    for output in &job.outputs {
        let file = studio.output(&job.id, output.n).await.with(200);
        assert_eq!(png::size(&file.bytes), size);
        assert_eq!(output.bytes, u64::try_from(file.bytes.len()).ok());
        assert_eq!(output.media_type.as_deref(), Some("image/png"));
        assert_eq!((file.header("content-type"), output.expires_at), ("image/png", None));
    }
    job
}

async fn a_cute_cat_becomes_a_kept_picture_of_exactly_the_size() {
    let studio = Studio::shared().await;
    let prompt = unique("可爱猫咪");
    let request =
        json!({"kind": "image", "model": "wan2.2-t2i-flash", "prompt": prompt, "size": "1024*1024"});
    let job = pictures(&studio, request, 1, (1024, 1024)).await;
    assert_eq!(job.cost.estimate.unwrap().to_string(), "0.14");
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.14");
    assert_eq!((job.notes.len(), job.error.is_none(), job.cancelable), (0, true, false));
    assert!(job.created_at <= job.started_at.unwrap() && job.started_at <= job.finished_at);
    assert_eq!(job.outputs[0].orig_prompt.as_deref(), Some(prompt.as_str()));
    assert!(job.outputs[0].actual_prompt.as_ref().is_some_and(|rewritten| *rewritten != prompt));
    assert!(job.request_id.is_some());
    let sent = studio.vendor.sent(&prompt).await;
    let parameters = json!({"size": "1024*1024", "n": 1, "prompt_extend": true, "watermark": false});
    assert_eq!(
        sent,
        json!({"model": "wan2.2-t2i-flash", "input": {"prompt": prompt}, "parameters": parameters})
    );
}

async fn four_small_pictures_are_four_files() {
    let studio = Studio::shared().await;
    let prompt = unique("四只猫");
    let request = json!({"model": "wan2.2-t2i-flash", "prompt": prompt, "size": "512*512", "n": 4});
    let job = pictures(&studio, request, 4, (512, 512)).await;
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.56");
    assert_eq!(studio.vendor.sent(&prompt).await["parameters"]["n"], 4);
    assert_eq!(job.outputs.iter().map(|output| output.n).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

async fn qwen_images_old_size_becomes_the_new_one_with_a_note() {
    let studio = Studio::shared().await;
    let prompt = unique("一副典雅庄重的对联");
    let request = json!({"model": "qwen-image", "prompt": prompt, "size": "1472*1140"});
    let job = pictures(&studio, request, 1, (1472, 1104)).await;
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.25");
    let note = &job.notes[0];
    assert_eq!((note.field.as_str(), note.given.as_str()), ("size", "1472*1140"));
    assert_eq!(note.sent, "1472*1104");
    assert!(!note.why.zh.is_empty() && !note.why.en.is_empty());
    let parameters = json!({"size": "1472*1104", "n": 1, "prompt_extend": true, "watermark": false});
    assert_eq!(studio.vendor.sent(&prompt).await["parameters"], parameters);
}

async fn a_landscape_twice_is_two_files_of_that_shape() {
    let studio = Studio::shared().await;
    let prompt = unique("雪山日出");
    let request = json!({"model": "wan2.2-t2i-plus", "prompt": prompt, "size": "1440*810", "n": 2});
    let job = pictures(&studio, request, 2, (1440, 810)).await;
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.40");
    assert_eq!(job.notes, []);
}

async fn the_reference_pages_own_form_is_taken() {
    let studio = Studio::shared().await;
    let prompt = unique("赛博朋克城市");
    let request = json!({
        "model": "wan2.2-t2i-flash",
        "input": {"prompt": prompt, "negative_prompt": "模糊"},
        "parameters": {"size": "768x512", "n": 1, "prompt_extend": false, "watermark": true, "seed": 7}
    });
    let job = pictures(&studio, request, 1, (768, 512)).await;
    assert_eq!(job.outputs[0].actual_prompt, None);
    let parameters = json!({"size": "768*512", "n": 1, "prompt_extend": false, "watermark": true, "seed": 7});
    let sent = studio.vendor.sent(&prompt).await;
    assert_eq!(sent["input"], json!({"prompt": prompt, "negative_prompt": "模糊"}));
    assert_eq!(sent["parameters"], parameters);
}

async fn a_quote_says_price_and_notes_and_sends_nothing() {
    let studio = Studio::shared().await;
    let prompt = unique("报价");
    let request = json!({"model": "qwen-image", "prompt": prompt, "size": "1140*1472"});
    let quote = studio.owner.post("/api/quote", &request).await.with(200).json();
    assert_eq!(quote["price"]["high"], "0.25");
    assert_eq!(quote["notes"][0]["sent"], "1104*1472");
    assert_eq!(quote["request"]["n"], 1);
    let list = studio.owner.get(format!("/api/jobs?q={}", prompt.rsplit('№').next().unwrap())).await.json();
    assert_eq!(list["items"], json!([]));
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 0);
}

async fn a_part_of_a_result_is_served() {
    let studio = Studio::shared().await;
    let job = studio.run(&studio_tests::picture(&unique("部分"))).await;
    let path = format!("/api/jobs/{}/outputs/0", job.id);
    let whole = studio.owner.get(&path).await.with(200);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let length = whole.bytes.len();
    let part = |range: &str| send(studio.owner.request("GET", &path).header("range", range));
    for (range, first, last) in [
        ("bytes=0-15", 0, 15),
        ("bytes=100-", 100, length - 1),
        ("bytes=-8", length - 8, length - 1),
        ("bytes=7-999999999", 7, length - 1),
    ] {
        let answer = part(range).await.with(206);
        assert_eq!(answer.bytes, whole.bytes[first..=last], "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {first}-{last}/{length}"));
    }
    part(&format!("bytes={length}-")).await.refused(416, "RangeNotSatisfiable");
    assert_eq!(part("bytes=9-1").await.with(200).bytes, whole.bytes);
    let head = send(studio.owner.request("HEAD", &path)).await.with(200);
    assert_eq!(head.header("content-length"), length.to_string());
    assert_eq!(head.bytes, b"");
}

async fn a_result_is_downloaded_under_a_safe_name() {
    let studio = Studio::shared().await;
    let job = studio.run(&studio_tests::picture(&unique("下载"))).await;
    for (query, disposition) in [
        ("", "inline"),
        ("?download=cat-1.png", "attachment; filename=\"cat-1.png\""),
        ("?download=..%2F%22%0D%0Ax%3A%E7%8C%AB.png", "attachment; filename=\"____x__.png\""),
    ] {
        let answer = studio.owner.get(format!("/api/jobs/{}/outputs/0{query}", job.id)).await.with(200);
        assert_eq!(answer.header("content-disposition"), disposition);
        assert_eq!(answer.header("content-security-policy"), DATA_POLICY);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    for place in ["outputs/1", "outputs/-1", "outputs/x", "outputs/99999999999"] {
        studio.owner.get(format!("/api/jobs/{}/{place}", job.id)).await.refused(404, "NotFound");
    }
}

async fn a_seed_gives_the_same_bytes_again() {
    let studio = Studio::shared().await;
    let request = with(studio_tests::picture(&unique("种子")), &json!({"seed": 42}));
    let (one, other) = tokio::join!(studio.run(&request), studio.run(&request));
    assert_ne!(one.id, other.id);
    assert_eq!(studio.output(&one.id, 0).await.bytes, studio.output(&other.id, 0).await.bytes);
}

async fn a_result_opens_after_the_vendors_link_has_expired() {
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("过期");
    let job = studio.run(&studio_tests::picture(&prompt)).await;
    let before = studio.output(&job.id, 0).await.with(200);
    let task = studio.vendor.creations(&prompt).await[0]["task_id"].as_str().unwrap().to_owned();
    let task = studio.vendor.task(&task).await;
    let link = task["output"]["results"][0]["url"].as_str().unwrap();
    assert_eq!(studio.vendor.fetch(link).await, (200, before.bytes.clone()));

    studio.vendor.advance(25 * 60 * 60).await;
    assert_eq!(studio.vendor.fetch(link).await.0, 403);
    assert_eq!(studio.output(&job.id, 0).await.with(200).bytes, before.bytes);
    assert_eq!(studio.job(&job.id).await, job);
}
