//! 语音识别, recognition of a recorded file (`bailian-reference.md` §4; parameters from
//! `dashscope-api.md` §6.1).

use super::limits::Limits;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use super::{Group, Model, Names, Protocol};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// The reference page's two models, then the newer ones. `paraformer-en-v1` does not exist at the vendor and stands
/// for `paraformer-v2` with English as its language (`dashscope-api.md` §10 row 10).
pub(super) static MODELS: &[Model] = &[
    Model {
        name: Label::new("Paraformer（中文）", "Paraformer (Chinese)"),
        note: Label::new("中英文录音", "Chinese and English recordings"),
        ..paraformer("paraformer-v1")
    },
    Model {
        name: Label::new("Paraformer（英文）", "Paraformer (English)"),
        note: Label::new("英文录音", "English recordings"),
        names: Names::everywhere("paraformer-v2"),
        protocol: Protocol::Transcription { hints: true },
        limits: Limits::second(20),
        ..paraformer("paraformer-en-v1")
    },
    Model {
        name: Label::new("Paraformer 2", "Paraformer 2"),
        note: Label::new("多语种和方言，推荐", "many languages and dialects; recommended"),
        group: Group::Newer,
        protocol: Protocol::Transcription { hints: true },
        limits: Limits::second(20),
        parameters: &WITH_HINTS,
        ..paraformer("paraformer-v2")
    },
    Model {
        name: Label::new("Paraformer 2 电话", "Paraformer 2 Telephone"),
        note: Label::new("8 kHz 电话录音，中文", "telephone recordings of 8 kHz, Chinese"),
        group: Group::Newer,
        limits: Limits::second(20),
        ..paraformer("paraformer-8k-v2")
    },
    Model {
        name: Label::new("Paraformer 电话", "Paraformer Telephone"),
        note: Label::new(
            "8 kHz 电话录音，中文，上一代",
            "telephone recordings of 8 kHz, Chinese; the generation before",
        ),
        group: Group::Newer,
        ..paraformer("paraformer-8k-v1")
    },
];

const fn paraformer(id: &'static str) -> Model {
    Model {
        id,
        kind: Kind::Transcription,
        name: Label::new("", ""),
        note: Label::new("", ""),
        group: Group::Reference,
        names: Names::everywhere(id),
        protocol: Protocol::Transcription { hints: false },
        limits: Limits::second(10),
        parameters: &PLAIN,
        price: Price::AudioSecond { cny: Money::from_nano(80_000) }, // 0.00008 CNY
        free: FreeQuota::monthly(36_000),
    }
}

static PLAIN: [Parameter; 6] = [URL, FILE, DIARIZATION, SPEAKERS, DISFLUENCY, ALIGNMENT];

static WITH_HINTS: [Parameter; 7] = [
    URL,
    FILE,
    Parameter::new(
        "language_hints",
        Label::new("语言", "Languages"),
        Label::new("录音里会出现的语言", "the languages that are spoken"),
        Rule::Several { of: &["zh", "en", "ja", "yue", "ko", "de", "fr", "ru"] },
        Default::Several(&["zh", "en"]),
    ),
    DIARIZATION,
    SPEAKERS,
    DISFLUENCY,
    ALIGNMENT,
];

const URL: Parameter = Parameter::new(
    "url",
    Label::new("音频地址", "Address of the recording"),
    Label::new("可公网访问的 http 或 https 地址", "a public http or https address"),
    Rule::Address,
    Default::None,
)
.required()
.or("file");

const FILE: Parameter = Parameter::new(
    "file",
    Label::new("音频文件", "Recording"),
    Label::new("已上传的文件", "a file that was uploaded"),
    Rule::Name { max: 64 },
    Default::None,
);

const DIARIZATION: Parameter = Parameter::new(
    "diarization_enabled",
    Label::new("区分说话人", "Tell speakers apart"),
    Label::new("给每句标上说话人", "marks each sentence with its speaker"),
    Rule::Switch,
    Default::Switch(false),
);

const SPEAKERS: Parameter = Parameter::new(
    "speaker_count",
    Label::new("说话人数", "Speakers"),
    Label::new("大约几个人，仅供参考；需区分说话人", "about how many, as a hint; needs speakers told apart"),
    Rule::Integer { min: 2, max: 100 },
    Default::None,
);

const DISFLUENCY: Parameter = Parameter::new(
    "disfluency_removal_enabled",
    Label::new("去除语气词", "Drop filler words"),
    Label::new("去掉“嗯”“啊”等", "leaves out um, uh and the like"),
    Rule::Switch,
    Default::Switch(false),
);

const ALIGNMENT: Parameter = Parameter::new(
    "timestamp_alignment_enabled",
    Label::new("时间校准", "Align times"),
    Label::new("让时间更准，略慢", "makes times more exact, a little slower"),
    Rule::Switch,
    Default::Switch(false),
);
