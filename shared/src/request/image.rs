//! A request for pictures (`bailian-reference.md` §1).

use serde::{Deserialize, Serialize};

use super::check::Checked;
use crate::catalogue::Model;
use crate::size::Size;

/// A checked request for pictures, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ImageRequest {
    /// The model's name as the person wrote it.
    pub model: String,
    /// What the picture should show; 1 to 800 characters, more with newer models.
    pub prompt: String,
    /// What it should not show; at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    /// Width and height in pixels.
    pub size: Size,
    /// How many; at most 1 to 6, by model.
    pub n: u32,
    /// Whether a model rewrites the prompt first.
    pub prompt_extend: bool,
    /// Whether a mark is drawn.
    pub watermark: bool,
    /// 0 to 2147483647; random when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
}

impl ImageRequest {
    pub(super) fn from_checked(model: &Model, checked: &Checked) -> Self {
        Self {
            model: model.id.to_owned(),
            prompt: checked.text("prompt").unwrap_or_default(),
            negative_prompt: checked.text("negative_prompt").filter(|text| !text.trim().is_empty()),
            size: checked.size("size").unwrap_or(Size::new(1024, 1024)),
            n: checked.count("n").unwrap_or(1),
            prompt_extend: checked.switch("prompt_extend"),
            watermark: checked.switch("watermark"),
            seed: checked.count("seed"),
        }
    }
}
