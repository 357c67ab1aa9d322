//! 文生文, text generation (`bailian-reference.md` §2; the newer ones `dashscope-api.md` §3.1).

use super::limits::Limits;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use super::{Group, Model, Names, Protocol};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// Longest prompt, system message and message, in characters: a product limit, so that a request stays within what
/// one call carries. The models take more.
const TEXT_CAP: usize = 60_000;

/// The reference page's three models, then the newer ones.
pub(super) static MODELS: &[Model] = &[
    Model {
        name: Label::new("通义千问 Turbo", "Qwen Turbo"),
        note: Label::new("最快、最便宜", "fastest, cheapest"),
        limits: Limits::minute(1200).abroad(240),
        price: tokens(30, 60),
        ..qwen("qwen-turbo", &TO_16K)
    },
    Model {
        name: Label::new("通义千问 Plus", "Qwen Plus"),
        note: Label::new("均衡", "balanced"),
        limits: Limits::minute(30_000),
        price: tokens(80, 200),
        ..qwen("qwen-plus", &TO_32K)
    },
    Model {
        name: Label::new("通义千问 Max", "Qwen Max"),
        note: Label::new("能力最强", "the most capable"),
        limits: Limits::minute(1200).abroad(120),
        price: tokens(240, 960),
        ..qwen("qwen-max", &TO_8K)
    },
    Model {
        name: Label::new("通义千问 3 Max", "Qwen 3 Max"),
        note: Label::new("第三代的旗舰", "the flagship of the third generation"),
        group: Group::Newer,
        ..qwen("qwen3-max", &TO_64K)
    },
    Model {
        name: Label::new("通义千问 Flash", "Qwen Flash"),
        note: Label::new("Turbo 的后继", "the successor of Turbo"),
        group: Group::Newer,
        ..qwen("qwen-flash", &TO_32K)
    },
    Model {
        name: Label::new("通义千问 Plus 最新版", "Qwen Plus Latest"),
        note: Label::new("始终指向最新快照", "always the latest snapshot"),
        group: Group::Newer,
        ..qwen("qwen-plus-latest", &TO_32K)
    },
    Model {
        name: Label::new("通义千问 Max 最新版", "Qwen Max Latest"),
        note: Label::new("始终指向最新快照", "always the latest snapshot"),
        group: Group::Newer,
        ..qwen("qwen-max-latest", &TO_8K)
    },
    Model {
        name: Label::new("通义千问 Turbo 最新版", "Qwen Turbo Latest"),
        note: Label::new("始终指向最新快照", "always the latest snapshot"),
        group: Group::Newer,
        ..qwen("qwen-turbo-latest", &TO_16K)
    },
];

const fn qwen(id: &'static str, parameters: &'static [Parameter]) -> Model {
    Model {
        id,
        kind: Kind::Text,
        name: Label::new("", ""),
        note: Label::new("", ""),
        group: Group::Reference,
        names: Names::everywhere(id),
        protocol: Protocol::Text,
        limits: Limits::NONE,
        parameters,
        price: Price::Unlisted,
        free: FreeQuota::once(1_000_000),
    }
}

const fn tokens(input_fen: i64, output_fen: i64) -> Price {
    Price::MillionTokens { input_cny: Money::from_fen(input_fen), output_cny: Money::from_fen(output_fen) }
}

static TO_8K: [Parameter; 6] = parameters(8_192);
static TO_16K: [Parameter; 6] = parameters(16_384);
static TO_32K: [Parameter; 6] = parameters(32_768);
static TO_64K: [Parameter; 6] = parameters(65_536);

/// The parameters of a model with answers of so many tokens at most.
const fn parameters(longest: i64) -> [Parameter; 6] {
    [
        Parameter::new(
            "prompt",
            Label::new("提示词", "Prompt"),
            Label::new("要模型回答的内容", "what the model should answer"),
            Rule::Text { max_characters: TEXT_CAP },
            Default::None,
        )
        .required()
        .or("messages"),
        Parameter::new(
            "messages",
            Label::new("多轮对话", "Messages"),
            Label::new("代替提示词：一段多轮对话", "instead of a prompt: a conversation of several turns"),
            Rule::Messages { max: 200, max_characters: TEXT_CAP },
            Default::None,
        ),
        Parameter::new(
            "system",
            Label::new("系统消息", "System message"),
            Label::new("告诉模型它是谁、怎样回答", "tells the model who it is and how to answer"),
            Rule::Text { max_characters: TEXT_CAP },
            Default::None,
        ),
        Parameter::new(
            "max_tokens",
            Label::new("最长输出", "Longest answer"),
            Label::new("以 token 计", "in tokens"),
            Rule::Integer { min: 1, max: longest },
            Default::Integer(1500),
        ),
        Parameter::new(
            "temperature",
            Label::new("随机性", "Temperature"),
            Label::new("越高越发散", "higher is more varied"),
            Rule::Number { min: 0.0, max: 2.0 },
            Default::Number(1.0),
        ),
        Parameter::new(
            "top_p",
            Label::new("核采样", "Nucleus sampling"),
            Label::new(
                "只从概率最高的这一部分里选词",
                "choose among the most probable words up to this share",
            ),
            Rule::Number { min: 0.0, max: 1.0 },
            Default::Number(0.8),
        ),
    ]
}
