//! What reaches the vendor is exactly what was asked for, at both ends of every range.

use serde_json::{Value, json};
use studio_shared::catalogue::{Group, Rule, SizeRule, models};
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Studio, picture, unique};

tests![
    the_low_end_of_every_range_reaches_the_vendor,
    the_high_end_of_every_range_reaches_the_vendor,
    every_model_reaches_the_vendor_with_its_defaults,
    every_size_of_qwen_image_reaches_the_vendor,
    text_of_any_script_reaches_the_vendor_unchanged,
];

/// Ends the task without drawing anything: here only the creation is looked at.
const NO_PICTURE: &str = "[[sim:fail InternalError]]";

/// The body that the vendor received for a prompt.
pub(crate) async fn received(studio: &Studio, request: &Value, prompt: &str) -> Value {
    let job = studio.submit(request).await;
    until("the creation", async || {
        let job = studio.job(&job.id).await;
        (!matches!(job.state, State::Queued | State::Submitting)).then_some(())
    })
    .await;
    studio.vendor.sent(prompt).await
}

/// A prompt of so many characters that no other test has.
fn long_prompt(characters: usize) -> String {
    let prompt = format!("{} {NO_PICTURE}", unique("长"));
    format!("{}{prompt}", "猫".repeat(characters - prompt.chars().count()))
}

async fn the_low_end_of_every_range_reaches_the_vendor() {
    let studio = Studio::shared().await;
    let prompt = "龘"; // one character, which no other test uses
    let request = json!({"model": "wan2.2-t2i-flash", "prompt": prompt, "negative_prompt": "丑",
        "size": "512*512", "n": 1, "seed": 0, "prompt_extend": false, "watermark": false});
    let sent = received(&studio, &request, prompt).await;
    assert_eq!(
        sent,
        json!({"model": "wan2.2-t2i-flash", "input": {"prompt": prompt, "negative_prompt": "丑"},
        "parameters": {"size": "512*512", "n": 1, "seed": 0, "prompt_extend": false, "watermark": false}})
    );
}

async fn the_high_end_of_every_range_reaches_the_vendor() {
    let studio = Studio::shared().await;
    for size in ["1440*1388", "1388*1440"] {
        let (prompt, negative) = (long_prompt(800), "丑".repeat(500));
        assert_eq!(prompt.chars().count(), 800);
        let request = json!({"model": "wan2.2-t2i-plus", "prompt": prompt, "negative_prompt": negative,
            "size": size, "n": 4, "seed": 2_147_483_647, "prompt_extend": true, "watermark": true});
        let sent = received(&studio, &request, &prompt).await;
        assert_eq!(sent["input"], json!({"prompt": prompt, "negative_prompt": negative}));
        let parameters = json!({"size": size, "n": 4, "seed": 2_147_483_647, "prompt_extend": true,
            "watermark": true});
        assert_eq!(sent["parameters"], parameters);
    }
}

async fn every_model_reaches_the_vendor_with_its_defaults() {
    let studio = Studio::shared().await;
    for model in models(Kind::Image).iter().filter(|model| model.group == Group::Reference) {
        let prompt = format!("{} {NO_PICTURE}", unique("默认"));
        let sent = received(&studio, &json!({"model": model.id, "prompt": prompt}), &prompt).await;
        let size = if model.id == "qwen-image" { "1328*1328" } else { "1024*1024" };
        let parameters = json!({"size": size, "n": 1, "prompt_extend": true, "watermark": false});
        assert_eq!(sent["model"], model.id);
        assert_eq!(sent["parameters"], parameters, "{}", model.id);
    }
}

async fn every_size_of_qwen_image_reaches_the_vendor() {
    let studio = Studio::shared().await;
    let qwen = studio_shared::catalogue::model("qwen-image").unwrap();
    let Rule::Size(SizeRule::Fixed { of, also }) = qwen.parameter("size").unwrap().rule else {
        panic!("its sizes are a list");
    };
    assert_eq!((of.len(), also.len()), (5, 2));
    for size in of.iter().chain(also).map(ToString::to_string) {
        let prompt = format!("{} {NO_PICTURE}", unique("对联"));
        let request = json!({"model": "qwen-image", "prompt": prompt, "size": size});
        let sent = received(&studio, &request, &prompt).await;
        assert_eq!(sent["parameters"]["size"], size.replace("1140", "1104"));
    }
}

async fn text_of_any_script_reaches_the_vendor_unchanged() {
    let studio = Studio::shared().await;
    for text in [
        "<script>alert('x')</script> & \"quotes\" \\ back\\slash",
        "\u{202e}right to left\u{202c} שלום مرحبا",
        "👩‍👩‍👧‍👦🏳️‍🌈 e\u{301} \u{feff}ﬃ",
        "两行\n\t和制表符",
        "'; DROP TABLE jobs; -- %00 ${HOME} {{7*7}}",
        "𠮷野家 ㍿ ﷽",
    ] {
        let prompt = format!("{} {NO_PICTURE}", unique(text));
        let request = with(picture(&prompt), &json!({ "negative_prompt": text }));
        let sent = received(&studio, &request, &prompt).await;
        assert_eq!(sent["input"], json!({"prompt": prompt, "negative_prompt": text}));
        let echoed = studio.owner.post("/api/quote", &request).await.with(200).json();
        assert_eq!(echoed["request"]["prompt"], prompt);
    }
}
