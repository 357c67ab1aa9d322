//! 语音合成, speech synthesis (`bailian-reference.md` §4; ranges from `dashscope-api.md` §5.2, §5.5).

use super::limits::Limits;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use super::{Group, Model, Names, Protocol};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// The reference page's two models, then the newer ones. `sambert-en-v1` does not exist at the vendor and stands for
/// an English voice, `sambert-beth-v1` where nothing else is set (`dashscope-api.md` §10 row 9).
pub(super) static MODELS: &[Model] = &[
    Model {
        name: Label::new("知厨（中文）", "Zhichu (Chinese)"),
        note: Label::new("中文女声，48 kHz", "a Chinese voice, 48 kHz"),
        ..sambert("sambert-zhichu-v1", "sambert-zhichu-v1")
    },
    Model {
        name: Label::new("英文", "English"),
        note: Label::new("美式英文，16 kHz", "American English, 16 kHz"),
        ..sambert("sambert-en-v1", "sambert-beth-v1")
    },
    Model {
        name: Label::new("CosyVoice 3 极速版", "CosyVoice 3 Flash"),
        note: Label::new("自然、便宜", "natural, cheap"),
        price: characters(100),
        ..cosy("cosyvoice-v3-flash")
    },
    Model {
        name: Label::new("CosyVoice 3 专业版", "CosyVoice 3 Plus"),
        note: Label::new("音质更好", "better sound"),
        price: characters(200),
        ..cosy("cosyvoice-v3-plus")
    },
    Model {
        name: Label::new("CosyVoice 3.5 极速版", "CosyVoice 3.5 Flash"),
        note: Label::new("3.5 代", "generation 3.5"),
        ..cosy("cosyvoice-v3.5-flash")
    },
    Model {
        name: Label::new("CosyVoice 3.5 专业版", "CosyVoice 3.5 Plus"),
        note: Label::new("3.5 代，音质更好", "generation 3.5, better sound"),
        ..cosy("cosyvoice-v3.5-plus")
    },
    Model {
        name: Label::new("CosyVoice 2", "CosyVoice 2"),
        note: Label::new("上一代", "the generation before"),
        parameters: &COSY_2,
        price: characters(200),
        ..cosy("cosyvoice-v2")
    },
    Model {
        name: Label::new("千问语音合成", "Qwen TTS"),
        note: Label::new("多语言、拟人", "many languages, lifelike"),
        names: Names::everywhere("qwen3-tts-flash"),
        protocol: Protocol::QwenTts,
        limits: Limits::minute(180),
        parameters: &QWEN,
        price: Price::TenThousandCharacters { cny: Money::from_fen(80) },
        ..cosy("qwen3-tts-flash")
    },
];

const fn sambert(id: &'static str, live: &'static str) -> Model {
    Model {
        id,
        kind: Kind::Speech,
        name: Label::new("", ""),
        note: Label::new("", ""),
        group: Group::Reference,
        names: Names::beijing(live),
        protocol: Protocol::Sambert,
        limits: Limits::second(20),
        parameters: &SAMBERT,
        price: characters(100),
        free: FreeQuota::monthly(30_000),
    }
}

const fn cosy(id: &'static str) -> Model {
    Model {
        group: Group::Newer,
        protocol: Protocol::CosyVoice,
        limits: Limits::second(3),
        parameters: &COSY_3,
        price: Price::Unlisted,
        free: None,
        ..sambert(id, id)
    }
}

const fn characters(fen: i64) -> Price {
    Price::TenThousandCharacters { cny: Money::from_fen(fen) }
}

static SAMBERT: [Parameter; 7] = [
    text(10_000),
    FORMAT,
    rate(&[8_000, 16_000, 22_050, 24_000, 48_000], 16_000),
    VOLUME,
    factor("rate", Label::new("语速", "Rate"), Label::new("1 为正常语速", "1 is the normal speed")),
    factor("pitch", Label::new("音高", "Pitch"), Label::new("1 为正常音高", "1 is the normal pitch")),
    Parameter::new(
        "word_timestamp_enabled",
        Label::new("逐词时间", "Word times"),
        Label::new("朗读时标出正在读的词", "marks the words as they are spoken"),
        Rule::Switch,
        Default::Switch(false),
    ),
];

static COSY_3: [Parameter; 7] = cosy_form("longanyang");
static COSY_2: [Parameter; 7] = cosy_form("longxiaochun_v2");

const fn cosy_form(usual: &'static str) -> [Parameter; 7] {
    [
        text(10_000),
        voice(usual),
        FORMAT,
        rate(&[8_000, 16_000, 22_050, 24_000, 44_100, 48_000], 22_050),
        VOLUME,
        factor("rate", Label::new("语速", "Rate"), Label::new("1 为正常语速", "1 is the normal speed")),
        factor("pitch", Label::new("音高", "Pitch"), Label::new("1 为正常音高", "1 is the normal pitch")),
    ]
}

static QWEN: [Parameter; 3] = [
    text(600),
    voice("Cherry"),
    Parameter::new(
        "language_type",
        Label::new("语言", "Language"),
        Label::new("文字的语言", "the language of the text"),
        Rule::Choice { of: &["Chinese", "English"] },
        Default::Choice("Chinese"),
    ),
];

const fn text(max_characters: usize) -> Parameter {
    Parameter::new(
        "text",
        Label::new("文字", "Text"),
        Label::new("要读出来的文字", "what is read aloud"),
        Rule::Text { max_characters },
        Default::None,
    )
    .required()
}

const fn voice(usual: &'static str) -> Parameter {
    Parameter::new(
        "voice",
        Label::new("音色", "Voice"),
        Label::new("音色的名称，见百炼的音色列表", "the name of a voice, as the vendor lists them"),
        Rule::Name { max: 64 },
        Default::Choice(usual),
    )
}

/// `mp3` first: it plays from its first frame (`dashscope-api.md` §5.4).
const FORMAT: Parameter = Parameter::new(
    "format",
    Label::new("格式", "Format"),
    Label::new("音频文件的格式", "the format of the audio file"),
    Rule::Choice { of: &["mp3", "wav", "pcm"] },
    Default::Choice("mp3"),
);

const fn rate(of: &'static [i64], usual: i64) -> Parameter {
    Parameter::new(
        "sample_rate",
        Label::new("采样率", "Sample rate"),
        Label::new("Hz", "Hz"),
        Rule::OneOf { of },
        Default::Integer(usual),
    )
}

const VOLUME: Parameter = Parameter::new(
    "volume",
    Label::new("音量", "Volume"),
    Label::new("0 到 100", "0 to 100"),
    Rule::Integer { min: 0, max: 100 },
    Default::Integer(50),
);

const fn factor(name: &'static str, label: Label, help: Label) -> Parameter {
    Parameter::new(name, label, help, Rule::Number { min: 0.5, max: 2.0 }, Default::Number(1.0))
}
