//! A request in the form the live service takes, with a note for each difference
//! (`dashscope-api.md` §10).
//!
//! Nothing is changed silently: what is sent otherwise than it was asked for is in the notes, which the page
//! shows before the person submits and the job keeps.

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Region};
use crate::request::{ImageRequest, Request};
use crate::size::Size;
use crate::words::Words;

/// One thing that is sent otherwise than it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The field.
    pub field: String,
    /// What the person gave.
    pub given: String,
    /// What the live service gets.
    pub sent: String,
    /// Why, in one sentence.
    pub why: Words,
}

/// What is configured about the live service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The region of the key.
    pub region: Region,
    /// Send qwen-image's two 1140 sizes as given, instead of the 1104 ones that replaced them.
    pub keep_qwen_1140: bool,
}

/// A creation of pictures as the live service takes it. Every field is always sent: the live defaults differ
/// from the reference page's (`dashscope-api.md` §10 rows 14, 15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageCall {
    /// The region's own name of the model.
    pub model: &'static str,
    /// The prompt.
    pub prompt: String,
    /// The negative prompt.
    pub negative_prompt: Option<String>,
    /// Width and height.
    pub size: Size,
    /// How many.
    pub n: u32,
    /// Rewriting.
    pub prompt_extend: bool,
    /// The mark.
    pub watermark: bool,
    /// The seed.
    pub seed: Option<u32>,
}

/// A call to the live service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Text to image.
    Image(ImageCall),
}

/// The call that serves `request`, and what differs.
#[must_use]
pub fn call(request: &Request, settings: Settings) -> (Call, Vec<Note>) {
    match request {
        Request::Image(image) => {
            let (call, notes) = image_call(image, settings);
            (Call::Image(call), notes)
        }
    }
}

fn image_call(image: &ImageRequest, settings: Settings) -> (ImageCall, Vec<Note>) {
    let mut notes = Vec::new();
    let model = live_model(&image.model, settings.region, &mut notes);
    let size = live_size(image, settings, &mut notes);
    let call = ImageCall {
        model,
        prompt: image.prompt.clone(),
        negative_prompt: image.negative_prompt.clone(),
        size,
        n: image.n,
        prompt_extend: image.prompt_extend,
        watermark: image.watermark,
        seed: image.seed,
    };
    (call, notes)
}

/// Rows 7 and 8: model names differ by region; the person's own name stays in page and history.
fn live_model(given: &str, region: Region, notes: &mut Vec<Note>) -> &'static str {
    let Some(model) = catalogue::model(given) else {
        return "";
    };
    let sent = model.live_name(region);
    if sent != given {
        notes.push(Note {
            field: "model".to_owned(),
            given: given.to_owned(),
            sent: sent.to_owned(),
            why: Words::of(
                format!("{} 地域把这个模型叫作 {sent}。", region.as_str()),
                format!("The region {} calls this model {sent}.", region.as_str()),
            ),
        });
    }
    sent
}

/// Row 16: qwen-image's 1140 sizes became 1104.
fn live_size(image: &ImageRequest, settings: Settings, notes: &mut Vec<Note>) -> Size {
    let sent = match (image.size.width, image.size.height) {
        (1472, 1140) => Size::new(1472, 1104),
        (1140, 1472) => Size::new(1104, 1472),
        _ => image.size,
    };
    if image.model != "qwen-image" || settings.keep_qwen_1140 || sent == image.size {
        return image.size;
    }
    notes.push(Note {
        field: "size".to_owned(),
        given: image.size.to_string(),
        sent: sent.to_string(),
        why: Words::of(
            format!("服务已将 qwen-image 的 {} 改为 {sent}。", image.size),
            format!("The live service has replaced {} of qwen-image by {sent}.", image.size),
        ),
    });
    sent
}

#[cfg(test)]
mod tests;
