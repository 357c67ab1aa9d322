//! 语音合成, speech synthesis (`bailian-reference.md` §4; ranges from `dashscope-api.md` §5.2).

use super::Model;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// The two models. `sambert-en-v1` does not exist at the vendor and stands for `sambert-beth-v1`
/// (`dashscope-api.md` §10 row 9).
pub(super) static MODELS: [Model; 2] = [
    Model {
        id: "sambert-zhichu-v1",
        kind: Kind::Speech,
        name: Label::new("知厨（中文）", "Zhichu (Chinese)"),
        note: Label::new("中文女声，48 kHz", "a Chinese voice, 48 kHz"),
        beijing: None,
        abroad: None,
        parameters: &PARAMETERS,
        price: PRICE,
        free: FreeQuota::monthly(30_000),
    },
    Model {
        id: "sambert-en-v1",
        kind: Kind::Speech,
        name: Label::new("英文", "English"),
        note: Label::new("美式英文女声，16 kHz", "an American voice, 16 kHz"),
        beijing: Some("sambert-beth-v1"),
        abroad: Some("sambert-beth-v1"),
        parameters: &PARAMETERS,
        price: PRICE,
        free: FreeQuota::monthly(30_000),
    },
];

const PRICE: Price = Price::TenThousandCharacters { cny: Money::from_fen(100) };

static PARAMETERS: [Parameter; 7] = [
    Parameter {
        name: "text",
        label: Label::new("文字", "Text"),
        help: Label::new("要读出来的文字", "what is read aloud"),
        required: true,
        rule: Rule::Text { max_characters: 10_000 },
        default: Default::None,
    },
    Parameter {
        name: "format",
        label: Label::new("格式", "Format"),
        help: Label::new("音频文件的格式", "the format of the audio file"),
        required: false,
        rule: Rule::Choice { of: &["mp3", "wav", "pcm"] },
        default: Default::Choice("mp3"),
    },
    Parameter {
        name: "sample_rate",
        label: Label::new("采样率", "Sample rate"),
        help: Label::new("Hz", "Hz"),
        required: false,
        rule: Rule::Integer { min: 8000, max: 48_000 },
        default: Default::Integer(16_000),
    },
    Parameter {
        name: "volume",
        label: Label::new("音量", "Volume"),
        help: Label::new("0 到 100", "0 to 100"),
        required: false,
        rule: Rule::Integer { min: 0, max: 100 },
        default: Default::Integer(50),
    },
    factor("rate", Label::new("语速", "Rate"), Label::new("1 为正常语速", "1 is the normal speed")),
    factor("pitch", Label::new("音高", "Pitch"), Label::new("1 为正常音高", "1 is the normal pitch")),
    Parameter {
        name: "word_timestamp_enabled",
        label: Label::new("逐词时间", "Word times"),
        help: Label::new("给出每个词的起止时间", "gives each word's begin and end"),
        required: false,
        rule: Rule::Switch,
        default: Default::Switch(false),
    },
];

const fn factor(name: &'static str, label: Label, help: Label) -> Parameter {
    Parameter {
        name,
        label,
        help,
        required: false,
        rule: Rule::Number { min: 0.5, max: 2.0 },
        default: Default::Number(1.0),
    }
}
