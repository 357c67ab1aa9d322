//! Pictures.

use super::{Note, Settings, renamed};
use crate::catalogue::{Model, Protocol};
use crate::request::ImageRequest;
use crate::size::Size;
use crate::words::Words;

/// A creation of pictures as the live service takes it. Every field is always sent: the live defaults differ
/// from the reference page's (`dashscope-api.md` §10 rows 14, 15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageCall {
    /// How it is called.
    pub protocol: Protocol,
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

pub(super) fn call(
    image: &ImageRequest,
    model: &Model,
    live: &'static str,
    settings: Settings,
    notes: &mut Vec<Note>,
) -> ImageCall {
    renamed(&image.model, live, settings.region, notes);
    ImageCall {
        protocol: model.protocol,
        model: live,
        prompt: image.prompt.clone(),
        negative_prompt: image.negative_prompt.clone(),
        size: live_size(image, settings, notes),
        n: image.n,
        prompt_extend: image.prompt_extend,
        watermark: image.watermark,
        seed: image.seed,
    }
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
    let why = Words::of(
        format!("服务已将 qwen-image 的 {} 改为 {sent}。", image.size),
        format!("The live service has replaced {} of qwen-image by {sent}.", image.size),
    );
    notes.push(Note::new("size", &image.size, &sent, why));
    sent
}
