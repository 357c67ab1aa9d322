//! Parameters that several kinds share.

use super::parameter::{Default, Parameter, Rule};
use crate::words::Label;

/// What should not be seen.
pub(super) const NEGATIVE_PROMPT: Parameter = Parameter::new(
    "negative_prompt",
    Label::new("反向提示词", "Negative prompt"),
    Label::new("不想看到的内容", "what should not be seen"),
    Rule::Text { max_characters: 500 },
    Default::None,
);

/// Whether a model rewrites the prompt first.
pub(super) const PROMPT_EXTEND: Parameter = Parameter::new(
    "prompt_extend",
    Label::new("智能改写", "Rewrite the prompt"),
    Label::new("由模型扩写提示词，多花 3–4 秒", "lets a model enrich the prompt; takes 3 to 4 seconds more"),
    Rule::Switch,
    Default::Switch(true),
);

/// Whether a mark is drawn.
pub(super) const WATERMARK: Parameter = Parameter::new(
    "watermark",
    Label::new("水印", "Watermark"),
    Label::new("在右下角加上标识", "draws a mark at the bottom right"),
    Rule::Switch,
    Default::Switch(false),
);

/// What makes a result come again.
pub(super) const SEED: Parameter = Parameter::new(
    "seed",
    Label::new("随机种子", "Seed"),
    Label::new(
        "相同的种子和提示词得到相近的结果；多张时依次为种子、种子+1……留空则随机",
        "the same seed and prompt give a like result; several pictures use seed, seed+1, …; random when empty",
    ),
    Rule::Integer { min: 0, max: 2_147_483_647 },
    Default::None,
);

/// A prompt of so many characters.
pub(super) const fn prompt(help: Label, max_characters: usize) -> Parameter {
    let label = Label::new("提示词", "Prompt");
    Parameter::new("prompt", label, help, Rule::Text { max_characters }, Default::None).required()
}
