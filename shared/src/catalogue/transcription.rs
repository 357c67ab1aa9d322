//! 语音识别, recognition of a recorded file (`bailian-reference.md` §4; parameters from
//! `dashscope-api.md` §6.1).

use super::Model;
use super::parameter::{Default, Parameter, Rule};
use super::price::{FreeQuota, Price};
use crate::kind::Kind;
use crate::money::Money;
use crate::words::Label;

/// The two models. `paraformer-en-v1` does not exist at the vendor and stands for `paraformer-v2` with
/// English as its language (`dashscope-api.md` §10 row 10).
pub(super) static MODELS: [Model; 2] = [
    Model {
        id: "paraformer-v1",
        kind: Kind::Transcription,
        name: Label::new("Paraformer（中文）", "Paraformer (Chinese)"),
        note: Label::new("中英文录音", "Chinese and English recordings"),
        beijing: None,
        abroad: None,
        parameters: &PARAMETERS,
        price: PRICE,
        free: FreeQuota::monthly(36_000),
    },
    Model {
        id: "paraformer-en-v1",
        kind: Kind::Transcription,
        name: Label::new("Paraformer（英文）", "Paraformer (English)"),
        note: Label::new("英文录音", "English recordings"),
        beijing: Some("paraformer-v2"),
        abroad: Some("paraformer-v2"),
        parameters: &PARAMETERS,
        price: PRICE,
        free: FreeQuota::monthly(36_000),
    },
];

/// 0.00008 CNY a second.
const PRICE: Price = Price::AudioSecond { cny: Money::from_nano(80_000) };

static PARAMETERS: [Parameter; 3] = [
    Parameter {
        name: "url",
        label: Label::new("音频地址", "Address of the recording"),
        help: Label::new("可公网访问的 http 或 https 地址", "a public http or https address"),
        required: true,
        rule: Rule::Address,
        default: Default::None,
    },
    Parameter {
        name: "diarization_enabled",
        label: Label::new("区分说话人", "Tell speakers apart"),
        help: Label::new("给每句标上说话人", "marks each sentence with its speaker"),
        required: false,
        rule: Rule::Switch,
        default: Default::Switch(false),
    },
    Parameter {
        name: "disfluency_removal_enabled",
        label: Label::new("去除语气词", "Drop filler words"),
        help: Label::new("去掉“嗯”“啊”等", "leaves out um, uh and the like"),
        required: false,
        rule: Rule::Switch,
        default: Default::Switch(false),
    },
];
