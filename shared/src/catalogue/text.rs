//! 文生文, text generation (`bailian-reference.md` §2).

use super::Model;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// The three models.
pub(super) static MODELS: [Model; 3] = [
    qwen(
        "qwen-turbo",
        Label::new("通义千问 Turbo", "Qwen Turbo"),
        Label::new("最快、最便宜", "fastest, cheapest"),
        30,
        60,
    ),
    qwen("qwen-plus", Label::new("通义千问 Plus", "Qwen Plus"), Label::new("均衡", "balanced"), 80, 200),
    qwen(
        "qwen-max",
        Label::new("通义千问 Max", "Qwen Max"),
        Label::new("能力最强", "the most capable"),
        240,
        960,
    ),
];

const fn qwen(id: &'static str, name: Label, note: Label, input_fen: i64, output_fen: i64) -> Model {
    Model {
        id,
        kind: Kind::Text,
        name,
        note,
        beijing: None,
        abroad: None,
        parameters: &PARAMETERS,
        price: Price::MillionTokens {
            input_cny: Money::from_fen(input_fen),
            output_cny: Money::from_fen(output_fen),
        },
        free: FreeQuota::once(1_000_000),
    }
}

static PARAMETERS: [Parameter; 4] = [
    Parameter {
        name: "prompt",
        label: Label::new("提示词", "Prompt"),
        help: Label::new("要模型回答的内容", "what the model should answer"),
        required: true,
        rule: Rule::Text { max_characters: 60_000 },
        default: Default::None,
    },
    Parameter {
        name: "max_tokens",
        label: Label::new("最长输出", "Longest answer"),
        help: Label::new("以 token 计", "in tokens"),
        required: false,
        rule: Rule::Integer { min: 1, max: 32_768 },
        default: Default::Integer(1500),
    },
    Parameter {
        name: "temperature",
        label: Label::new("随机性", "Temperature"),
        help: Label::new("越高越发散", "higher is more varied"),
        required: false,
        rule: Rule::Number { min: 0.0, max: 2.0 },
        default: Default::Number(1.0),
    },
    Parameter {
        name: "top_p",
        label: Label::new("核采样", "Nucleus sampling"),
        help: Label::new(
            "只从概率最高的这一部分里选词",
            "choose among the most probable words up to this share",
        ),
        required: false,
        rule: Rule::Number { min: 0.0, max: 1.0 },
        default: Default::Number(0.8),
    },
];
